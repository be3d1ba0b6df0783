import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import {
  type EventState,
  type EventText,
  type EventTime,
  eventText,
  type HeldEvent,
  type Way,
} from '../domain/event.ts';
import { tables } from './tables.ts';

const events = (ctx: Context) => tables(ctx).selectFrom('events.event').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof events>['executeTakeFirstOrThrow']>>;

const withWays = async (ctx: Context, rows: readonly Row[]): Promise<readonly HeldEvent[]> => {
  if (rows.length === 0) return [];
  const ways = await tables(ctx)
    .selectFrom('events.way')
    .selectAll()
    .where(
      'event_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('way')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state as EventState,
    text: eventText.parse(row.text),
    time: row.starts_at && row.ends_at ? { starts: row.starts_at, ends: row.ends_at } : null,
    month: row.month,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    series: row.series,
    revision: row.revision,
    sequence: row.sequence,
    publishedAt: row.published_at,
    changedAt: row.changed_at,
    ways: ways
      .filter((one) => one.event_id === row.id)
      .map((one) => ({ way: one.way as Way, capacity: one.capacity, taken: one.taken, waiting: one.waiting })),
  }));
};

export const findEvent = async (ctx: Context, id: string): Promise<HeldEvent | null> =>
  isUuid(id) ? ((await withWays(ctx, await events(ctx).where('id', '=', id).execute()))[0] ?? null) : null;

/** Locks the event's ways in the one order in which they are locked: docs/algorithms/places.md, "The lock". */
export const lockEvent = async (ctx: Context, id: string): Promise<HeldEvent | null> => {
  if (!isUuid(id)) return null;
  await tables(ctx)
    .selectFrom('events.way')
    .select('way')
    .where('event_id', '=', id)
    .orderBy('way')
    .forUpdate()
    .execute();
  return findEvent(ctx, id);
};

/** The same, and of two who change what it says at once the second sees what the first did. */
export const lockEventText = async (ctx: Context, id: string): Promise<HeldEvent | null> => {
  if (!isUuid(id)) return null;
  await tables(ctx).selectFrom('events.event').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  return lockEvent(ctx, id);
};

/** Everything but drafts, by its beginning; @param since only what ends after it. */
export const listPublic = async (ctx: Context): Promise<readonly HeldEvent[]> =>
  withWays(
    ctx,
    await events(ctx).where('state', '<>', 'draft').orderBy('month').orderBy('starts_at').orderBy('id').execute(),
  );

export const listDrafts = async (ctx: Context): Promise<readonly HeldEvent[]> =>
  withWays(
    ctx,
    await events(ctx).where('state', '=', 'draft').orderBy('month').orderBy('starts_at').orderBy('id').execute(),
  );

export const listSeries = async (ctx: Context, series: string): Promise<readonly HeldEvent[]> =>
  withWays(
    ctx,
    await events(ctx).where('series', '=', series).where('state', '<>', 'draft').orderBy('starts_at').execute(),
  );

/** Published events that begin, or end, within a span. */
export const listBetween = async (
  ctx: Context,
  which: 'starts_at' | 'ends_at',
  from: Date,
  to: Date,
): Promise<readonly HeldEvent[]> =>
  withWays(
    ctx,
    await events(ctx)
      .where('state', '=', 'published')
      .where(which, '>', from)
      .where(which, '<=', to)
      .orderBy(which)
      .execute(),
  );

export type EventToKeep = {
  readonly text: EventText;
  readonly time: EventTime;
  readonly month: string;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
};

const columnsOf = ({ text, time, month, opensAt, closesAt }: EventToKeep) => ({
  text: JSON.stringify(text),
  starts_at: time?.starts ?? null,
  ends_at: time?.ends ?? null,
  month,
  opens_at: opensAt,
  closes_at: closesAt,
});

/** @returns false where it is there already: a form that was sent twice. */
export const addEvent = async (
  ctx: Context,
  id: string,
  one: EventToKeep,
  more: { readonly state: EventState; readonly series: string | null },
): Promise<boolean> => {
  const now = ctx.clock();
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('events.event')
    .values({
      id,
      ...columnsOf(one),
      ...more,
      revision: 1,
      sequence: 0,
      made_at: now,
      changed_at: now,
      published_at: more.state === 'published' ? now : null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const changeEvent = async (
  ctx: Context,
  id: string,
  change: {
    readonly keep?: EventToKeep;
    readonly state?: EventState;
    readonly series?: string;
    /** Readers are told: its calendar entry has a new SEQUENCE. */
    readonly told?: boolean;
  },
): Promise<void> => {
  const now = ctx.clock();
  await tables(ctx)
    .updateTable('events.event')
    .set(({ eb }) => ({
      ...(change.keep ? columnsOf(change.keep) : {}),
      ...(change.state ? { state: change.state } : {}),
      ...(change.state === 'published' ? { published_at: now } : {}),
      ...(change.series ? { series: change.series } : {}),
      ...(change.told ? { sequence: eb('sequence', '+', 1) } : {}),
      revision: eb('revision', '+', 1),
      changed_at: now,
    }))
    .where('id', '=', id)
    .execute();
};

/** Sets how many places there are in a way; `null` takes the way out, which holds as long as nobody booked it. */
export const setCapacity = async (ctx: Context, event: string, way: Way, capacity: number | null): Promise<boolean> => {
  if (capacity === null) {
    await tables(ctx)
      .deleteFrom('events.way')
      .where('event_id', '=', event)
      .where('way', '=', way)
      .where('taken', '=', 0)
      .where('waiting', '=', 0)
      .execute();
    const left = await tables(ctx)
      .selectFrom('events.way')
      .select('way')
      .where('event_id', '=', event)
      .where('way', '=', way)
      .execute();
    return left.length === 0;
  }
  await tables(ctx)
    .insertInto('events.way')
    .values({ event_id: event, way, capacity })
    .onConflict((conflict) => conflict.columns(['event_id', 'way']).doUpdateSet({ capacity }))
    .execute();
  return true;
};
