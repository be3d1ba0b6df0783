import { checkedBy } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { addressesIn } from '#platform/documents/parse-markdown.ts';
import { type FactKind, type FactText, valueOn, waitingValue } from '../domain/fact.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { edit } from '../policy.ts';
import {
  addFact,
  addFactValue,
  confirmFactValue,
  deleteWaitingValue,
  findFact,
  listFacts,
  lockFact,
} from '../store/facts.ts';
import { listPages } from '../store/guide.ts';
import { makeFindable } from './findable.ts';
import { formatsChanged } from './make-formats.ts';

export { findFact, listFacts } from '../store/facts.ts';

export const factAddress = (id: string): string => `fact:${id}`;

/** Pages that say a fact now. */
export const pagesThatName = async (ctx: Context, address: string): Promise<readonly GuidePage[]> =>
  (await listPages(ctx)).filter((page) => addressesIn(page.current.body).includes(address));

export type FactChange = {
  readonly fact: string;
  readonly title: string;
  readonly at: Date;
  readonly before: string;
  readonly after: string;
};

/** What changed on a page without a version, since a fact that it names did: the newest first. */
export const factChanges = async (ctx: Context, body: string, since: Date): Promise<readonly FactChange[]> => {
  const ids = addressesIn(body).flatMap((one) => (one.startsWith('fact:') ? [one.slice('fact:'.length)] : []));
  return (await listFacts(ctx, ids))
    .flatMap((fact) =>
      fact.values.flatMap((value): readonly FactChange[] => {
        const before = fact.values.find((one) => one.number === value.number - 1);
        // What came with the toolkit is no change of a page that came with it.
        if (!value.confirmedAt || value.confirmedAt < since || value.writtenBy === null || !before) return [];
        return [{ fact: fact.id, title: fact.title, at: value.confirmedAt, before: before.value, after: value.value }];
      }),
    )
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
};

export type FactRefusal = 'unknown' | 'taken' | 'one-waits' | 'nothing-waits' | 'needs-second-person' | 'others-can';

/** Names a new fact, with a first value that waits to be confirmed. */
export const addNewFact = (
  ctx: Context,
  person: Person,
  fact: { readonly id: string; readonly kind: FactKind; readonly title: string },
  value: FactText,
): Promise<Result<void, FactRefusal>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await addFact(inside, fact))) return refused('taken');
    await addFactValue(inside, fact.id, { ...value, number: 1, writtenBy: person.id, confirmedAt: null });
    await recordAct(inside, {
      name: 'guidance.fact-proposed',
      subject: { kind: 'guidance-fact', id: fact.id },
      after: { ...value },
    });
    return ok(undefined);
  });
};

/** Writes down what holds instead. Readers see it once it is confirmed, and from the day on which it begins. */
export const proposeFactValue = (
  ctx: Context,
  person: Person,
  id: string,
  value: FactText,
): Promise<Result<void, FactRefusal>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockFact(inside, id))) return refused('unknown');
    const fact = await findFact(inside, id);
    if (!fact) return refused('unknown');
    if (waitingValue(fact)) return refused('one-waits');
    await addFactValue(inside, id, {
      ...value,
      number: (fact.values[0]?.number ?? 0) + 1,
      writtenBy: person.id,
      confirmedAt: null,
    });
    await recordAct(inside, {
      name: 'guidance.fact-proposed',
      subject: { kind: 'guidance-fact', id },
      after: { ...value },
    });
    return ok(undefined);
  });
};

/** A fact stands on every page that names it, so a second person looks at what changes, as with a page. */
export const confirmFact = (ctx: Context, person: Person, id: string): Promise<Result<void, FactRefusal>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    await lockFact(inside, id);
    const fact = await findFact(inside, id);
    const waiting = fact && waitingValue(fact);
    if (!fact || !waiting) return refused('nothing-waits');
    const check = await checkedBy(inside, waiting.writtenBy ?? '', person.id, 'editor');
    if (check.kind === 'refused') return refused(check.reason);
    const before = valueOn(fact, londonDay(ctx.clock()));
    await confirmFactValue(inside, id, waiting.number, person.id);
    for (const page of await pagesThatName(inside, factAddress(id))) {
      await formatsChanged(inside, page.id);
      await makeFindable(inside, page.id);
    }
    await recordAct(inside, {
      name: 'guidance.fact-confirmed',
      subject: { kind: 'guidance-fact', id },
      before: { value: before?.value ?? null },
      after: { value: waiting.value, checked: check.kind },
    });
    return ok(undefined);
  });
};

/** Throws away what waits. */
export const discardFactValue = (ctx: Context, id: string): Promise<void> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    await deleteWaitingValue(inside, id);
    await recordAct(inside, { name: 'guidance.fact-discarded', subject: { kind: 'guidance-fact', id } });
  });
};
