import { z } from 'zod';
import type { Context } from '../context.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { JobDefinition } from '../jobs/job.ts';

/** Something that happened in one capability and that others act on without its knowing them. */
export type RecordedEvent<Data extends object> = { readonly name: string; readonly data: z.ZodType<Data> };

export const defineEvent = <Data extends object>(name: string, data: z.ZodType<Data>): RecordedEvent<Data> => ({
  name,
  data,
});

/** What one capability does when an event of another reaches it. The answer is a sentence for administrators. */
export type Hearing = {
  readonly event: string;
  /** In a transaction of its own; it may run again when another hearing of the same event failed. */
  readonly hear: (ctx: Context, data: unknown) => Promise<string>;
};

/** @param event by its definition where its owner is a permitted neighbour, else by a name and the shape that is relied on. */
export const hearing = <Data extends object>(
  event: RecordedEvent<Data>,
  hear: (ctx: Context, data: Data) => Promise<string>,
): Hearing => ({ event: event.name, hear: (ctx, data) => hear(ctx, event.data.parse(data)) });

const delivery = z.object({ event: z.string(), data: z.record(z.string(), z.unknown()) });

/** The job that brings an event to whoever hears it. Made in `main`, which alone knows every capability. */
export const deliverEventJob = (hearings: readonly Hearing[]): JobDefinition<z.infer<typeof delivery>> => ({
  name: 'platform.deliver-event',
  title: 'Tell other parts what happened',
  data: delivery,
  tries: 8,
  backOffSeconds: 5,
  limitSeconds: 300,
  kind: 'stepwise',
  run: async (ctx, { event, data }) => {
    const said: string[] = [];
    for (const one of hearings.filter((each) => each.event === event))
      said.push(await ctx.transaction((inside) => one.hear(inside, data)));
    return said.length === 0 ? `Nobody waits for ${event}.` : said.join(' ');
  },
});

const deliver = deliverEventJob([]);

/** Records that something happened, in the transaction of the act: it is told if, and only if, the act stands. */
export const recordEvent = async <Data extends object>(
  ctx: Context,
  event: RecordedEvent<Data>,
  data: Data,
): Promise<void> =>
  enqueue(ctx, deliver, { event: event.name, data: event.data.parse(data) as Record<string, unknown> });
