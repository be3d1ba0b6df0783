import type { Problem } from '#kernel/problem.ts';
import type { Context } from '#platform/context.ts';
import { recordEvent } from '#platform/events/recorded-event.ts';
import { readJsonRecords } from '#platform/files/json-records.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import { whatChanged } from '../domain/standard-change.ts';
import { findVersions } from '../store/find-standards.ts';
import { type StandardToSave, saveStandards, storedKeys } from '../store/save-standards.ts';
import { contentHash } from './content-hash.ts';
import { makeStandardsFindable } from './findable-standards.ts';
import { makeFindableJob } from './make-findable.ts';
import { readStandard, withoutPersonalData } from './read-standard.ts';
import { standardChanged } from './standard-changed.ts';
import type { StandardSource } from './standard-sources.ts';

export type RefusedRecord = {
  /** Where the record stood: the source's name and the record's number in it, counted from 1. */
  readonly source: string;
  readonly record: number;
  /** As far as they could be read. */
  readonly reference: string | null;
  readonly version: string | null;
  /** `path` is the field within the record; empty: the record as a whole. */
  readonly problems: readonly Problem[];
};

export type ImportReport = {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: readonly RefusedRecord[];
};

export type ImportProgress = {
  readonly source: StandardSource;
  readonly records: number;
  readonly bytes: number;
};

/** Records written in one transaction: large enough to be quick, small enough that pages are served in between. */
const batchSize = 50;

/**
 * Imports occupational standards from records of the Skills England API.
 *
 * Records are told apart by reference and version and compared by content: a record whose content is stored already
 * changes nothing, whatever its version number says; one that differs replaces what its version said and keeps it.
 * Written batch by batch: ended at any point, the store has whole records only, and a second run completes it.
 *
 * @param onBatch told after each batch that was committed, and at the end of each source.
 * @param signal ends the import after the batch under way.
 * @throws SourceProblem when a source is not what it should be; what was committed before stays.
 */
export const importStandards = async (
  ctx: Context,
  sources: readonly StandardSource[],
  onBatch: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportReport> => {
  const keys = await storedKeys(ctx);
  const stored = new Set(keys.map(keyOf));
  // Standards that this import itself brings are no change to anyone.
  const before = new Set(keys.map((row) => row.reference));
  const keyByHash = new Map(keys.map((row) => [row.contentHash, keyOf(row)]));
  // Content by key of what this import has taken: a feed that holds a version twice must not go to and fro.
  const taken = new Map<string, string>();
  const refused: RefusedRecord[] = [];
  let added = 0;
  let changed = 0;
  let same = 0;
  let batch: StandardToSave[] = [];

  const flush = async () => {
    await ctx.transaction(async (inside) => {
      await tellChanges(inside, batch, before);
      await saveStandards(inside, batch);
      // The first ones at once; the words of thousands would double the import's time, so a job writes them after it.
      if (added + changed <= batchSize)
        await makeStandardsFindable(
          inside,
          batch.map((one) => one.standard),
        );
      else await enqueue(inside, makeFindableJob, {}, { key: 'standards' });
    });
    batch = [];
    signal.throwIfAborted();
  };

  const take = (raw: unknown, source: StandardSource, record: number) => {
    const refuse = (problems: readonly Problem[]) =>
      refused.push({ source: source.name, record, ...namesOf(raw), problems });
    const clean = withoutPersonalData(raw);
    const hash = contentHash(clean);
    const unchangedKey = keyByHash.get(hash);
    const read = unchangedKey === undefined ? readStandard(raw) : null;
    if (read?.kind === 'refused') {
      refuse(read.refusal);
      return;
    }
    const key = unchangedKey ?? (read ? keyOf(read.value) : '');
    const earlier = taken.get(key);
    if (earlier !== undefined && earlier !== hash) {
      refuse([
        {
          path: '',
          message: 'the same reference and version came earlier in this import with other content, which was kept',
        },
      ]);
      return;
    }
    if (!read || earlier === hash) {
      taken.set(key, hash);
      same += 1;
      return;
    }
    const fictional = isFictional(raw);
    if (fictional && ctx.storeKind === 'own') {
      refuse([
        { path: '_fictional', message: 'the record says that it is fictional, and a store of your own holds none' },
      ]);
      return;
    }
    taken.set(key, hash);
    if (stored.has(key)) changed += 1;
    else added += 1;
    batch.push({ standard: read.value, fictional, contentHash: hash, record: JSON.stringify(clean) });
  };

  for (const source of sources) {
    let progress: ImportProgress = { source, records: 0, bytes: 0 };
    try {
      for await (const { value, number, bytes } of readJsonRecords(source.name, await source.open())) {
        take(value, source, number);
        progress = { source, records: number, bytes };
        if (batch.length >= batchSize) await flush();
        if (number % batchSize === 0) onBatch(progress);
      }
    } finally {
      if (!signal.aborted) await flush();
    }
    onBatch(progress);
  }
  return { added, changed, same, refused };
};

/** Records what the batch changes about standards that were here before, as it stood a moment ago. */
const tellChanges = async (
  ctx: Context,
  batch: readonly StandardToSave[],
  before: ReadonlySet<string>,
): Promise<void> => {
  const known = batch.filter((one) => before.has(one.standard.reference));
  if (known.length === 0) return;
  const stored = Map.groupBy(
    await findVersions(ctx, [...new Set(known.map((one) => one.standard.reference))]),
    (one) => one.reference,
  );
  for (const { standard } of known) {
    const changed = whatChanged(standard, stored.get(standard.reference) ?? []);
    if (!changed) continue;
    await recordEvent(ctx, standardChanged, {
      reference: standard.reference,
      version: standard.version,
      title: standard.title,
      level: standard.level,
      what: changed.what,
      before: { version: changed.before.version, level: changed.before.level },
    });
  }
};

const keyOf = (standard: { readonly reference: string; readonly version: string }): string =>
  `${standard.reference} ${standard.version}`;

/** Examples written for this project say so in the record itself. */
const isFictional = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && (raw as { readonly _fictional?: unknown })._fictional === true;

/** What a faulty record calls itself, for the reader of the refusal. */
const namesOf = (raw: unknown): { readonly reference: string | null; readonly version: string | null } => {
  if (typeof raw !== 'object' || raw === null) return { reference: null, version: null };
  const fields = raw as Readonly<Record<string, unknown>>;
  const word = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);
  return { reference: word(fields.referenceNumber), version: word(fields.versionNumber ?? fields.version) };
};
