import { z } from 'zod';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { OccupationalStandard } from '../domain/occupational-standard.ts';
import { currentVersion } from '../domain/standard-versions.ts';
import { findAllVersions, findRecord } from '../store/find-standards.ts';
import { makeStandardsFindable } from './findable-standards.ts';
import { readStandard } from './read-standard.ts';

/** Standards in one transaction. */
const atOnce = 50;

/** After a large import, whose own time the words of its standards would double. A second run writes the same again. */
export const makeFindableJob: JobDefinition = {
  name: 'standards.make-findable',
  title: 'Let the search find imported standards',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 30,
  limitSeconds: 900,
  kind: 'stepwise',
  run: async (ctx, _data, job) => {
    const byReference = Map.groupBy(await findAllVersions(ctx), (one) => one.reference);
    const standing = [...byReference.values()].flatMap((versions) => currentVersion(versions) ?? []);
    for (let done = 0; done < standing.length; done += atOnce) {
      job.signal.throwIfAborted();
      const standards: OccupationalStandard[] = [];
      for (const one of standing.slice(done, done + atOnce)) {
        const found = await findRecord(ctx, one.reference, one.version);
        const read = found ? readStandard(JSON.parse(found.record)) : null;
        if (read?.kind === 'ok') standards.push(read.value);
      }
      await ctx.transaction((inside) => makeStandardsFindable(inside, standards));
      await job.progress({
        done: Math.min(done + atOnce, standing.length),
        total: standing.length,
        words: 'standards',
      });
    }
    return `${standing.length} standards can be found.`;
  },
};
