import type { z } from 'zod';
import type { Context, Database } from '../context.ts';

/** How far a job has come: shown to administrators while it runs. */
export type Progress = { readonly done: number; readonly total: number | null; readonly words: string };

export type RunningJob = {
  readonly id: string;
  /** No further try comes when this one fails. */
  readonly lastTry: boolean;
  /** Aborted when the worker stops or the job's time is over. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => Promise<void>;
};

type Shared<Data> = {
  /** `mail.deliver` */
  readonly name: string;
  /** What administrators read: `Deliver a message`. */
  readonly title: string;
  readonly data: z.ZodType<Data>;
  /** Tries in all before it has failed for good. */
  readonly tries: number;
  /** Seconds before the second try; doubled from try to try. */
  readonly backOffSeconds: number;
  /** Seconds that one try may take. */
  readonly limitSeconds: number;
};

/**
 * Work that is done later. What it answers is a sentence for administrators: what it did.
 *
 * `atomic`: everything it does is in the transaction that also marks it as done, so that it acts once, however often a
 * killed worker makes it run. `stepwise`: it reaches outside the database or takes long; each step has its own
 * transaction, and a second run must find out what the first one did.
 */
export type JobDefinition<Data extends object = object> = Shared<Data> &
  (
    | { readonly kind: 'atomic'; readonly run: (ctx: Context, data: Data) => Promise<string> }
    | { readonly kind: 'stepwise'; readonly run: (ctx: Context, data: Data, job: RunningJob) => Promise<string> }
  );

/** Thrown by a job that would fail again however often it is tried. */
export class NoFurtherTry extends Error {
  override readonly name = 'NoFurtherTry';
}

export type SendOptions = {
  /** Not before; at once when left out. */
  readonly after?: Date;
  /** While a job with this key waits, another one is not added. */
  readonly key?: string;
};

export type JobState = 'waiting' | 'running' | 'failed' | 'done';

/** A job as administrators see it; its data stay out of sight, since they may be about people. */
export type JobSeen = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly state: JobState;
  readonly tries: number;
  readonly madeAt: Date;
  readonly startsAfter: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** What it did, or why it failed. */
  readonly words: string | null;
  readonly progress: Progress | null;
};

export type JobQueue = {
  /** Adds a job through `db`: with a transaction's, it vanishes with the rollback. */
  readonly send: <Data extends object>(
    db: Database,
    job: JobDefinition<Data>,
    data: Data,
    options?: SendOptions,
  ) => Promise<void>;
  /** The newest jobs in a state. */
  readonly list: (state: JobState, limit: number) => Promise<readonly JobSeen[]>;
  readonly counts: () => Promise<Readonly<Record<JobState, number>>>;
  /** Makes a failed job wait again. @returns false when there is no such failed job. */
  readonly runAgain: (name: string, id: string) => Promise<boolean>;
  /** Begins to work jobs off, and to add those of the schedule. */
  readonly work: (ctx: Context) => Promise<void>;
  /** Lets running jobs end, up to 20 s, and stops. */
  readonly stop: () => Promise<void>;
};
