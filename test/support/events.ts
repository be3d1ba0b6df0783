import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { eventText, type Way } from '../../src/capabilities/events/domain/event.ts';
import { addUp, findLive } from '../../src/capabilities/events/store/bookings.ts';
import { findEvent } from '../../src/capabilities/events/store/events.ts';
import { type Ask, book } from '../../src/capabilities/events/use-cases/book.ts';
import { confirm } from '../../src/capabilities/events/use-cases/look-after-booking.ts';
import { draftEvent, type EventToKeep, publishEvent } from '../../src/capabilities/events/use-cases/run-events.ts';
import { openTestContext, testInstant } from './stores.ts';

export const day = 86_400_000;

/** Events and guests over a store of the caller's own, with a clock that the caller sets. */
export const openEvents = async () => {
  let now = testInstant;
  const store = await openTestContext('example', () => now);
  const ctx: Context = store.ctx;
  const starts = new Date(testInstant.getTime() + 10 * day);
  const keep = (begins: Date = starts): EventToKeep => ({
    text: eventText.parse({
      title: 'A meeting',
      summary: 'About work.',
      place: 'A hall',
      contact: 'events@department.example',
    }),
    time: { starts: begins, ends: new Date(begins.getTime() + 3_600_000) },
    month: begins.toISOString().slice(0, 7),
    opensAt: null,
    closesAt: null,
  });
  /** A published event; the clock is set back to the beginning of the tests. */
  const makeEvent = async (inPerson: number, online: number | null = null): Promise<string> => {
    now = testInstant;
    const id = randomUUID();
    await draftEvent(ctx, id, keep(), { 'in person': inPerson, online });
    assert.equal((await publishEvent(ctx, id)).kind, 'ok');
    return id;
  };
  let made = 0;
  const ask = (more: Partial<Ask> = {}): Ask => {
    made += 1;
    // Nobody asks at the very same moment: the clock goes on.
    now = new Date(now.getTime() + 10);
    return {
      id: randomUUID(),
      way: 'in person',
      names: [`Guest ${made}`],
      address: `guest${made}@company.example`,
      organisation: 'A company',
      forEmployer: true,
      consentToShare: true,
      partWillDo: false,
      accessNeeds: '',
      answers: [],
      tag: '',
      ...more,
    };
  };
  const tokenOf = async (event: string, address: string): Promise<string> => {
    const live = await findLive(ctx, event, address);
    assert.ok(live);
    return live.token;
  };
  /** Signs up and confirms. @returns the booking's token. */
  const come = async (event: string, more: Partial<Ask> = {}): Promise<string> => {
    const asked = ask(more);
    const booked = await book(ctx, event, asked);
    assert.equal(booked.kind, 'ok');
    const token = await tokenOf(event, asked.address);
    assert.equal((await confirm(ctx, token)).kind, 'ok');
    return token;
  };
  /** The counts of a way, which must be the sum over its bookings. */
  const placesOf = async (event: string, way: Way = 'in person') => {
    const found = (await findEvent(ctx, event))?.ways.find((one) => one.way === way);
    assert.ok(found);
    const sum = await addUp(ctx, event, way);
    assert.deepEqual(
      { taken: found.taken, waiting: found.waiting },
      { taken: sum.taken, waiting: sum.waiting },
      'the count is the sum',
    );
    return found;
  };
  const stateOf = async (token: string) => {
    const { rows } = await sql<{
      state: string;
      places: number;
    }>`select state, places from events.booking where token = ${token}`.execute(ctx.db);
    return rows[0];
  };
  /** What was mailed to an address, newest first. */
  const mailsTo = async (address: string) => (await keptMail(ctx, 2000)).filter((one) => one.to === address);
  return {
    ctx,
    starts,
    keep,
    makeEvent,
    ask,
    come,
    tokenOf,
    placesOf,
    stateOf,
    mailsTo,
    subjectsTo: async (address: string) => (await mailsTo(address)).map((one) => one.subject),
    instant: () => now,
    setTime: (instant: Date) => {
      now = instant;
    },
    close: store.close,
  };
};
export type Events = Awaited<ReturnType<typeof openEvents>>;
