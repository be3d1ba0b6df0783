import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { SourceProblem } from '#platform/files/json-records.ts';

/** Something that standards can be read from. */
export type StandardSource = {
  /** As whoever gave it called it. */
  readonly name: string;
  /** Bytes, where that is known before it is read. */
  readonly size: number | null;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
};

const endings = ['.json', '.ndjson'];
const readSize = 256 * 1024;

/**
 * Finds what a path or an address stands for: a file, every `.json` and `.ndjson` file of a folder in the order of
 * their names, or what an `http(s)` address answers (asked only when it is opened).
 *
 * @throws SourceProblem when there is nothing there.
 */
export const findSources = async (
  place: string,
  cwd: string,
  signal: AbortSignal,
): Promise<readonly StandardSource[]> => {
  if (/^https?:\/\//i.test(place)) return [fromAddress(place, signal)];
  const path = resolve(cwd, place);
  const found = await stat(path).catch(() => null);
  if (!found) throw new SourceProblem(`There is no file or folder ${place}.`);
  if (!found.isDirectory()) return [fromFile(path, place, found.size)];
  const names = (await readdir(path)).filter((name) => endings.some((ending) => name.endsWith(ending))).sort();
  if (names.length === 0) throw new SourceProblem(`The folder ${place} has no ${endings.join(' or ')} file in it.`);
  return Promise.all(
    names.map(async (name) => fromFile(join(path, name), join(place, name), (await stat(join(path, name))).size)),
  );
};

const fromFile = (path: string, name: string, size: number): StandardSource => ({
  name,
  size,
  open: async () => createReadStream(path, { highWaterMark: readSize }),
});

const fromAddress = (address: string, signal: AbortSignal): StandardSource => ({
  name: address,
  size: null,
  open: async () => {
    const answer = await fetch(address, { signal, headers: { accept: 'application/json' } }).catch((error: unknown) => {
      if (signal.aborted) throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new SourceProblem(`${address} cannot be reached: ${cause}.`);
    });
    if (!answer.ok) throw new SourceProblem(`${address} answered ${answer.status} ${answer.statusText}.`);
    if (!answer.body) throw new SourceProblem(`${address} answered with nothing.`);
    return answer.body;
  },
});

/** Short form for progress lines. */
export const shortName = (source: StandardSource): string => basename(source.name) || source.name;
