import { z } from 'zod';
import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { recordEvent } from '#platform/events/recorded-event.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { daysAfter } from '../domain/day.ts';
import { factsTurning } from '../store/facts.ts';
import { readStanding } from '../store/standing.ts';
import { remindOwners } from './cases.ts';
import { readCycles, seedCycles } from './cycles.ts';
import { makeAllFindable } from './enter-facts.ts';
import { asOfToday } from './read-register.ts';
import { registerChanged } from './register-changed.ts';

/** Days that are told of late at most, when no night's job ran for a while. */
const lateDays = 60;

/**
 * What begins or ends today, by facts of an earlier day: told to whoever hears of changes, once more on the day itself.
 * Days whose night's job never ran are told of with it.
 */
const tellTurning = (ctx: Context): Promise<number> =>
  ctx.transaction(async (inside) => {
    const today = londonDay(ctx.clock());
    const yesterday = daysAfter(today, -1);
    const begun = (await readStanding(inside)).madeFor ?? yesterday;
    const after = [begun, daysAfter(today, -lateDays)].toSorted()[1] ?? yesterday;
    let told = 0;
    for (const one of await factsTurning(inside, after < yesterday ? after : yesterday, today)) {
      if (
        one.keys.qualification === null ||
        !(one.kind === 'approval' || one.kind === 'withdrawal' || one.kind === 'offer')
      )
        continue;
      await recordEvent(inside, registerChanged, {
        qualification: one.keys.qualification,
        what: one.kind,
        ukprn: one.keys.ukprn,
        from: today,
      });
      told += 1;
    }
    return told;
  });

/** Dates pass: what is found, what is told, who is reminded. A second run writes the same, and reminds again. */
export const beginRegisterDayJob: JobDefinition = {
  name: 'register.begin-day',
  title: 'Begin the register’s day',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 900,
  kind: 'stepwise',
  run: async (ctx) => {
    // A store that was made before the register was has no cycles yet.
    if ((await readCycles(ctx, asOfToday(ctx))).length === 0) await seedCycles(ctx);
    // Before all is made for today: what says up to which day was told.
    const told = await tellTurning(ctx);
    const entries = await makeAllFindable(ctx);
    return `${entries} entries stand as of today; ${told} begin or end.`;
  },
};

export const remindOwnersJob: JobDefinition = {
  name: 'register.remind-owners',
  title: 'Remind the owners of cases’ steps',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 300,
  kind: 'stepwise',
  run: async (ctx) => {
    const told = await remindOwners(ctx);
    return told === 0 ? 'Nobody had to be reminded.' : `Reminded ${told}.`;
  },
};
