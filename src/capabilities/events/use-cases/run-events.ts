import { randomUUID } from 'node:crypto';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import { type HeldEvent, lacking, phaseOf, type Way, ways } from '../domain/event.ts';
import { runEvents } from '../policy.ts';
import { followMove } from '../store/bookings.ts';
import { callOffBookings } from '../store/call-off.ts';
import { addEvent, changeEvent, type EventToKeep, findEvent, lockEventText, setCapacity } from '../store/events.ts';
import { makeFindable } from './findable.ts';
import { offerFreePlaces } from './settle.ts';
import { tellPeopleJob } from './tell-people.ts';

export type { EventToKeep } from '../store/events.ts';

/** How many places there are in each way; `null`: it is not held so. */
export type Capacities = Readonly<Record<Way, number | null>>;

const record = (ctx: Context, name: string, id: string, after: object = {}): Promise<string> =>
  recordAct(ctx, { name: `events.${name}`, subject: { kind: 'event', id }, after });

const setCapacities = async (ctx: Context, id: string, capacities: Capacities): Promise<boolean> => {
  let all = true;
  for (const way of ways) all = (await setCapacity(ctx, id, way, capacities[way])) && all;
  return all;
};

/** A new draft. @param id made with the form. */
export const draftEvent = (
  ctx: Context,
  id: string,
  keep: EventToKeep,
  capacities: Capacities,
  series: string | null = null,
): Promise<void> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    if (!(await addEvent(inside, id, keep, { state: 'draft', series }))) return;
    await setCapacities(inside, id, capacities);
    await record(inside, 'drafted', id);
  });
};

/** `below`: places were lowered below what is taken, and nobody said that this is meant. */
export type EditRefusal = 'unknown' | 'changed' | 'cancelled' | 'way is booked' | 'lacking' | 'below';

/** What people who signed up have to know of, as long as the event is to come, before the change or after it. */
const matters = (before: HeldEvent, after: EventToKeep): boolean =>
  before.text.title !== after.text.title ||
  before.text.place !== after.text.place ||
  before.time?.starts.getTime() !== after.time?.starts.getTime() ||
  before.time?.ends.getTime() !== after.time?.ends.getTime();

/** Ways whose places are lowered below what is taken, and by how many. */
export const loweredBelow = (event: HeldEvent, capacities: Capacities) =>
  event.ways.flatMap(({ way, capacity, taken }) => {
    const wanted = capacities[way];
    return wanted !== null && wanted < capacity && wanted < taken ? [{ way, taken, over: taken - wanted }] : [];
  });

/**
 * Changes an event. Who signed up is told of another title, place or time, or where the editor wants it, unless it is over; a
 * place that a higher capacity frees is offered at once, and nobody loses one to a lower.
 *
 * @param revision that the form began with.
 * @param below lowering the places below what is taken is meant.
 */
export const editEvent = (
  ctx: Context,
  id: string,
  keep: EventToKeep,
  capacities: Capacities,
  revision: number,
  tellAnyway: boolean,
  below = false,
): Promise<Result<{ readonly told: boolean }, EditRefusal>> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    const event = await lockEventText(inside, id);
    if (!event) return refused('unknown');
    if (event.state === 'cancelled') return refused('cancelled');
    if (event.revision !== revision) return refused('changed');
    for (const { way, taken, waiting } of event.ways)
      if (capacities[way] === null && taken + waiting > 0) return refused('way is booked');
    if (!below && loweredBelow(event, capacities).length > 0) return refused('below');
    const kept = ways.filter((way) => capacities[way] !== null).map((way) => ({ way }));
    if (event.state === 'published' && lacking({ ...keep, ways: kept }).length > 0) return refused('lacking');
    const now = inside.clock();
    const over = phaseOf(event, now) === 'past' && phaseOf({ ...event, ...keep }, now) === 'past';
    const told = event.state === 'published' && !over && (tellAnyway || matters(event, keep));
    await changeEvent(inside, id, { keep, told });
    if (keep.time && event.time?.starts.getTime() !== keep.time.starts.getTime())
      await followMove(inside, id, keep.time.starts);
    await setCapacities(inside, id, capacities);
    const after = await findEvent(inside, id);
    if (after) await makeFindable(inside, after);
    if (told && after) await enqueue(inside, tellPeopleJob, { event: id, sequence: after.sequence });
    for (const way of ways) if (capacities[way] !== null) await offerFreePlaces(inside, id, way);
    await record(inside, 'edited', id, { told });
    return ok({ told });
  });
};

export type PublishRefusal = 'not now' | 'over';

/** @param overIsMeant it is published although its day is over: nobody can sign up. */
export const publishEvent = (ctx: Context, id: string, overIsMeant = false): Promise<Result<void, PublishRefusal>> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    const event = await lockEventText(inside, id);
    if (!event) return refused('not now');
    if (event.state === 'published') return ok(undefined);
    if (event.state === 'cancelled' || lacking(event).length > 0) return refused('not now');
    const published = { ...event, state: 'published' as const };
    if (!overIsMeant && phaseOf(published, inside.clock()) === 'past') return refused('over');
    await changeEvent(inside, id, { state: 'published' });
    await makeFindable(inside, published);
    await record(inside, 'published', id);
    return ok(undefined);
  });
};

/**
 * Cancels a published event that is not over: nobody has a place any more, everyone is told, and no late sign-up gets through.
 *
 * @param because told to everyone; may be empty.
 */
export const cancelEvent = (ctx: Context, id: string, because = ''): Promise<boolean> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    const event = await lockEventText(inside, id);
    if (event?.state === 'cancelled') return true;
    if (event?.state !== 'published' || phaseOf(event, inside.clock()) === 'past') return false;
    const keep = { ...event, text: { ...event.text, cancelledBecause: because } };
    await changeEvent(inside, id, { keep, state: 'cancelled', told: true });
    await callOffBookings(inside, id);
    await makeFindable(inside, { ...keep, state: 'cancelled' });
    await enqueue(inside, tellPeopleJob, { event: id, sequence: event.sequence + 1 });
    await record(inside, 'called-off', id);
    return true;
  });
};

/** When a copy is held; `time` is `null` where the event has none. */
export type CopyAt = Pick<EventToKeep, 'time' | 'month'>;

/** Copies as drafts, each with its own places. @param first id of the first copy, made with the form: sent twice, it copies once. */
export const copyEvent = async (
  ctx: Context,
  id: string,
  first: string,
  copies: readonly CopyAt[],
  asSeries: boolean,
): Promise<string | null> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    const event = await lockEventText(inside, id);
    if (!event) return null;
    if (await findEvent(inside, first)) return first;
    const series = asSeries ? (event.series ?? randomUUID()) : null;
    if (series !== null && event.series === null) await changeEvent(inside, id, { series });
    const ids: string[] = [];
    for (const at of copies) {
      const copy = ids.length === 0 ? first : randomUUID();
      ids.push(copy);
      await addEvent(
        inside,
        copy,
        {
          text: { ...event.text, recording: '', slides: '', cancelledBecause: '', source: '' },
          ...at,
          opensAt: null,
          closesAt: null,
        },
        { state: 'draft', series },
      );
      for (const { way, capacity } of event.ways) await setCapacity(inside, copy, way, capacity);
    }
    await record(inside, 'copied', id, { copies: ids });
    return first;
  });
};
