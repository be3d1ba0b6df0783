import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import data from '../../../../data/practice-illustrations.json' with { type: 'json' };
import { exampleText } from '../domain/example.ts';
import { addExample } from '../store/examples.ts';
import { makeFindable } from './findable.ts';
import { dueAfter } from './share.ts';

const file = z.object({ examples: z.array(exampleText) });

/** Something to read under each theme, written for this project and marked as an illustration wherever it is shown. */
export const seedIllustrations = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    for (const text of file.parse(data).examples) {
      const one = {
        id: randomUUID(),
        token: randomBytes(24).toString('base64url'),
        state: 'published' as const,
        text,
        origin: 'illustration' as const,
        organisation: null,
        person: null,
        address: null,
        publishedAt: ctx.clock(),
        reviewDue: dueAfter(ctx.clock()),
      };
      await addExample(inside, one);
      await makeFindable(inside, { ...one, revision: 1, sentAt: null, note: '', decidedBy: null });
    }
    await recordAct(inside, { name: 'practice.seeded' });
  });
