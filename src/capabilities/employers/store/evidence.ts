import type { Context } from '#platform/context.ts';
import type { MeetingKind } from '../domain/employer.ts';
import type { EvidenceEmployer } from '../domain/evidence.ts';
import { evidenceMeasure, type OwnMeasure } from '../domain/evidence-policy.ts';
import { tables } from './tables.ts';

/** A meeting as evidence needs it. */
export type MeetingForEvidence = {
  readonly id: string;
  readonly employer: EvidenceEmployer;
  readonly heldOn: string;
  readonly kind: MeetingKind;
  readonly said: string;
  readonly occupations: readonly string[];
  readonly confidential: boolean;
};

/** Every meeting with employers of an organisation that was about an occupation. */
export const listMeetingsForEvidence = async (
  ctx: Context,
  organisation: string,
): Promise<readonly MeetingForEvidence[]> =>
  (
    await tables(ctx)
      .selectFrom('employers.meeting as meeting')
      .innerJoin('employers.employer as employer', 'employer.id', 'meeting.employer_id')
      .select([
        'meeting.id',
        'meeting.held_on as heldOn',
        'meeting.kind',
        'meeting.said',
        'meeting.occupations',
        'meeting.confidential',
        'employer.id as employer',
        'employer.name',
        'employer.size',
        'employer.sector',
        'employer.region',
      ])
      .where('employer.organisation', '=', organisation)
      .orderBy('meeting.held_on')
      .orderBy('meeting.id')
      .execute()
  )
    .filter((row) => row.occupations.length > 0)
    .map(({ id, heldOn, kind, said, occupations, confidential, employer, ...rest }) => ({
      id,
      heldOn,
      kind: kind as MeetingKind,
      said,
      occupations,
      confidential,
      employer: { id: employer, ...rest },
    }));

/** What a person decided of a name at an event. */
export type AttendanceDecision = {
  readonly event: string;
  /** As names are compared. */
  readonly typed: string;
  /** `null`: nobody of the organisation's employers. */
  readonly employer: string | null;
  readonly occupations: readonly string[];
};

/** A decision as it is kept. `by`: `null` where nobody in particular decided, or they have deleted their account. */
export type KeptDecision = AttendanceDecision & { readonly by: string | null; readonly at: Date };

export const listDecisions = (ctx: Context, organisation: string): Promise<readonly KeptDecision[]> =>
  tables(ctx)
    .selectFrom('employers.employer_attendance')
    .select([
      'event_id as event',
      'typed',
      'employer_id as employer',
      'occupations',
      'decided_by as by',
      'decided_at as at',
    ])
    .where('organisation', '=', organisation)
    .execute();

/** Writes a decision, in place of an earlier one of the same name at the same event. */
export const setDecision = async (
  ctx: Context,
  organisation: string,
  one: AttendanceDecision & { readonly by: string | null },
): Promise<void> => {
  const values = {
    employer_id: one.employer,
    occupations: [...one.occupations],
    decided_by: one.by,
    decided_at: ctx.clock(),
  };
  await tables(ctx)
    .insertInto('employers.employer_attendance')
    .values({ organisation, event_id: one.event, typed: one.typed, ...values })
    .onConflict((conflict) => conflict.columns(['organisation', 'event_id', 'typed']).doUpdateSet(values))
    .execute();
};

export const removeDecision = async (
  ctx: Context,
  organisation: string,
  one: Pick<AttendanceDecision, 'event' | 'typed'>,
): Promise<void> => {
  await tables(ctx)
    .deleteFrom('employers.employer_attendance')
    .where('organisation', '=', organisation)
    .where('event_id', '=', one.event)
    .where('typed', '=', one.typed)
    .execute();
};

export const decisionsBy = (ctx: Context, person: string) =>
  tables(ctx)
    .selectFrom('employers.employer_attendance')
    .select(['event_id as event', 'typed as name', 'decided_at as decidedAt'])
    .where('decided_by', '=', person)
    .orderBy('decided_at')
    .execute();

/** The organisation's own numbers and the instance's, the newest first. */
export const listMeasures = async (ctx: Context, organisation: string | null): Promise<readonly OwnMeasure[]> =>
  (
    await tables(ctx)
      .selectFrom('employers.evidence_measure')
      .select(['id', 'organisation', 'holds_from as from', 'measure', 'source', 'set_at as setAt'])
      .where((query) =>
        query.or([
          query('organisation', 'is', null),
          ...(organisation === null ? [] : [query('organisation', '=', organisation)]),
        ]),
      )
      .orderBy('holds_from', 'desc')
      .orderBy('set_at', 'desc')
      .execute()
  ).map((row) => ({ ...row, measure: evidenceMeasure.parse(row.measure) }));

/** @returns false where it is there already: a form that was sent twice. */
export const addMeasure = async (
  ctx: Context,
  one: Omit<OwnMeasure, 'setAt'> & { readonly by: string | null },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('employers.evidence_measure')
    .values({
      id: one.id,
      organisation: one.organisation,
      holds_from: one.from,
      measure: JSON.stringify(one.measure),
      source: one.source,
      set_by: one.by,
      set_at: ctx.clock(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const measuresBy = (ctx: Context, person: string) =>
  tables(ctx)
    .selectFrom('employers.evidence_measure')
    .select(['holds_from as from', 'source', 'set_at as setAt'])
    .where('set_by', '=', person)
    .orderBy('set_at')
    .execute();
