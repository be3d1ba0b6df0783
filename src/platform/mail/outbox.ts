import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Context, demandTransaction } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { type JobDefinition, NoFurtherTry } from '../jobs/job.ts';
import type { PersonalData } from '../personal-data.ts';
import { type Mail, type MailBlock, type MailCalendar, mailBlock, mailCalendar } from './mail.ts';
import { MailRefused } from './transport.ts';
import { writeMail } from './write-mail.ts';

/** Where no mail is set up, an example store keeps messages for its mailbox page; another store lets them wait. */
export type MailState = 'waiting' | 'sent' | 'kept' | 'failed';

/** Puts a message into the outbox, in the transaction of the act that sends it: it leaves if the act stands. */
export const sendMail = async (ctx: Context, mail: Mail): Promise<void> => {
  demandTransaction(ctx, `The message ${mail.name}`);
  const id = randomUUID();
  const kept = ctx.mail === null && ctx.storeKind === 'example';
  await ctx.db
    .withTables<PlatformTables>()
    .insertInto('platform.mail')
    .values({
      id,
      name: mail.name,
      person: mail.person,
      to_address: mail.to.address,
      to_name: mail.to.name,
      subject: mail.subject,
      body: JSON.stringify(mail.body),
      unsubscribe: mail.unsubscribe ?? null,
      calendar: mail.calendar ? JSON.stringify(mail.calendar) : null,
      state: kept ? 'kept' : 'waiting',
      made_at: ctx.clock(),
    })
    .execute();
  if (!kept) await enqueue(ctx, deliverMail, { mail: id });
};

/** Tries in all: with the back-off, over about two days. */
const tries = 12;

const tableOf = (ctx: Context) => ctx.db.withTables<PlatformTables>();

/**
 * Hands one message to the mail server. The server's answer and this store's note of it cannot be one transaction: a
 * worker that is killed between the two sends the message again, under the same Message-ID.
 */
export const deliverMail: JobDefinition<{ mail: string }> = {
  name: 'mail.deliver',
  title: 'Deliver a message',
  data: z.object({ mail: z.string() }),
  tries,
  backOffSeconds: 20,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx, { mail: id }, { lastTry }) => {
    const mail = await tableOf(ctx).selectFrom('platform.mail').selectAll().where('id', '=', id).executeTakeFirst();
    if (!mail) return 'The message was deleted before it left.';
    if (mail.state !== 'waiting') return 'The message had been dealt with already.';
    const note = (values: { state: MailState; problem: string | null; body?: null; calendar?: null; sent_at?: Date }) =>
      tableOf(ctx)
        .updateTable('platform.mail')
        .set({ ...values, tries: mail.tries + 1, tried_at: ctx.clock() })
        .where('id', '=', id)
        .execute();
    try {
      if (!ctx.mail) throw new Error('No mail is set up: see docs/running.md, "Mail".');
      const body: readonly MailBlock[] = z.array(mailBlock).parse(mail.body);
      await ctx.mail.send({
        id,
        to: { address: mail.to_address, name: mail.to_name },
        subject: mail.subject,
        unsubscribe: mail.unsubscribe,
        written: writeMail(ctx, mail.subject, body),
        calendar: mail.calendar === null ? null : mailCalendar.parse(mail.calendar),
      });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      const over = error instanceof MailRefused || lastTry;
      await note({ state: over ? 'failed' : 'waiting', problem });
      if (error instanceof MailRefused) throw new NoFurtherTry(problem);
      throw error;
    }
    // What it said may open a door, and has served its purpose.
    await note({ state: 'sent', problem: null, body: null, calendar: null, sent_at: ctx.clock() });
    return 'Handed to the mail server.';
  },
};

export type MailSeen = {
  readonly id: string;
  readonly name: string;
  readonly to: string;
  readonly subject: string;
  readonly state: MailState;
  readonly tries: number;
  readonly problem: string | null;
  readonly madeAt: Date;
  readonly sentAt: Date | null;
};

/** The newest messages, without what they say. */
export const listMail = async (ctx: Context, state: MailState | null, limit: number): Promise<readonly MailSeen[]> => {
  const rows = await tableOf(ctx)
    .selectFrom('platform.mail')
    .selectAll()
    .$if(state !== null, (query) => query.where('state', '=', state ?? ''))
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    to: row.to_address,
    subject: row.subject,
    state: row.state as MailState,
    tries: row.tries,
    problem: row.problem,
    madeAt: row.made_at,
    sentAt: row.sent_at,
  }));
};

export const countMail = async (ctx: Context): Promise<Readonly<Record<MailState, number>>> => {
  const rows = await tableOf(ctx)
    .selectFrom('platform.mail')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const found = new Map(rows.map((row) => [row.state, Number(row.count)]));
  return {
    waiting: found.get('waiting') ?? 0,
    sent: found.get('sent') ?? 0,
    kept: found.get('kept') ?? 0,
    failed: found.get('failed') ?? 0,
  };
};

export type KeptMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly madeAt: Date;
  readonly body: readonly MailBlock[];
  readonly calendar: MailCalendar | null;
};

/** What the mailbox of an example store holds, newest first; nothing in a store of one's own. */
export const keptMail = async (ctx: Context, limit: number): Promise<readonly KeptMail[]> => {
  if (ctx.storeKind !== 'example') return [];
  const rows = await tableOf(ctx)
    .selectFrom('platform.mail')
    .select(['id', 'to_address', 'subject', 'made_at', 'body', 'calendar'])
    .where('state', '=', 'kept')
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    to: row.to_address,
    subject: row.subject,
    madeAt: row.made_at,
    body: z.array(mailBlock).parse(row.body ?? []),
    calendar: row.calendar === null ? null : mailCalendar.parse(row.calendar),
  }));
};

/** Makes a failed message wait again. @returns false when there is none such. */
export const sendAgain = async (ctx: Context, id: string): Promise<boolean> => {
  demandTransaction(ctx, 'Sending again');
  const { numUpdatedRows } = await tableOf(ctx)
    .updateTable('platform.mail')
    .set({ state: 'waiting', problem: null })
    .where(sql<string>`id::text`, '=', id)
    .where('state', '=', 'failed')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await enqueue(ctx, deliverMail, { mail: id });
  return true;
};

/** Messages to a person: shown without what opened doors, and gone when they go. */
export const personalMail: PersonalData = {
  title: 'Messages sent to you',
  held: async (ctx, person) =>
    tableOf(ctx)
      .selectFrom('platform.mail')
      .select(['name', 'to_address as to', 'subject', 'state', 'made_at as madeAt', 'sent_at as sentAt'])
      .where('person', '=', person)
      .orderBy('made_at')
      .execute(),
  erase: async (ctx, person) => {
    await tableOf(ctx).deleteFrom('platform.mail').where('person', '=', person).execute();
  },
};

/** Takes back messages of one kind to an address that have not left yet. */
export const takeBack = async (ctx: Context, name: string, address: string): Promise<void> => {
  demandTransaction(ctx, 'Taking messages back');
  await tableOf(ctx)
    .deleteFrom('platform.mail')
    .where('name', '=', name)
    .where('to_address', '=', address)
    .where('state', '=', 'waiting')
    .execute();
};
