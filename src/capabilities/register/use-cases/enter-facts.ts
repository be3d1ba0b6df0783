import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { recordEvent } from '#platform/events/recorded-event.ts';
import { putEntries, removeEntry } from '#platform/search/search-entry.ts';
import type { Assertion, FactKind, Origin } from '../domain/fact.ts';
import type { Entry } from '../domain/register-entry.ts';
import { entryPath } from '../paths.ts';
import { factsHolding, lockRegister, recordFacts } from '../store/facts.ts';
import { allEntryIds } from '../store/find-entries.ts';
import { removeFound, writeFound, writeStanding } from '../store/standing.ts';
import { asOfToday, readEntries, readProviders } from './read-register.ts';
import { type RegisterChange, registerChanged } from './register-changed.ts';

/** What entries of the register are called among all that can be found and pointed at. */
export const entryKind = 'register-entry';

const told: Partial<Readonly<Record<FactKind, RegisterChange['what']>>> = {
  qualification: 'details',
  approval: 'approval',
  withdrawal: 'withdrawal',
  offer: 'offer',
};

/**
 * Enters facts in the register, in the transaction of the act: what is found by search, what others hear and the trail
 * follow in the same transaction.
 *
 * @param act how the trail calls it: `register.imported`.
 * @returns how many assertions said something new.
 */
export const enterFacts = async (
  ctx: Context,
  assertions: readonly Assertion[],
  origin: Origin,
  act: {
    readonly name: string;
    readonly subject?: { readonly kind: string; readonly id: string };
    readonly after?: object;
  },
): Promise<number> => {
  const changed = await recordFacts(ctx, assertions, origin);
  if (changed.length === 0) return 0;
  const touched = new Set(changed.flatMap(({ said }) => said.keys.qualification ?? []));
  const providers = changed.flatMap(({ said }) => (said.kind === 'provider' ? [said.subject] : []));
  if (providers.length > 0) for (const id of await idsOfProviders(ctx, providers)) touched.add(id);
  await makeFindable(ctx, [...touched]);
  const events = new Map<string, RegisterChange>();
  for (const { said, before } of changed) {
    const what = told[said.kind];
    if (what === undefined || said.keys.qualification === null) continue;
    // An offer that went to another provider is news to both.
    for (const ukprn of new Set([said, ...before.map((keys) => ({ keys }))].map((one) => one.keys.ukprn))) {
      const event = { qualification: said.keys.qualification, what, ukprn, from: said.from };
      events.set(JSON.stringify(event), event);
    }
  }
  for (const event of events.values()) await recordEvent(ctx, registerChanged, event);
  await recordAct(ctx, {
    name: act.name,
    ...(act.subject ? { subject: act.subject } : {}),
    after: { facts: changed.length, source: origin.source, ...act.after },
  });
  return changed.length;
};

const idsOfProviders = async (ctx: Context, ukprns: readonly string[]): Promise<readonly string[]> => {
  const facts = await factsHolding(ctx, asOfToday(ctx), { kinds: ['offer'], ukprns });
  return [...new Set(facts.map((one) => one.keys.qualification ?? ''))];
};

/** Entries in one go: below what a statement's parameters and a worker's memory bear. */
const atOnce = 500;

/** Writes how entries stand today, for the register's search and the house's: in the transaction of whoever calls. */
export const makeFindable = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  // What is read here must not be written after someone else has entered something newer.
  await lockRegister(ctx);
  const asOf = asOfToday(ctx);
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = ids.slice(first, first + atOnce);
    const entries = await readEntries(ctx, asOf, some);
    const providers = await readProviders(ctx, asOf, [
      ...new Set(entries.flatMap((one) => one.offers.map((offer) => offer.ukprn))),
    ]);
    await writeFound(ctx, entries, providers, asOf.on);
    await putEntries(
      ctx,
      entries.map((one) => ({
        kind: entryKind,
        id: one.id,
        href: entryPath(one.id),
        title: one.title,
        summary: summaryOf(one),
        body: [
          one.awardingOrganisation,
          ...one.approvals.map((approval) => `${approval.occupation} ${approval.occupationTitle}`),
          ...[...providers.values()]
            .filter((provider) => one.offers.some((offer) => offer.ukprn === provider.ukprn))
            .map((provider) => `${provider.name} ${provider.town ?? ''}`),
        ].join('\n'),
        codes: [...one.numbers],
        route: one.route,
        level: one.level,
        changedAt: one.recordedAt,
      })),
    );
    const there = new Set(entries.map((one) => one.id));
    const gone = some.filter((id) => !there.has(id));
    await removeFound(ctx, gone);
    for (const id of gone) await removeEntry(ctx, entryKind, id);
  }
  await writeStanding(ctx, asOf.on, false);
};

const summaryOf = (entry: Entry): string => {
  const occupations = entry.approvals.map((one) => one.occupationTitle).join(', ');
  switch (entry.state.kind) {
    case 'approved':
    case 'approved-not-yet-taught':
      return `Approved as an HTQ for ${occupations}`;
    case 'withdrawn':
      return 'Approval as an HTQ is withdrawn';
    case 'not-approved':
      return 'Not approved as an HTQ';
  }
};

/** All entries anew: at night, when dates have passed. */
export const makeAllFindable = async (ctx: Context): Promise<number> => {
  const { on } = asOfToday(ctx);
  const ids = await allEntryIds(ctx);
  for (let first = 0; first < ids.length; first += atOnce)
    await ctx.transaction((inside) => makeFindable(inside, ids.slice(first, first + atOnce)));
  await ctx.transaction((inside) => writeStanding(inside, on, true));
  return ids.length;
};
