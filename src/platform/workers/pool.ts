import { Piscina } from 'piscina';

/** A piece of heavy work: an exported function of a module. Its input and output are copied between threads. */
export type HeavyWork = { readonly module: URL; readonly name: string };

export type WorkerPool = {
  /**
   * Runs the work on a thread of its own.
   *
   * @param limitMs after so many milliseconds the thread is ended.
   * @throws PoolFull when the waiting line is full; OutOfTime when the limit ended it; OutOfMemory when the thread's
   * memory did; else what the work threw.
   */
  readonly run: <Output>(work: HeavyWork, input: unknown, limitMs: number) => Promise<Output>;
  readonly close: () => Promise<void>;
};

export class PoolFull extends Error {
  override readonly name = 'PoolFull';
}

export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

/** Waiting pieces of work for each thread; above it a caller is told to come back. */
const queuePerThread = 8;
/**
 * Memory of one thread, in MiB: enough for the largest workbook and proof that the pages accept. Not a wall: where
 * memory grows faster than V8 can stop the thread, it ends the whole process. What bounds memory is what the readers
 * accept (`sheets/sheet-limits.ts`) and the engine's own limits.
 */
const threadMemoryMiB = 768;

export const openWorkerPool = (threads: number): WorkerPool => {
  const pool = new Piscina({
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: threadMemoryMiB },
  });
  // Counted here: Piscina's own `maxQueue` let a burst through while its threads were starting.
  let pending = 0;
  return {
    run: async (work, input, limitMs) => {
      if (pending >= threads * (1 + queuePerThread)) throw new PoolFull('Too much is being worked out at the moment');
      pending += 1;
      const late = AbortSignal.timeout(limitMs);
      try {
        return await pool.run(input, { filename: work.module.href, name: work.name, signal: late });
      } catch (error) {
        if ((error as { readonly code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY')
          throw new OutOfMemory('The work needed more memory than one thread has');
        if (late.aborted) throw new OutOfTime(`The work took longer than ${limitMs / 1000} seconds`);
        throw error;
      } finally {
        pending -= 1;
      }
    },
    close: () => pool.destroy(),
  };
};

/** Runs the work in this thread: for the command line, whose process has nothing else to do. */
export const inlineWorkers: WorkerPool = {
  run: async (work, input) => {
    const module = (await import(work.module.href)) as Record<string, (given: unknown) => unknown>;
    const act = module[work.name];
    if (!act) throw new Error(`${work.module.href} exports no ${work.name}`);
    return (await act(input)) as never;
  },
  close: async () => {},
};
