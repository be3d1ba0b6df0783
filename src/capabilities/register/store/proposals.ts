import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { type Assertion, readAssertions } from '../domain/fact.ts';
import { tables } from './tables.ts';

export type Proposal = {
  readonly id: string;
  /** What it would enter, in a sentence. */
  readonly words: string;
  readonly assertions: readonly Assertion[];
  /** What it rests on: a decision, a letter. */
  readonly reason: string;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly state: 'waiting' | 'entered' | 'declined';
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** One person did both, since nobody else could. */
  readonly onePerson: boolean;
  readonly note: string;
};

const rows = (ctx: Context) => tables(ctx).selectFrom('register.proposal').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asProposal = (row: Row): Proposal => ({
  id: row.id,
  words: row.words,
  assertions: readAssertions(row.assertions),
  reason: row.reason,
  madeBy: row.made_by,
  madeAt: row.made_at,
  state: row.state as Proposal['state'],
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  onePerson: row.one_person,
  note: row.note,
});

/** @returns false when the form was sent before. */
export const addProposal = async (
  ctx: Context,
  one: Pick<Proposal, 'id' | 'words' | 'assertions' | 'reason' | 'madeBy'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('register.proposal')
    .values({
      id: one.id,
      words: one.words,
      assertions: JSON.stringify(one.assertions),
      reason: one.reason,
      made_by: one.madeBy,
      made_at: ctx.clock(),
      state: 'waiting',
      one_person: false,
      note: '',
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const findProposal = async (ctx: Context, id: string): Promise<Proposal | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asProposal(row) : null;
};

/** Locked until the transaction ends: of two who decide at once the second sees what the first did. */
export const lockProposal = async (ctx: Context, id: string): Promise<Proposal | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asProposal(row) : null;
};

export const listProposals = async (
  ctx: Context,
  state: Proposal['state'],
  limit: number,
): Promise<readonly Proposal[]> =>
  (await rows(ctx).where('state', '=', state).orderBy('made_at', 'desc').orderBy('id').limit(limit).execute()).map(
    asProposal,
  );

export const decideOn = async (
  ctx: Context,
  id: string,
  decision: {
    readonly state: 'entered' | 'declined';
    readonly by: string;
    readonly onePerson: boolean;
    readonly note: string;
  },
): Promise<void> => {
  await tables(ctx)
    .updateTable('register.proposal')
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_at: ctx.clock(),
      one_person: decision.onePerson,
      note: decision.note,
    })
    .where('id', '=', id)
    .execute();
};
