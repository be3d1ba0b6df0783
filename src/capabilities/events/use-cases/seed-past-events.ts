import { z } from 'zod';
import { londonTime } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import data from '../../../../data/events-2021.json' with { type: 'json' };
import { eventText, type HeldEvent } from '../domain/event.ts';
import { addEvent, findEvent } from '../store/events.ts';
import { makeFindable } from './findable.ts';

const clock = z.string().regex(/^\d{2}:\d{2}$/);
const file = z.object({
  source: z.string(),
  events: z.array(
    z
      .object({
        id: z.uuid(),
        month: z.string(),
        day: z.iso.date().optional(),
        starts: clock.optional(),
        ends: clock.optional(),
      })
      .extend(eventText.pick({ title: true, summary: true, routes: true, audience: true }).shape),
  ),
});

/** The events that the guidance of 2021 listed, as past events, each with its source. */
export const seedPastEvents = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    const { source, events } = file.parse(data);
    for (const { id, month, day, starts, ends, ...words } of events) {
      const from = londonTime(`${day} ${starts}`);
      const to = londonTime(`${day} ${ends}`);
      await addEvent(
        inside,
        id,
        {
          text: eventText.parse({
            ...words,
            source: `Known from: ${source}. Years are inferred from the weekdays that it gives.`,
          }),
          time: from && to ? { starts: from, ends: to } : null,
          month,
          opensAt: null,
          closesAt: null,
        },
        { state: 'published', series: null },
      );
      const event: HeldEvent | null = await findEvent(inside, id);
      if (event) await makeFindable(inside, event);
    }
    await recordAct(inside, { name: 'events.seeded' });
  });
