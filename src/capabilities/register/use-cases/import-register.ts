import { createHash } from 'node:crypto';
import { allProviders } from '#cap/accounts';
import { listStandardTitles } from '#cap/standards';
import { londonDay } from '#kernel/london-time.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Context } from '#platform/context.ts';
import { endingOn } from '../domain/edit-assertions.ts';
import type { Assertion } from '../domain/fact.ts';
import { type KnownProvider, matchDelivery } from '../domain/match-delivery.ts';
import { compareCycles, type Difference, newestCycle, planImport } from '../domain/plan-import.ts';
import type { Entry } from '../domain/register-entry.ts';
import { type DeliveryRow, type RegisterRow, readRegisterFile, type Table } from '../domain/register-file.ts';
import { factsHolding, lockRegister, ofKind } from '../store/facts.ts';
import { allEntryIds, entriesSince } from '../store/find-entries.ts';
import { decidedBefore, replaceUnmatched } from '../store/unmatched.ts';
import { openWithdrawalCases } from './cases.ts';
import { enterFacts } from './enter-facts.ts';
import { asOfToday, readEntries, standingFrom } from './read-register.ts';
import { registerKind, writeKind } from './register-kind.ts';
import { titleFault } from './title-rule.ts';

export type ImportWish = {
  readonly source: string;
  /** The day that the file is as at; `null`: today. */
  readonly asAt: string | null;
  readonly dry: boolean;
  /** Whoever imports has seen that more than a tenth would end, and wants it. */
  readonly allowRemovals: boolean;
  /** Whoever imports knows that the file is older than the register. */
  readonly allowOlder: boolean;
  /** The awarding organisation, or the list, that confirms the offers of a list; `null`: they wait for confirmation. */
  readonly confirmedBy: string | null;
  /** The fingerprint of the difference that was read: another one stops. Left out: whatever it is. */
  readonly seen?: string;
};

export type RegisterImport = {
  readonly kind: 'register' | 'delivery';
  readonly problems: readonly Problem[];
  readonly unused: readonly string[];
  readonly differences: readonly Difference[];
  readonly same: number;
  /** Rows of a list that a person has to match. */
  readonly unmatched: number;
  readonly removed: number;
  readonly standing: number;
  /** Why nothing was written although no row is wrong. */
  readonly stopped: 'none' | 'changed' | 'older' | 'removes-many';
  readonly stoppedWords: string;
  /** Tells one difference from another. */
  readonly fingerprint: string;
  readonly written: boolean;
};

/** The share of what stands now that a file may end without being asked about. */
const askedAbout = 0.1;

/**
 * Brings in a file: a register, or the list of who delivers what. All of it, or nothing when a row is wrong. What it
 * would change is told before it is written.
 */
export const importRegister = (ctx: Context, table: Table, wish: ImportWish): Promise<RegisterImport> =>
  ctx.transaction(async (inside) => {
    const read = readRegisterFile(table);
    // What is planned here must still be so when it is entered.
    if (!wish.dry) await lockRegister(inside);
    const entries = await readEntries(inside, asOfToday(inside), await allEntryIds(inside));
    const today = londonDay(ctx.clock());
    const asAt = wish.asAt ?? today;
    const ahead = { path: 'the day of the file', message: `${asAt} is still to come` };
    const file = { ...read, problems: asAt > today ? [ahead, ...read.problems] : read.problems };
    return file.kind === 'register'
      ? importRows(inside, { ...file, entries, asAt, wish })
      : importDelivery(inside, { ...file, entries, asAt, wish });
  });

type Work<Row> = {
  readonly rows: readonly Row[];
  readonly unused: readonly string[];
  readonly problems: readonly Problem[];
  readonly entries: readonly Entry[];
  readonly asAt: string;
  readonly wish: ImportWish;
};

type Plan = Pick<RegisterImport, 'differences' | 'removed' | 'standing' | 'unmatched'>;

const stopOf = async (
  ctx: Context,
  { wish, asAt, entries }: Work<unknown>,
  { removed, standing, differences, unmatched }: Plan,
  newest: string | null,
): Promise<Pick<RegisterImport, 'stopped' | 'stoppedWords' | 'fingerprint'>> => {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([differences, unmatched]))
    .digest('hex');
  if (wish.seen !== undefined && wish.seen !== fingerprint)
    return {
      stopped: 'changed',
      stoppedWords: 'The register has changed since the difference was read.',
      fingerprint,
    };
  const kind = await registerKind(ctx);
  const held = newestCycle(entries.flatMap((one) => one.approvals.map((approval) => approval.cycle)));
  const olderCycle = newest !== null && held !== null && compareCycles(newest, held) < 0;
  // A copy is as at the day of its last file; a source, as at the day on which an entry was last recorded.
  const heldDay =
    kind.kind === 'copy'
      ? kind.asAt
      : (entries
          .map((one) => londonDay(one.recordedAt))
          .toSorted()
          .at(-1) ?? '');
  const olderDay = wish.asAt !== null && entries.length > 0 && wish.asAt < heldDay;
  if ((olderCycle || olderDay) && !wish.allowOlder)
    return {
      stopped: 'older',
      fingerprint,
      stoppedWords: olderDay
        ? `The file is as at ${asAt}, and the register is as at ${heldDay}: what it does not know yet would end.`
        : `The newest cycle in the file is ${newest}, and the register has ${held}: it looks like an older file, and what is newer would end.`,
    };
  if (standing > 0 && removed / standing > askedAbout && !wish.allowRemovals)
    return {
      stopped: 'removes-many',
      fingerprint,
      stoppedWords: `The file does not have ${removed} of the ${standing} that stand now: more than a tenth would end.`,
    };
  return { stopped: 'none', stoppedWords: '', fingerprint };
};

const importRows = async (ctx: Context, work: Work<RegisterRow>): Promise<RegisterImport> => {
  const titles = new Map((await listStandardTitles(ctx)).toReversed().map((one) => [one.reference, one.title]));
  const held = { entries: work.entries, since: await entriesSince(ctx), titles };
  const plan = planImport(work.rows, held, work.asAt, ctx.storeKind === 'example');
  const offers = await offersThatEnd(ctx, plan.emptied, work.entries);
  const differences = [...plan.differences, ...offers.differences];
  const known = new Set(work.entries.map((one) => one.title));
  const titleFaults = work.rows.flatMap((one): Problem[] => {
    const message = known.has(one.title) ? null : titleFault(ctx, one.title);
    return message === null ? [] : [{ path: `row ${one.row}, title`, message }];
  });
  const problems = [...work.problems, ...plan.problems, ...titleFaults];
  const newest = newestCycle(work.rows.map((one) => one.cycle));
  const stop = await stopOf(ctx, work, { ...plan, differences, unmatched: 0 }, newest);
  const report = {
    kind: 'register' as const,
    problems,
    unused: work.unused,
    differences,
    same: plan.same,
    unmatched: 0,
    removed: plan.removed,
    standing: plan.standing,
    ...stop,
  };
  if (work.wish.dry || problems.length > 0 || stop.stopped !== 'none') return { ...report, written: false };
  await enterFacts(
    ctx,
    [...plan.assertions, ...offers.assertions],
    { source: work.wish.source, retrievedOn: work.asAt },
    { name: 'register.imported', after: { rows: work.rows.length, asAt: work.asAt } },
  );
  // What was withdrawn before the register heard of it is history: nobody has to act.
  const ended = new Set(plan.assertions.flatMap((one) => (one.body === null ? [one.subject] : [])));
  await openWithdrawalCases(
    ctx,
    plan.assertions.filter((one) => ended.has(one.subject)),
  );
  await noteCopy(ctx, work.asAt);
  return { ...report, written: true };
};

/** With the last approval of a qualification its offers end, as they do where a person withdraws it. */
const offersThatEnd = async (
  ctx: Context,
  emptied: ReadonlyMap<string, string>,
  entries: readonly Entry[],
): Promise<{ readonly assertions: readonly Assertion[]; readonly differences: readonly Difference[] }> => {
  const assertions: Assertion[] = [];
  const differences: Difference[] = [];
  for (const [day, ids] of Map.groupBy(emptied.keys(), (id) => emptied.get(id) ?? '')) {
    const ending = await standingFrom(ctx, day, { kinds: ['offer'], qualifications: ids });
    assertions.push(...endingOn(ending, day));
    for (const [id, offers] of Map.groupBy(ending, (one) => one.keys.qualification ?? '')) {
      const entry = entries.find((one) => one.id === id);
      const count = new Set(offers.map((one) => one.subject)).size;
      differences.push({
        kind: 'removed',
        what: `${entry?.numbers[0] ?? entry?.title ?? id}, who delivers it`,
        before: count === 1 ? '1 offer' : `${count} offers`,
        after: `${count === 1 ? 'ends' : 'end'} with the last approval on ${day}`,
      });
    }
  }
  return { assertions, differences };
};

/** A copy is as at the day of the newest file that was brought in. */
const noteCopy = async (ctx: Context, asAt: string): Promise<void> => {
  const kind = await registerKind(ctx);
  if (kind.kind === 'copy') await writeKind(ctx, { ...kind, asAt });
};

/** Providers that a list can mean: those of the register, and those of the accounts that it does not have; closed ones left out. */
export const knownProviders = async (
  ctx: Context,
): Promise<{ readonly all: readonly KnownProvider[]; readonly inRegister: ReadonlySet<string> }> => {
  const today = asOfToday(ctx);
  const own = ofKind(await factsHolding(ctx, today, { kinds: ['provider'] }), 'provider');
  const inRegister = new Set(own.map((one) => one.subject));
  const others = (await allProviders(ctx)).filter((one) => !inRegister.has(one.ukprn));
  return {
    inRegister,
    all: [
      ...own
        .filter((one) => one.body.closedOn === null || one.body.closedOn > today.on)
        .map((one) => ({ ukprn: one.subject, ...one.body })),
      ...others.map(({ providerType, ...one }) => ({ ...one, type: providerType })),
    ],
  };
};

const importDelivery = async (ctx: Context, work: Work<DeliveryRow>): Promise<RegisterImport> => {
  const { all, inRegister } = await knownProviders(ctx);
  const { assertions, matched, unmatched, removed, standing } = matchDelivery(
    work.rows,
    { providers: all, entries: work.entries, inRegister, decided: await decidedBefore(ctx) },
    work.asAt,
    work.wish.confirmedBy,
  );
  const title = (id: string) => work.entries.find((one) => one.id === id)?.title ?? id;
  const name = (ukprn: string) => all.find((one) => one.ukprn === ukprn)?.name ?? ukprn;
  const differences: readonly Difference[] = [
    ...matched
      .filter((one) => one.what !== 'same')
      .map((one) => ({
        kind: one.what === 'new' ? ('added' as const) : ('changed' as const),
        what: `${name(one.ukprn)} ${one.row.postcode}`.trim(),
        before: one.what === 'new' ? '' : `delivers ${title(one.entry)}, not confirmed`,
        after: `delivers ${title(one.entry)}${work.wish.confirmedBy === null ? '' : `, confirmed by ${work.wish.confirmedBy}`}`,
      })),
    ...removed.map((one) => ({
      kind: 'removed' as const,
      what: `${name(one.ukprn)} ${one.postcode}`.trim(),
      before: `delivers ${title(one.qualification)}`,
      after: `not in the list: ends on ${work.asAt}`,
    })),
  ];
  const stop = await stopOf(
    ctx,
    work,
    { differences, removed: removed.length, standing, unmatched: unmatched.length },
    null,
  );
  const report = {
    kind: 'delivery' as const,
    problems: work.problems,
    unused: work.unused,
    differences,
    same: matched.filter((one) => one.what === 'same').length,
    unmatched: unmatched.length,
    removed: removed.length,
    standing,
    ...stop,
  };
  if (work.wish.dry || work.problems.length > 0 || stop.stopped !== 'none') return { ...report, written: false };
  await enterFacts(
    ctx,
    assertions,
    { source: work.wish.source, retrievedOn: work.asAt },
    { name: 'register.list-imported', after: { rows: work.rows.length, unmatched: unmatched.length, asAt: work.asAt } },
  );
  await replaceUnmatched(ctx, unmatched, {
    source: work.wish.source,
    asAt: work.asAt,
    confirmedBy: work.wish.confirmedBy,
  });
  return { ...report, written: true };
};
