import { createHash } from 'node:crypto';
import { allProviders } from '#cap/accounts';
import { listStandardTitles } from '#cap/standards';
import { londonDay } from '#kernel/london-time.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Context } from '#platform/context.ts';
import { type KnownProvider, matchDelivery, offerFromList } from '../domain/match-delivery.ts';
import { compareCycles, type Difference, newestCycle, planImport } from '../domain/plan-import.ts';
import type { Entry } from '../domain/register-entry.ts';
import { type DeliveryRow, type RegisterRow, readRegisterFile, type Table } from '../domain/register-file.ts';
import { factsHolding, lockRegister, ofKind } from '../store/facts.ts';
import { allEntryIds } from '../store/find-entries.ts';
import { decidedBefore, replaceUnmatched } from '../store/unmatched.ts';
import { openWithdrawalCases } from './cases.ts';
import { enterFacts } from './enter-facts.ts';
import { asOfToday, readEntries } from './read-register.ts';
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
    const file = readRegisterFile(table);
    // What is planned here must still be so when it is entered.
    if (!wish.dry) await lockRegister(inside);
    const entries = await readEntries(inside, asOfToday(inside), await allEntryIds(inside));
    const asAt = wish.asAt ?? londonDay(ctx.clock());
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
  const plan = planImport(work.rows, work.entries, work.asAt, titles, ctx.storeKind === 'example');
  const held = new Set(work.entries.map((one) => one.title));
  const titleFaults = work.rows.flatMap((one): Problem[] => {
    const message = held.has(one.title) ? null : titleFault(ctx, one.title);
    return message === null ? [] : [{ path: `row ${one.row}, title`, message }];
  });
  const problems = [...work.problems, ...plan.problems, ...titleFaults];
  const newest = newestCycle(work.rows.map((one) => one.cycle));
  const stop = await stopOf(ctx, work, { ...plan, unmatched: 0 }, newest);
  const report = {
    kind: 'register' as const,
    problems,
    unused: work.unused,
    differences: plan.differences,
    same: plan.same,
    unmatched: 0,
    removed: plan.removed,
    standing: plan.standing,
    ...stop,
  };
  if (work.wish.dry || problems.length > 0 || stop.stopped !== 'none') return { ...report, written: false };
  await enterFacts(
    ctx,
    plan.assertions,
    { source: work.wish.source, retrievedOn: work.asAt },
    { name: 'register.imported', after: { rows: work.rows.length, asAt: work.asAt } },
  );
  await openWithdrawalCases(ctx, plan.assertions);
  await noteCopy(ctx, work.asAt);
  return { ...report, written: true };
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
  const plan = matchDelivery(work.rows, all, work.entries, inRegister, work.asAt, work.wish.confirmedBy);
  const before = await decidedBefore(ctx);
  const again = plan.unmatched.flatMap((row) => {
    const decided = before.get(JSON.stringify([row.provider, row.postcode, row.qualification]));
    const provider = all.find((one) => one.ukprn === decided?.ukprn);
    const entry = work.entries.find((one) => one.id === decided?.entry);
    return provider && entry
      ? offerFromList(row, provider, entry, work.asAt, work.wish.confirmedBy).filter(
          (one) => one.kind === 'offer' || !inRegister.has(provider.ukprn),
        )
      : [];
  });
  const kept = new Set(again.map((one) => one.subject));
  const assertions = [...plan.assertions.filter((one) => one.body !== null || !kept.has(one.subject)), ...again];
  const unmatched = plan.unmatched.filter(
    (row) => !before.has(JSON.stringify([row.provider, row.postcode, row.qualification])),
  );
  const removed = plan.removed.filter((one) => !kept.has(one.id));
  const title = (id: string) => work.entries.find((one) => one.id === id)?.title ?? id;
  const name = (ukprn: string) => all.find((one) => one.ukprn === ukprn)?.name ?? ukprn;
  const differences: readonly Difference[] = [
    ...plan.matched
      .filter((one) => one.isNew)
      .map((one) => ({
        kind: 'added' as const,
        what: `${name(one.ukprn)} ${one.row.postcode}`.trim(),
        before: '',
        after: `delivers ${title(one.entry)}`,
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
    { differences, removed: removed.length, standing: plan.standing, unmatched: unmatched.length },
    null,
  );
  const report = {
    kind: 'delivery' as const,
    problems: work.problems,
    unused: work.unused,
    differences,
    same: plan.matched.filter((one) => !one.isNew).length,
    unmatched: unmatched.length,
    removed: removed.length,
    standing: plan.standing,
    ...stop,
  };
  if (work.wish.dry || work.problems.length > 0 || stop.stopped !== 'none') return { ...report, written: false };
  await enterFacts(
    ctx,
    assertions,
    { source: work.wish.source, retrievedOn: work.asAt },
    { name: 'register.list-imported', after: { rows: work.rows.length, unmatched: unmatched.length, asAt: work.asAt } },
  );
  await replaceUnmatched(ctx, unmatched, work.wish.source, work.asAt);
  return { ...report, written: true };
};
