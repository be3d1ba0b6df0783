import { DatabaseSync } from 'node:sqlite';
import { StoreProblem } from './store-problem.ts';

/**
 * Holds the embedded store for this process alone. PGlite takes no lock of its own, and two processes
 * on one store lose each other's rows without an error, so an exclusive SQLite transaction on a file
 * beside it stands in: the operating system frees it when the process ends, however it ends.
 *
 * @throws StoreProblem of kind `held` when another process has it.
 */
export const holdStore = (lockFile: string, storeFolder: string): { readonly release: () => void } => {
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked/.test(error.message))
      throw new StoreProblem(
        'held',
        `The store in ${storeFolder} is in use by another process. Stop that one first, or set HTQ_DATA to another folder.`,
      );
    throw error;
  }
  return { release: () => lock.close() };
};
