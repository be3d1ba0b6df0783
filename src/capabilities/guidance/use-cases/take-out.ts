import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { edit } from '../policy.ts';
import { lockPage } from '../store/guide.ts';
import { noteTakenOut, replaceWords } from '../store/taken-out.ts';
import { makeFindable } from './findable.ts';
import { formatsChanged } from './make-formats.ts';

export { listTakenOut } from '../store/taken-out.ts';

/** Stands where the words were. */
export const mark = '[taken out]';

/**
 * Takes words that should never have been published, such as someone's address, out of every version of a page and its
 * draft. This is the one act that changes a version: it has a reason, and the history shows that it was done. It needs no
 * second person, since each hour counts.
 *
 * @returns how many versions had the words.
 */
export const takeOut = (
  ctx: Context,
  person: Person,
  page: string,
  words: string,
  reason: string,
): Promise<Result<number, 'unknown' | 'nowhere'>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockPage(inside, page))) return refused('unknown');
    const versions = await replaceWords(inside, page, words, mark);
    if (versions === 0) return refused('nowhere');
    await noteTakenOut(inside, { id: randomUUID(), page, by: person.id, reason, versions });
    await makeFindable(inside, page);
    await formatsChanged(inside, page);
    await recordAct(inside, {
      name: 'guidance.words-taken-out',
      subject: { kind: 'guidance-page', id: page },
      after: { reason, versions },
    });
    return ok(versions);
  });
};
