import { createHash, randomUUID } from 'node:crypto';
import { peopleWithRole } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { dayWords, londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { type CaseStep, type Cause, stepsFor } from '../domain/case.ts';
import type { Assertion } from '../domain/fact.ts';
import { casePath } from '../paths.ts';
import { keepRegister } from '../policy.ts';
import {
  addCase,
  casesOfQualification,
  changeStep,
  closeCase,
  findCase,
  type ListedCase,
  listCases,
  lockCase,
  lockStep,
  openSteps,
  stepsOf,
} from '../store/cases.ts';
import { asOfToday, readEntry } from './read-register.ts';

export const casesOf = casesOfQualification;
export { findCase, type ListedCase, listCases, stepsOf };

/**
 * Opens a case on a qualification, in the caller's transaction, and tells those who keep the register.
 *
 * @param about tells it apart: the same is not opened twice.
 * @returns false when it is there already.
 */
export const openCase = async (
  ctx: Context,
  one: {
    readonly qualification: string;
    readonly occupation: string;
    readonly cause: Cause;
    readonly words: string;
    readonly about: string;
  },
): Promise<boolean> => {
  const id = randomUUID();
  if (!(await addCase(ctx, { ...one, id }, stepsFor(one.cause, londonDay(ctx.clock()))))) return false;
  await recordAct(ctx, {
    name: 'register.case-opened',
    subject: { kind: 'register-case', id },
    after: { qualification: one.qualification, occupation: one.occupation, cause: one.cause },
  });
  for (const person of await peopleWithRole(ctx, 'editor'))
    if (person.address)
      await sendMail(ctx, {
        name: 'register.case-opened',
        to: { address: person.address, name: person.name },
        person: person.id,
        subject: `A case is open: ${one.words}`,
        body: [
          { kind: 'text', text: `${one.words}. Its steps wait for owners.` },
          { kind: 'link', text: 'Open the case', href: `${ctx.address}${casePath(id)}` },
        ],
      });
  return true;
};

/** A case for each withdrawal among what was entered, in the same transaction. */
export const openWithdrawalCases = async (ctx: Context, assertions: readonly Assertion[]): Promise<void> => {
  for (const one of assertions) {
    if (one.kind !== 'withdrawal' || one.body === null || one.keys.qualification === null) continue;
    const entry = await readEntry(ctx, asOfToday(ctx), one.keys.qualification);
    await openCase(ctx, {
      qualification: one.keys.qualification,
      occupation: one.keys.occupation ?? '',
      cause: 'withdrawn',
      words: `Approval of ${entry?.title ?? one.keys.qualification}${one.keys.occupation ? ` for ${one.keys.occupation}` : ''} is withdrawn from ${dayWords(one.from)}`,
      about: `withdrawn ${one.subject} ${one.from}`,
    });
  }
};

export type StepChange = {
  readonly place: number;
  readonly due: string;
  readonly owner: string | null;
  readonly done: boolean;
  readonly note: string;
  /** `stepSeen` of the step as whoever changes it saw it; `null`: whatever it is. */
  readonly seen: string | null;
};

/** Tells a step as it stands from the same step after someone, or the quality mark, did something on it. */
export const stepSeen = ({ due, owner, doneAt, note }: CaseStep): string =>
  createHash('sha256')
    .update(JSON.stringify([due, owner, doneAt, note]))
    .digest('base64url');

export const workOnStep = (
  ctx: Context,
  person: Person,
  id: string,
  change: StepChange,
): Promise<Result<void, 'unknown' | 'changed'>> => {
  demand(ctx.actor, keepRegister);
  return ctx.transaction(async (inside) => {
    const one = await lockCase(inside, id);
    const step = await lockStep(inside, id, change.place);
    if (!one || one.closedAt || !step) return refused('unknown');
    if (change.seen !== null && change.seen !== stepSeen(step)) return refused('changed');
    await changeStep(inside, id, step, { ...change, by: person.id });
    await recordAct(inside, {
      name: 'register.case-step',
      subject: { kind: 'register-case', id },
      after: { place: change.place, due: change.due, owner: change.owner, done: change.done },
    });
    return ok(undefined);
  });
};

/** @returns false when there is no such open case. */
export const endCase = (ctx: Context, id: string, outcome: string): Promise<boolean> => {
  demand(ctx.actor, keepRegister);
  return ctx.transaction(async (inside) => {
    const one = await lockCase(inside, id);
    if (!one || one.closedAt) return false;
    await closeCase(inside, id, outcome);
    await recordAct(inside, {
      name: 'register.case-closed',
      subject: { kind: 'register-case', id },
      after: { outcome },
    });
    return true;
  });
};

/** Days before a step is due on which its owner hears of it. */
const reminderDays = 3;

/** Tells the owners of steps that are due soon, or overdue. @returns how many messages were written. */
export const remindOwners = async (ctx: Context): Promise<number> => {
  const by = londonDay(new Date(ctx.clock().getTime() + reminderDays * 86_400_000));
  const people = new Map((await peopleWithRole(ctx, 'editor')).map((one) => [one.id, one]));
  let told = 0;
  for (const [owner, steps] of Map.groupBy(await openSteps(ctx, by), (one) => one.owner ?? '')) {
    const person = people.get(owner);
    if (!person?.address) continue;
    const address = person.address;
    await ctx.transaction((inside) =>
      sendMail(inside, {
        name: 'register.case-reminder',
        to: { address, name: person.name },
        person: person.id,
        subject: `${steps.length} ${steps.length === 1 ? 'step' : 'steps'} of cases to do`,
        body: [
          { kind: 'list', items: steps.map((one) => `${one.words}: ${one.title}, by ${dayWords(one.due)}`) },
          { kind: 'link', text: 'Open the first', href: `${ctx.address}${casePath(steps[0]?.caseId ?? '')}` },
        ],
      }),
    );
    told += 1;
  }
  return told;
};
