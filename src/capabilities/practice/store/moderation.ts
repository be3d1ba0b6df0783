import type { Context } from '#platform/context.ts';
import { type ExampleText, exampleText } from '../domain/example.ts';
import type { Redaction } from '../domain/moderation.ts';
import { tables } from './tables.ts';

export const addRedaction = async (
  ctx: Context,
  example: string,
  by: string,
  one: Pick<Redaction, 'reason' | 'before'> & { readonly after: ExampleText },
): Promise<void> => {
  await tables(ctx)
    .insertInto('practice.redaction')
    .values({
      example_id: example,
      at: ctx.clock(),
      by,
      reason: one.reason,
      before: JSON.stringify(one.before),
      after: JSON.stringify(one.after),
    })
    .execute();
};

/** The oldest first. */
export const listRedactions = async (ctx: Context, example: string): Promise<readonly Redaction[]> =>
  (
    await tables(ctx)
      .selectFrom('practice.redaction')
      .select(['at', 'reason', 'before', 'after'])
      .where('example_id', '=', example)
      .orderBy('at')
      .execute()
  ).map((row) => ({
    at: row.at,
    reason: row.reason,
    before: exampleText.parse(row.before),
    after: row.after === null ? null : exampleText.parse(row.after),
  }));

/** @returns false where this reminder was sent before. */
export const noteModerationReminder = async (
  ctx: Context,
  example: string,
  answerBy: string,
  step: number,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('practice.moderation_reminder')
    .values({ example_id: example, answer_by: answerBy, step })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};
