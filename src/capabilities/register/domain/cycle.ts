import { dayWords } from '#kernel/london-time.ts';
import type { Body } from './fact.ts';
import type { Entry, Provider } from './register-entry.ts';

export type Cycle = Body<'cycle'> & { readonly id: string; readonly recordedAt: Date };

/** A stage from support session to first teach: what it is called, and what to do at it. */
export type CycleStage = {
  readonly id: string;
  readonly title: string;
  readonly todo: string;
  readonly source: string;
};

export const scopeWords = { in: 'In scope', ask: 'Ask first', out: 'Out of scope' } as const;

export type CycleState = 'not-known' | 'coming' | 'open' | 'closed';

/** Where a cycle stands on a day, by its windows. */
export const cycleState = (cycle: Pick<Cycle, 'windows'>, today: string): CycleState => {
  const opens = cycle.windows.flatMap((one) => one.opens ?? []).toSorted()[0];
  const closes = cycle.windows
    .flatMap((one) => one.closes ?? [])
    .toSorted()
    .at(-1);
  if (opens === undefined || closes === undefined) return 'not-known';
  if (today < opens) return 'coming';
  return today > closes ? 'closed' : 'open';
};

/** Something of the last cycle that must not go over into the next. */
export type LeftOver = {
  readonly kind: 'draft' | 'outside-window' | 'homeless-offer' | 'crossed';
  readonly words: string;
  readonly id: string;
};

/**
 * What a cycle would drag along: drafts nobody finished, dates that lie outside its windows, and offers that belong to
 * no approved qualification or to no provider that is open. These were the real faults of a comparable service, so a
 * next cycle is not published while there are any.
 */
export const leftOvers = (
  next: Pick<Cycle, 'id' | 'windows' | 'stages'>,
  held: {
    readonly drafts: readonly { readonly id: string; readonly words: string }[];
    readonly entries: readonly Entry[];
    readonly providers: ReadonlyMap<string, Provider>;
    readonly today: string;
  },
): readonly LeftOver[] => {
  const found: LeftOver[] = [];
  for (const one of held.drafts)
    found.push({ kind: 'draft', id: one.id, words: `A draft that nobody has decided on: ${one.words}` });
  for (const one of next.windows) {
    if (one.opens !== null && one.closes !== null && one.closes < one.opens)
      found.push({
        kind: 'crossed',
        id: one.name,
        words: `${one.name} closes on ${dayWords(one.closes)}, before it opens on ${dayWords(one.opens)}`,
      });
  }
  const opens = next.windows.flatMap((one) => one.opens ?? []).toSorted()[0];
  const closes = next.windows
    .flatMap((one) => one.closes ?? [])
    .toSorted()
    .at(-1);
  // Handing in happens in a window; what comes before it prepares it, and what comes after follows from it.
  for (const one of next.stages) {
    const inWindow = one.id === 'application';
    const after = ['checks', 'review', 'decision', 'first-teach'].includes(one.id);
    for (const date of [one.opens, one.closes]) {
      if (date === null || opens === undefined || closes === undefined) continue;
      if (
        (inWindow && (date < opens || date > closes)) ||
        (after && date < opens) ||
        (!inWindow && !after && date > closes)
      )
        found.push({
          kind: 'outside-window',
          id: one.id,
          words: `The last day of ${one.id.replaceAll('-', ' ')}, ${dayWords(date)}, does not fit the window from ${dayWords(opens)} to ${dayWords(closes)}`,
        });
    }
  }
  for (const entry of held.entries)
    for (const offer of entry.offers) {
      const provider = held.providers.get(offer.ukprn);
      const why =
        entry.approvals.length === 0
          ? 'the qualification is not approved'
          : provider === undefined
            ? 'the register does not know the provider'
            : provider.closedOn !== null && provider.closedOn <= held.today
              ? `the provider closed on ${provider.closedOn}`
              : null;
      if (why !== null)
        found.push({
          kind: 'homeless-offer',
          id: offer.id,
          words: `An offer without a home: ${entry.title} at ${provider?.name ?? offer.ukprn}, ${offer.site}; ${why}`,
        });
    }
  return found;
};

/** The next cycle with what the last hands on: scopes and stages, and not one of its dates. */
export const carriedOver = (last: Cycle, id: string): Body<'cycle'> => ({
  title: `Cycle ${id}`,
  draft: true,
  windows: last.windows.map((one) => ({ name: one.name, opens: null, closes: null, known: '' })),
  routes: last.routes,
  standards: last.standards,
  stages: last.stages.map((one) => ({ id: one.id, opens: null, closes: null })),
  firstTeach: '',
  source: '',
});
