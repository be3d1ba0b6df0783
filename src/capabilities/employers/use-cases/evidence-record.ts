import type { Membership } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import policyFile from '../../../../data/evidence-policy.json' with { type: 'json' };
import type { Attendance } from '../domain/attendance-match.ts';
import { meetingKindWords } from '../domain/employer.ts';
import { type EvidenceRecord, type EvidenceSource, recordOf } from '../domain/evidence.ts';
import {
  evidencePolicyFile,
  type Missing,
  missingIn,
  type PolicyInForce,
  policyOn,
} from '../domain/evidence-policy.ts';
import type { Letter } from '../domain/letter.ts';
import { paragraphsOf } from '../domain/letter.ts';
import { workOnEmployer } from '../policy.ts';
import { listMeasures, listMeetingsForEvidence } from '../store/evidence.ts';
import { listLetters } from '../store/letters.ts';
import { matchedAttendances } from './match-attendances.ts';

const { editions } = evidencePolicyFile.parse(policyFile);

/** ISO day, in London. */
export const todayOf = (ctx: Context): string => londonDay(ctx.clock());

const letterSource = (letter: Letter): readonly EvidenceSource[] => {
  const { signed } = letter;
  if (letter.state !== 'signed' || !signed) return [];
  return [
    {
      kind: 'letter',
      id: letter.id,
      employer: { ...letter.employer, name: signed.employerName },
      on: londonDay(signed.signedAt),
      occupations: signed.occupations,
      confidential: signed.parts.every((one) => one.confidential),
      title: 'Signed letter of support',
      parts: signed.parts,
      signature: {
        signer: signed.signer ? `${signed.signer.name}, ${signed.signer.role}` : null,
        sha256: signed.sha256,
      },
    },
  ];
};

/** A name that the record has otherwise stays as it was typed: that the two are one was decided by a person. */
const attendanceTitle = ({ event, people, organisation }: Attendance, employer: string): string =>
  [
    `“${event.title}”`,
    ...(people > 1 ? [`${people} people`] : []),
    ...(organisation === employer ? [] : [`as typed: ${organisation}`]),
  ].join(', ');

/**
 * Everything of an organisation that is evidence for an occupation: confirmed attendances, meetings about it, and letters that
 * are signed and were not taken back.
 */
export const evidenceSources = async (ctx: Context, keeping: Membership): Promise<readonly EvidenceSource[]> => {
  const { organisation } = keeping;
  demand(ctx.actor, workOnEmployer, { organisation });
  const meetings = await listMeetingsForEvidence(ctx, organisation);
  const attendances = await matchedAttendances(ctx, keeping);
  return [
    ...meetings.map(
      (one): EvidenceSource => ({
        kind: 'meeting',
        id: one.id,
        employer: one.employer,
        on: one.heldOn,
        occupations: one.occupations,
        confidential: one.confidential,
        title: meetingKindWords[one.kind],
        parts: paragraphsOf(one.said).map((text) => ({ text, confidential: one.confidential })),
        signature: null,
      }),
    ),
    ...attendances.flatMap((one): readonly EvidenceSource[] =>
      one.state === 'confirmed' && one.employer
        ? [
            {
              kind: 'attendance',
              id: one.key,
              employer: one.employer,
              on: one.event.on,
              occupations: one.occupations,
              confidential: false,
              title: attendanceTitle(one, one.employer.name),
              parts: [],
              signature: null,
            },
          ]
        : [],
    ),
    ...(await listLetters(ctx, organisation)).flatMap(letterSource),
  ];
};

const keepingOf = (ctx: Context, organisation: string): Membership => {
  demand(ctx.actor, workOnEmployer, { organisation });
  const found =
    ctx.actor.kind === 'person' ? ctx.actor.memberships.find((one) => one.organisation === organisation) : undefined;
  // A job or a command acts for nobody in particular: it sees what a provider sees.
  return found ?? { organisation, name: '', kind: 'provider', standing: 'member' };
};

/**
 * The evidence record of one occupation: what neighbours put into an approval pack.
 *
 * @param asked.organisation id of the provider or awarding organisation that keeps it; whoever asks must belong to it.
 * @param asked.occupation reference of a standard, such as ST0116. One that nothing is recorded for gives a record without items.
 * @returns items, the newest first, each with its employer (size, sector, region: `null` where not known), ISO day, age in
 * whole calendar months and what is confidential. It is the whole record: give it through `forOthers` before anyone outside
 * the organisation sees it.
 * @throws NotAllowed for whoever does not belong to the organisation.
 */
export const evidenceRecord = async (
  ctx: Context,
  asked: { readonly organisation: string; readonly occupation: string },
): Promise<EvidenceRecord> => {
  const keeping = keepingOf(ctx, asked.organisation);
  return recordOf(
    asked.organisation,
    asked.occupation.trim().toUpperCase(),
    todayOf(ctx),
    await evidenceSources(ctx, keeping),
  );
};

/** What an organisation's records are measured against today. @param organisation `null`: of one that has set nothing itself. */
export const policyInForce = async (ctx: Context, organisation: string | null): Promise<PolicyInForce> =>
  policyOn(editions, await listMeasures(ctx, organisation), todayOf(ctx));

export type MeasuredRecord = {
  readonly record: EvidenceRecord;
  readonly policy: PolicyInForce;
  /** `null`: nothing is measured. */
  readonly missing: Missing | null;
};

export const measured = (record: EvidenceRecord, policy: PolicyInForce): MeasuredRecord => ({
  record,
  policy,
  missing: policy.kind === 'on' ? missingIn(record, policy.measure) : null,
});

export const measuredRecord = async (ctx: Context, organisation: string, occupation: string): Promise<MeasuredRecord> =>
  measured(await evidenceRecord(ctx, { organisation, occupation }), await policyInForce(ctx, organisation));

/** The record of every occupation that there is evidence for, by reference. */
export const allRecords = async (ctx: Context, keeping: Membership): Promise<readonly MeasuredRecord[]> => {
  const { organisation } = keeping;
  const sources = await evidenceSources(ctx, keeping);
  const policy = await policyInForce(ctx, organisation);
  return [...new Set(sources.flatMap((one) => one.occupations))]
    .toSorted()
    .map((occupation) => measured(recordOf(organisation, occupation, todayOf(ctx), sources), policy));
};
