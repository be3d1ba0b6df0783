import { sql } from 'kysely';
import { londonDay } from '#kernel/london-time.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { EvidencePart } from '../domain/evidence.ts';
import type { Letter, LetterState, SignedLetter, Signer } from '../domain/letter.ts';
import { tables } from './tables.ts';

/** Today in ISO, in London: a contact's consent may have a last day. */
const today = (ctx: Context): string => londonDay(ctx.clock());

const letters = (ctx: Context) =>
  tables(ctx)
    .selectFrom('employers.letter as letter')
    .innerJoin('employers.employer as employer', 'employer.id', 'letter.employer_id')
    .leftJoin('employers.contact as contact', 'contact.id', 'letter.contact_id')
    .leftJoin('employers.signed_letter as signed', 'signed.letter_id', 'letter.id')
    .leftJoin('employers.letter_signer as signer', 'signer.letter_id', 'letter.id')
    .select([
      'letter.id',
      'letter.organisation',
      'letter.organisation_name as organisationName',
      'letter.occupations',
      'letter.draft',
      'letter.amended',
      'letter.state',
      'letter.revision',
      'letter.token',
      'letter.sent_to as sentTo',
      'letter.sent_at as sentAt',
      'letter.until',
      'letter.reason',
      'letter.made_by as madeBy',
      'letter.made_at as madeAt',
      'employer.id as employer',
      'employer.name as employerName',
      'employer.size',
      'employer.sector',
      'employer.region',
      'contact.id as contact',
      'contact.name as contactName',
      'contact.role as contactRole',
      'signed.parts',
      'signed.occupations as signedOccupations',
      'signed.organisation_name as signedOrganisation',
      'signed.employer_name as signedEmployer',
      'signed.signed_at as signedAt',
      'signed.sha256',
      'signed.signer_hash as signerHash',
      'signer.name as signerName',
      'signer.role as signerRole',
      'signer.address as signerAddress',
    ])
    .select((query) =>
      // Without consent that holds today, nobody is written to.
      sql<
        string | null
      >`case when ${query.ref('contact.consent')} is not null and (${query.ref('contact.consent_until')} is null or ${query.ref('contact.consent_until')} >= ${today(ctx)}::date) then ${query.ref('contact.email')} end`.as(
        'contactAddress',
      ),
    );

type Row = Awaited<ReturnType<ReturnType<typeof letters>['executeTakeFirstOrThrow']>>;

const signerOf = (row: Row): Signer | null =>
  row.signerName !== null && row.signerRole !== null && row.signerAddress !== null
    ? { name: row.signerName, role: row.signerRole, address: row.signerAddress }
    : null;

const signedOf = (row: Row): SignedLetter | null =>
  row.signedAt === null
    ? null
    : {
        parts: row.parts as readonly EvidencePart[],
        occupations: row.signedOccupations ?? [],
        signedAt: row.signedAt,
        sha256: row.sha256 ?? '',
        signerHash: row.signerHash ?? '',
        signer: signerOf(row),
        organisationName: row.signedOrganisation ?? '',
        employerName: row.signedEmployer ?? '',
      };

const asLetter = (row: Row): Letter => ({
  id: row.id,
  organisation: row.organisation,
  organisationName: row.organisationName,
  employer: { id: row.employer, name: row.employerName, size: row.size, sector: row.sector, region: row.region },
  contact:
    row.contact === null
      ? null
      : { id: row.contact, name: row.contactName ?? '', role: row.contactRole ?? '', address: row.contactAddress },
  occupations: row.occupations,
  draft: row.draft,
  amended: row.amended,
  state: row.state as LetterState,
  revision: row.revision,
  token: row.token,
  sentTo: row.sentTo,
  sentAt: row.sentAt,
  until: row.until,
  reason: row.reason,
  madeBy: row.madeBy,
  madeAt: row.madeAt,
  signed: signedOf(row),
});

const first = async (query: ReturnType<typeof letters>): Promise<Letter | null> => {
  const row = await query.executeTakeFirst();
  return row ? asLetter(row) : null;
};

export const findLetter = async (ctx: Context, id: string): Promise<Letter | null> =>
  isUuid(id) ? first(letters(ctx).where('letter.id', '=', id)) : null;

export const findLetterByToken = (ctx: Context, token: string): Promise<Letter | null> =>
  token.includes('\0') ? Promise.resolve(null) : first(letters(ctx).where('letter.token', '=', token));

/** Locks a letter until the transaction ends: of two who act at once the second sees what the first did. */
export const lockLetter = async (ctx: Context, id: string): Promise<Letter | null> => {
  const row = await tables(ctx)
    .selectFrom('employers.letter')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? findLetter(ctx, row.id) : null;
};

/** The newest first. */
export const listLetters = async (ctx: Context, organisation: string): Promise<readonly Letter[]> =>
  (
    await letters(ctx)
      .where('letter.organisation', '=', organisation)
      .orderBy('letter.made_at', 'desc')
      .orderBy('letter.id')
      .execute()
  ).map(asLetter);

export type NewLetter = Pick<
  Letter,
  'id' | 'organisation' | 'organisationName' | 'occupations' | 'draft' | 'token' | 'madeBy'
> & { readonly employer: string; readonly contact: string | null };

/** @returns false where one of this id is there already: a form that was sent twice. */
export const addLetter = async (ctx: Context, one: NewLetter): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('employers.letter')
    .values({
      id: one.id,
      organisation: one.organisation,
      organisation_name: one.organisationName,
      employer_id: one.employer,
      contact_id: one.contact,
      occupations: [...one.occupations],
      draft: one.draft,
      state: 'draft',
      revision: 1,
      token: one.token,
      reason: '',
      made_by: one.madeBy,
      made_at: ctx.clock(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export type LetterChange = Partial<
  Pick<Letter, 'draft' | 'amended' | 'state' | 'token' | 'sentTo' | 'sentAt' | 'until' | 'reason'>
> & { readonly contact?: string };

/** Changes a letter that the caller has locked. */
export const changeLetter = async (ctx: Context, id: string, change: LetterChange): Promise<void> => {
  const { contact, sentTo, sentAt, ...same } = change;
  await tables(ctx)
    .updateTable('employers.letter')
    .set(({ eb }) => ({
      ...same,
      ...(contact === undefined ? {} : { contact_id: contact }),
      ...(sentTo === undefined ? {} : { sent_to: sentTo }),
      ...(sentAt === undefined ? {} : { sent_at: sentAt }),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
};

/** Keeps what was signed and who signed it, of a letter that the caller has locked. */
export const addSignature = async (
  ctx: Context,
  letter: string,
  signed: Omit<SignedLetter, 'signer'>,
  signer: Signer & { readonly key: Uint8Array },
): Promise<void> => {
  await tables(ctx)
    .insertInto('employers.signed_letter')
    .values({
      letter_id: letter,
      parts: JSON.stringify(signed.parts),
      occupations: [...signed.occupations],
      organisation_name: signed.organisationName,
      employer_name: signed.employerName,
      signed_at: signed.signedAt,
      sha256: signed.sha256,
      signer_hash: signed.signerHash,
    })
    .execute();
  await tables(ctx)
    .insertInto('employers.letter_signer')
    .values({ letter_id: letter, ...signer })
    .execute();
};

/** Whether an employer signed a letter, whatever became of it. Its letters stay locked until the transaction ends: none is signed meanwhile. */
export const hasSignedLetter = async (ctx: Context, employer: string): Promise<boolean> =>
  (
    await tables(ctx)
      .selectFrom('employers.letter')
      .select('state')
      .where('employer_id', '=', employer)
      .orderBy('id')
      .forUpdate()
      .execute()
  ).some((one) => one.state === 'signed' || one.state === 'taken back');

/** Takes the name of who signed out. @returns whether it was there. */
export const removeSigner = async (ctx: Context, letter: string): Promise<boolean> => {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('employers.letter_signer')
    .where('letter_id', '=', letter)
    .executeTakeFirst();
  return numDeletedRows === 1n;
};

/** Letters signed from an address, and those drafted by a person. */
export const lettersAbout = async (ctx: Context, person: string, address: string | null) => ({
  drafted: await tables(ctx)
    .selectFrom('employers.letter')
    .select(['id', 'state', 'made_at as madeAt'])
    .where('made_by', '=', person)
    .orderBy('made_at')
    .execute(),
  signed: await tables(ctx)
    .selectFrom('employers.letter_signer as signer')
    .innerJoin('employers.signed_letter as signed', 'signed.letter_id', 'signer.letter_id')
    .select([
      'signer.letter_id as letter',
      'signer.name',
      'signer.role',
      'signer.address',
      'signed.organisation_name as for',
      'signed.signed_at as signedAt',
    ])
    .where('signer.address', '=', address ?? '')
    .orderBy('signed.signed_at')
    .execute(),
});

/** What somebody drafted, decided or set stays, without who it was. */
export const releaseEvidenceOf = async (ctx: Context, person: string): Promise<void> => {
  const all = tables(ctx);
  await all.updateTable('employers.letter').set({ made_by: null }).where('made_by', '=', person).execute();
  await all
    .updateTable('employers.employer_attendance')
    .set({ decided_by: null })
    .where('decided_by', '=', person)
    .execute();
  await all.updateTable('employers.evidence_measure').set({ set_by: null }).where('set_by', '=', person).execute();
};

/** Letters that nobody signed and that were last sent, or begun, before an instant. @returns how many went. */
export const deleteUnsignedLetters = async (ctx: Context, before: Date): Promise<number> => {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('employers.letter')
    .where('state', 'in', ['draft', 'sent', 'declined', 'withdrawn'])
    .where((query) => query.fn.coalesce('until', 'made_at'), '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
};

/** Contacts of an employer whom a letter may be sent to: they agreed, and it still holds. */
export const listWritableContacts = (ctx: Context, employer: string) =>
  tables(ctx)
    .selectFrom('employers.contact')
    .select(['id', 'name', 'role', 'email'])
    .where('employer_id', '=', employer)
    .where('consent', 'is not', null)
    .where('email', 'is not', null)
    .where((query) => query.or([query('consent_until', 'is', null), query('consent_until', '>=', today(ctx))]))
    .orderBy('name')
    .orderBy('id')
    .execute();

/** What an employer asked for, as lines of a draft. */
export const listAskLines = async (
  ctx: Context,
  employer: string,
  occupations: readonly string[],
): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('employers.ask')
      .select(['job_title as jobTitle', 'occupation', 'how_many as howMany'])
      .where('employer_id', '=', employer)
      .where((query) => query.or([query('occupation', 'is', null), query('occupation', 'in', [...occupations])]))
      .where('job_title', '<>', '')
      .orderBy('asked_on', 'desc')
      .orderBy('id')
      .execute()
  ).map((one) =>
    one.howMany === null
      ? one.jobTitle
      : `${one.jobTitle} (${one.howMany === 1 ? '1 person' : `${one.howMany} people`})`,
  );
