import { sql } from 'kysely';
import type { Store } from '../db/open-store.ts';
import type { JobDefinition, JobSeen, JobState } from './job.ts';

/** pg-boss's own states, in words for people. What is cancelled counts as done: nobody waits for it. */
const stateOf = sql`case state when 'created' then 'waiting' when 'retry' then 'waiting' when 'active' then 'running'
  when 'failed' then 'failed' else 'done' end`;

type Row = {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  readonly tries: number;
  readonly made_at: Date;
  readonly starts_after: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly words: string | null;
  readonly done: number | null;
  readonly total: number | null;
  readonly progress_words: string | null;
};

export const listJobs = async (
  store: Store,
  definitions: ReadonlyMap<string, JobDefinition>,
  state: JobState,
  limit: number,
): Promise<readonly JobSeen[]> => {
  const { rows } = await sql<Row>`
    select job.id, job.name, ${stateOf} as state, job.retry_count + (job.started_on is not null)::int as tries,
      job.created_on as made_at, job.start_after as starts_after, job.started_on as started_at,
      job.completed_on as ended_at,
      coalesce(job.output ->> 'words', job.output ->> 'message', job.output -> 'value' ->> 'message') as words,
      progress.done, progress.total, progress.words as progress_words
    from pgboss.job left join platform.job_progress progress on progress.job_id = job.id
    where ${stateOf} = ${state} and job.name in (${sql.join([...definitions.keys(), ''])})
    order by coalesce(job.completed_on, job.started_on, job.created_on) desc, job.id limit ${limit}`.execute(store.db);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    title: definitions.get(row.name)?.title ?? row.name,
    state: row.state,
    tries: row.tries,
    madeAt: row.made_at,
    startsAfter: row.starts_after,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    words: row.words,
    progress: row.progress_words === null ? null : { done: row.done ?? 0, total: row.total, words: row.progress_words },
  }));
};

export const countJobs = async (
  store: Store,
  definitions: ReadonlyMap<string, JobDefinition>,
): Promise<Readonly<Record<JobState, number>>> => {
  const { rows } = await sql<{ readonly state: JobState; readonly count: number }>`
    select ${stateOf} as state, count(*) as count from pgboss.job where name in (${sql.join([...definitions.keys(), ''])}) group by 1`.execute(
    store.db,
  );
  const found = new Map(rows.map((row) => [row.state, row.count]));
  return {
    waiting: found.get('waiting') ?? 0,
    running: found.get('running') ?? 0,
    failed: found.get('failed') ?? 0,
    done: found.get('done') ?? 0,
  };
};
