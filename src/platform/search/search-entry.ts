import { sql } from 'kysely';
import { type Context, demandTransaction } from '../context.ts';

/** Something public that can be found. */
export type SearchEntry = {
  /** The owner's name for what it is: `guidance-page`, `standard`. */
  readonly kind: string;
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  /** Plain text; the words around what was found are shown from it. */
  readonly body: string;
  /** `ST0116`: found whatever else is asked. */
  readonly codes: readonly string[];
  readonly route: string | null;
  readonly level: number | null;
  readonly changedAt: Date;
};

/** Longer ones are cut for the index: PostgreSQL's word lists end at one megabyte. */
const longestBody = 200_000;

/** Makes entries findable, or writes them anew, in the transaction of what publishes them. */
export const putEntries = async (ctx: Context, entries: readonly SearchEntry[]): Promise<void> => {
  demandTransaction(ctx, 'What can be found');
  if (entries.length === 0) return;
  const rows = entries.map((one) => ({ ...one, body: one.body.slice(0, longestBody) }));
  await sql`
    insert into platform.search_entry (kind, id, href, title, summary, body, codes, route, level, changed_at, words)
    select kind, id, href, title, summary, body, array(select jsonb_array_elements_text(codes)), route, level, "changedAt",
      setweight(to_tsvector('english', title || ' ' || (select coalesce(string_agg(code, ' '), '') from jsonb_array_elements_text(codes) code)), 'A')
      || setweight(to_tsvector('english', summary), 'B') || setweight(to_tsvector('english', body), 'D')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (kind text, id text, href text, title text, summary text,
      body text, codes jsonb, route text, level integer, "changedAt" timestamptz)
    on conflict (kind, id) do update set href = excluded.href, title = excluded.title, summary = excluded.summary,
      body = excluded.body, codes = excluded.codes, route = excluded.route, level = excluded.level,
      changed_at = excluded.changed_at, words = excluded.words`.execute(ctx.db);
  const words = new Set<string>();
  for (const one of rows)
    for (const word of `${one.title} ${one.summary} ${one.body}`.toLowerCase().match(/\p{L}{4,30}/gu) ?? [])
      words.add(word);
  await sql`insert into platform.search_word (word) select unnest(${[...words].sort()}::text[]) on conflict do nothing`.execute(
    ctx.db,
  );
};

/** Takes entries out, in the transaction of what withdraws them. */
export const removeEntry = async (ctx: Context, kind: string, id: string): Promise<void> => {
  demandTransaction(ctx, 'What can be found');
  await sql`delete from platform.search_entry where kind = ${kind} and id = ${id}`.execute(ctx.db);
};
