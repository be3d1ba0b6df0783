import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { CaseFile, CaseStep, Cause, StepAct } from '../domain/case.ts';
import { tables } from './tables.ts';

const files = (ctx: Context) =>
  tables(ctx)
    .selectFrom('register.case_file')
    .select(['id', 'qualification', 'occupation', 'cause', 'words', 'opened_at', 'closed_at', 'outcome']);
type Row = Awaited<ReturnType<ReturnType<typeof files>['executeTakeFirstOrThrow']>>;

const asCase = ({ opened_at, closed_at, cause, ...row }: Row): CaseFile => ({
  ...row,
  cause: cause as Cause,
  openedAt: opened_at,
  closedAt: closed_at,
});

/** @returns false when a case about the same is there already. */
export const addCase = async (
  ctx: Context,
  one: Omit<CaseFile, 'openedAt' | 'closedAt' | 'outcome'> & { readonly about: string },
  steps: readonly { readonly title: string; readonly due: string; readonly act: StepAct | null }[],
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('register.case_file')
    .values({ ...one, opened_at: ctx.clock(), closed_at: null, outcome: '' })
    .onConflict((conflict) => conflict.column('about').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await tables(ctx)
    .insertInto('register.case_step')
    .values(
      steps.map((step, index) => ({
        case_id: one.id,
        place: index + 1,
        title: step.title,
        due: step.due,
        owner: null,
        done_at: null,
        done_by: null,
        note: '',
        act: step.act,
      })),
    )
    .execute();
  return true;
};

/** The same, held until the transaction ends: two who act on it at once follow one another. */
export const lockCase = async (ctx: Context, id: string): Promise<CaseFile | null> => {
  const row = isUuid(id) ? await files(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asCase(row) : null;
};

export const findCase = async (ctx: Context, id: string): Promise<CaseFile | null> => {
  const row = isUuid(id) ? await files(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asCase(row) : null;
};

export const casesOfQualification = async (ctx: Context, qualification: string): Promise<readonly CaseFile[]> =>
  (
    await files(ctx).where('qualification', '=', qualification).orderBy('opened_at', 'desc').orderBy('id').execute()
  ).map(asCase);

/** A case with the first of its steps that is not done; `null`: all are. */
export type ListedCase = CaseFile & { readonly next: Pick<CaseStep, 'title' | 'due'> | null };

/** Open cases, what is due soonest first, or closed ones, the newest first. */
export const listCases = async (
  ctx: Context,
  state: 'open' | 'closed',
  limit: number,
): Promise<{ readonly total: number; readonly cases: readonly ListedCase[] }> => {
  const rows = await files(ctx)
    .leftJoinLateral(
      (all) =>
        all
          .selectFrom('register.case_step as step')
          .select(['step.title as next_title', 'step.due as next_due'])
          .whereRef('step.case_id', '=', 'register.case_file.id')
          .where('step.done_at', 'is', null)
          .orderBy('step.place')
          .limit(1)
          .as('next'),
      (join) => join.onTrue(),
    )
    .select(['next_title', 'next_due', ({ fn }) => fn.countAll<number>().over().as('total')])
    .where('closed_at', state === 'open' ? 'is' : 'is not', null)
    .orderBy(
      (all) => (state === 'open' ? all.ref('next_due') : all.ref('closed_at')),
      state === 'open' ? 'asc' : 'desc',
    )
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return {
    total: Number(rows[0]?.total ?? 0),
    cases: rows.map(({ next_title, next_due, total: _, ...row }) => ({
      ...asCase(row),
      next: next_title === null || next_due === null ? null : { title: next_title, due: next_due },
    })),
  };
};

const steps = (ctx: Context) =>
  tables(ctx).selectFrom('register.case_step').select(['place', 'title', 'due', 'owner', 'done_at as doneAt', 'note']);

export const stepsOf = (ctx: Context, id: string): Promise<readonly CaseStep[]> =>
  steps(ctx).where('case_id', '=', id).orderBy('place').execute();

/** One step, held until the transaction ends. */
export const lockStep = async (ctx: Context, id: string, place: number): Promise<CaseStep | null> =>
  Number.isInteger(place) && place > 0 && place < 100
    ? ((await steps(ctx).where('case_id', '=', id).where('place', '=', place).forUpdate().executeTakeFirst()) ?? null)
    : null;

/** Steps of open cases that are not done: whose owner is reminded. */
export const openSteps = async (
  ctx: Context,
  by: string,
): Promise<readonly (CaseStep & { readonly caseId: string; readonly words: string })[]> =>
  (
    await tables(ctx)
      .selectFrom('register.case_step as step')
      .innerJoin('register.case_file as file', 'file.id', 'step.case_id')
      .select([
        'step.place',
        'step.title',
        'step.due',
        'step.owner',
        'step.done_at',
        'step.note',
        'file.id as caseId',
        'file.words',
      ])
      .where('step.done_at', 'is', null)
      .where('file.closed_at', 'is', null)
      .where('step.due', '<=', by)
      .orderBy('step.due')
      .execute()
  ).map(({ done_at, ...row }) => ({ ...row, doneAt: done_at }));

export const changeStep = async (
  ctx: Context,
  id: string,
  { place, doneAt }: CaseStep,
  change: {
    readonly due: string;
    readonly owner: string | null;
    readonly done: boolean;
    readonly note: string;
    readonly by: string | null;
  },
): Promise<void> => {
  await tables(ctx)
    .updateTable('register.case_step')
    .set({
      due: change.due,
      owner: change.owner,
      note: change.note,
      done_at: change.done ? (doneAt ?? ctx.clock()) : null,
      done_by: change.done ? change.by : null,
    })
    .where('case_id', '=', id)
    .where('place', '=', place)
    .execute();
};

export const closeCase = async (ctx: Context, id: string, outcome: string): Promise<void> => {
  await tables(ctx)
    .updateTable('register.case_file')
    .set({ closed_at: ctx.clock(), outcome })
    .where('id', '=', id)
    .execute();
};

export type HolderStep = {
  readonly caseId: string;
  readonly place: number;
  readonly note: string;
  readonly doneAt: Date | null;
};

/** Steps of open cases of withdrawal that the quality mark does by telling its holders, done or not; held until the transaction ends. */
export const holderSteps = async (
  ctx: Context,
  qualification: string,
  occupation: string | null,
): Promise<readonly HolderStep[]> => {
  let query = tables(ctx)
    .selectFrom('register.case_step as step')
    .innerJoin('register.case_file as file', 'file.id', 'step.case_id')
    .select(['file.id as caseId', 'step.place', 'step.note', 'step.done_at as doneAt'])
    .where('step.act', '=', 'tell-holders')
    .where('file.closed_at', 'is', null)
    .where('file.qualification', '=', qualification);
  // A case without an occupation is about all of them.
  if (occupation !== null) query = query.where('file.occupation', 'in', [occupation, '']);
  return query.forUpdate(['step']).execute();
};

/** Adds a line to such a step, once, and closes it when everyone has been told. */
export const addToHolderStep = async (ctx: Context, step: HolderStep, words: string, done: boolean): Promise<void> => {
  const note = step.note.includes(words) ? step.note : [step.note, words].filter(Boolean).join(' ');
  await tables(ctx)
    .updateTable('register.case_step')
    .set({ note, ...(done && step.doneAt === null ? { done_at: ctx.clock(), done_by: null } : {}) })
    .where('case_id', '=', step.caseId)
    .where('place', '=', step.place)
    .execute();
};

export type CaseLetter = {
  readonly toWhom: string;
  readonly subject: string;
  readonly text: string;
  readonly madeAt: Date;
  readonly madeBy: string | null;
  /** In words; empty: it went another way. */
  readonly mailedTo: string;
};

export const addLetter = async (
  ctx: Context,
  one: {
    readonly id: string;
    readonly caseId: string;
    readonly toWhom: string;
    readonly subject: string;
    readonly text: string;
    readonly mailedTo: string;
    readonly by: string | null;
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('register.case_letter')
    .values({
      id: one.id,
      case_id: one.caseId,
      to_whom: one.toWhom,
      subject: one.subject,
      text: one.text,
      mailed_to: one.mailedTo,
      made_at: ctx.clock(),
      made_by: one.by,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const lettersOf = async (ctx: Context, id: string): Promise<readonly CaseLetter[]> =>
  tables(ctx)
    .selectFrom('register.case_letter')
    .select(['to_whom as toWhom', 'subject', 'text', 'made_at as madeAt', 'made_by as madeBy', 'mailed_to as mailedTo'])
    .where('case_id', '=', id)
    .orderBy('made_at')
    .execute();

/** People's traces in cases: shown to them, and taken out when they go. */
export const tracesOf = async (ctx: Context, person: string) => ({
  steps: await tables(ctx)
    .selectFrom('register.case_step')
    .select(['case_id as caseId', 'title', 'due'])
    .where((row) => row.or([row('owner', '=', person), row('done_by', '=', person)]))
    .execute(),
  proposals: await tables(ctx)
    .selectFrom('register.proposal')
    .select(['words', 'made_at as madeAt', 'state'])
    .where((row) => row.or([row('made_by', '=', person), row('decided_by', '=', person)]))
    .execute(),
  letters: await tables(ctx)
    .selectFrom('register.case_letter')
    .select(['case_id as caseId', 'subject', 'made_at as madeAt'])
    .where('made_by', '=', person)
    .execute(),
  files: await tables(ctx)
    .selectFrom('register.loaded_file')
    .select(['name', 'loaded_at as loadedAt', 'state'])
    .where((row) => row.or([row('loaded_by', '=', person), row('decided_by', '=', person)]))
    .execute(),
});

export const forgetPerson = async (ctx: Context, person: string): Promise<void> => {
  const t = tables(ctx);
  await t.updateTable('register.case_step').set({ owner: null }).where('owner', '=', person).execute();
  await t.updateTable('register.case_step').set({ done_by: null }).where('done_by', '=', person).execute();
  await t.updateTable('register.case_letter').set({ made_by: null }).where('made_by', '=', person).execute();
  await t.updateTable('register.proposal').set({ made_by: null }).where('made_by', '=', person).execute();
  await t.updateTable('register.proposal').set({ decided_by: null }).where('decided_by', '=', person).execute();
  await t.updateTable('register.loaded_file').set({ loaded_by: null }).where('loaded_by', '=', person).execute();
  await t.updateTable('register.loaded_file').set({ decided_by: null }).where('decided_by', '=', person).execute();
  await t.updateTable('register.unmatched').set({ decided_by: null }).where('decided_by', '=', person).execute();
};
