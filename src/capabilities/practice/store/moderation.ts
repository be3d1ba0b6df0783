import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { type ExampleText, exampleText } from '../domain/example.ts';
import { noContact, type Redaction } from '../domain/moderation.ts';
import { tables } from './tables.ts';

export const addRedaction = async (
  ctx: Context,
  example: string,
  by: string | null,
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

/** What moderators changed stays, without who could be asked. */
export const forgetContact = async (ctx: Context, example: string): Promise<void> => {
  const nobody = JSON.stringify(noContact);
  await tables(ctx)
    .updateTable('practice.redaction')
    .set({ before: sql`before || ${nobody}::jsonb`, after: sql`after || ${nobody}::jsonb` })
    .where('example_id', '=', example)
    .execute();
};

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
