import { sql } from 'kysely';
import { type Context, demandTransaction } from '#platform/context.ts';
import { type Assertion, type Body, bodies, type Fact, type FactKind, type Keys, type Origin } from '../domain/fact.ts';
import type { AsOf } from '../domain/register-entry.ts';

type Row = {
  readonly kind: string;
  readonly subject: string;
  readonly qualification: string | null;
  readonly occupation: string | null;
  readonly ukprn: string | null;
  readonly body: unknown;
  readonly from: string;
  readonly to: string | null;
  readonly recordedAt: Date;
  readonly supersededAt: Date | null;
  readonly source: string;
  readonly retrievedOn: string;
};

const columns = sql`kind, subject, qualification, occupation, ukprn, body, true_from::text as "from",
  nullif(true_to, 'infinity')::text as "to", recorded_from as "recordedAt",
  nullif(recorded_to, 'infinity') as "supersededAt", source, retrieved_on::text as "retrievedOn"`;

// Written through the schemas of domain/fact.ts and never changed since: read without asking them again.
const asFact = (row: Row): Fact => ({
  kind: row.kind as FactKind,
  subject: row.subject,
  keys: { qualification: row.qualification, occupation: row.occupation, ukprn: row.ukprn },
  body: row.body as Body<FactKind>,
  from: row.from,
  to: row.to,
  recordedAt: row.recordedAt,
  supersededAt: row.supersededAt,
  source: row.source,
  retrievedOn: row.retrievedOn,
});

/** The condition that a fact was believed at the instant that is asked about. */
export const believed = ({ known }: AsOf, alias = 'fact') => {
  const at = sql.raw(alias);
  return known === null
    ? sql<boolean>`${at}.recorded_to = 'infinity'`
    : sql<boolean>`${at}.recorded_from <= ${known} and ${at}.recorded_to > ${known}`;
};

/** The condition that a fact holds on the day and by the knowledge that are asked about. */
export const holds = (asOf: AsOf, alias = 'fact') => {
  const at = sql.raw(alias);
  return sql<boolean>`${believed(asOf, alias)} and ${at}.true_from <= ${asOf.on}::date and ${at}.true_to > ${asOf.on}::date`;
};

export type FactFilter = Partial<{
  readonly kinds: readonly FactKind[];
  readonly subjects: readonly string[];
  readonly qualifications: readonly string[];
  readonly occupations: readonly string[];
  readonly ukprns: readonly string[];
}>;

const filtered = (filter: FactFilter) =>
  sql.join(
    [
      sql`true`,
      ...(
        [
          ['kind', filter.kinds],
          ['subject', filter.subjects],
          ['qualification', filter.qualifications],
          ['occupation', filter.occupations],
          ['ukprn', filter.ukprns],
        ] as const
      ).flatMap(([column, values]) => (values ? [sql`fact.${sql.ref(column)} = any(${[...values]}::text[])`] : [])),
    ],
    sql` and `,
  );

/** Facts that hold at the time asked about, by kind and subject. */
export const factsHolding = async (ctx: Context, asOf: AsOf, filter: FactFilter): Promise<readonly Fact[]> => {
  const { rows } = await sql<Row>`select ${columns} from register.fact as fact
    where ${holds(asOf)} and ${filtered(filter)} order by kind, subject`.execute(ctx.db);
  return rows.map(asFact);
};

/** Facts that are believed at the time asked about, of whatever day: past and coming. */
export const factsBelieved = async (ctx: Context, asOf: AsOf, filter: FactFilter): Promise<readonly Fact[]> => {
  const { rows } = await sql<Row>`select ${columns} from register.fact as fact
    where ${believed(asOf)} and ${filtered(filter)} order by kind, subject, true_from`.execute(ctx.db);
  return rows.map(asFact);
};

/** Whether anything of this was recorded, or put right, after an instant. */
export const recordedSince = async (ctx: Context, instant: Date, filter: FactFilter): Promise<boolean> => {
  const { rows } = await sql<{ readonly there: boolean }>`select exists (select 1 from register.fact as fact
    where ${filtered(filter)} and (recorded_from > ${instant} or (recorded_to <> 'infinity' and recorded_to > ${instant}))) as there`.execute(
    ctx.db,
  );
  return rows[0]?.there ?? false;
};

/** Everything that was ever recorded, in the order in which it was. */
export const factsEver = async (ctx: Context, filter: FactFilter): Promise<readonly Fact[]> => {
  const { rows } = await sql<Row>`select ${columns} from register.fact as fact
    where ${filtered(filter)} and recorded_from < recorded_to order by recorded_from, id`.execute(ctx.db);
  return rows.map(asFact);
};

export const ofKind = <Kind extends FactKind>(facts: readonly Fact[], kind: Kind): readonly Fact<Kind>[] =>
  facts.filter((one) => one.kind === kind) as unknown as readonly Fact<Kind>[];

const wordsOf = (one: Assertion & { readonly body: object }): string => {
  switch (one.kind) {
    case 'qualification': {
      const body = one.body as Body<'qualification'>;
      return `${body.title} ${body.numbers.join(' ')} ${body.awardingOrganisation}`;
    }
    case 'approval':
      return `${one.keys.occupation ?? ''} ${(one.body as Body<'approval'>).occupationTitle}`;
    case 'provider': {
      const body = one.body as Body<'provider'>;
      return `${body.name} ${body.town ?? ''} ${one.subject}`;
    }
    case 'offer':
      return (one.body as Body<'offer'>).site;
    default:
      return '';
  }
};

/** Writers of the register follow one another: two that say something of one subject at once would both stand. */
export const lockRegister = (ctx: Context) => sql`select pg_advisory_xact_lock(7264823)`.execute(ctx.db);

/** The same value whatever the order of its keys, which jsonb does not keep. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

type Stored = Row & { readonly id: string; readonly words: string };

/** An assertion that said something new, and whose facts it took the place of. */
export type Recorded = { readonly said: Assertion; readonly before: readonly Keys[] };

/**
 * Records what is said to be true, in the transaction of the act. What was believed of the same days before is closed
 * at this instant, and what of it lay outside of them is recorded anew beside the new.
 *
 * @returns those assertions that said something new.
 */
export const recordFacts = async (
  ctx: Context,
  assertions: readonly Assertion[],
  { source, retrievedOn }: Origin,
): Promise<readonly Recorded[]> => {
  demandTransaction(ctx, 'What the register records');
  await lockRegister(ctx);
  const now = ctx.clock();
  const changed: Recorded[] = [];
  for (const one of assertions) {
    const to = one.to ?? 'infinity';
    const { rows } = await sql<Stored>`select id, words::text as words, ${columns} from register.fact
      where kind = ${one.kind} and subject = ${one.subject} and recorded_to = 'infinity'
        and true_from < ${to}::date and true_to > ${one.from}::date order by true_from`.execute(ctx.db);
    const [only] = rows;
    if (one.body === null ? rows.length === 0 : covers(only, rows.length, one)) continue;
    changed.push({
      said: one,
      before: rows.map(({ qualification, occupation, ukprn }) => ({ qualification, occupation, ukprn })),
    });
    if (rows.length > 0)
      await sql`update register.fact set recorded_to = ${now}
        where id in (${sql.join(rows.map((row) => row.id))})`.execute(ctx.db);
    for (const row of rows) {
      if (row.from < one.from) await insert(ctx, now, row, row.from, one.from, row, row.words);
      if (one.to !== null && (row.to === null || row.to > one.to))
        await insert(ctx, now, row, one.to, row.to, row, row.words);
    }
    if (one.body !== null) {
      const body = bodies[one.kind].parse(one.body);
      const row = { kind: one.kind, subject: one.subject, ...one.keys, body };
      await insert(
        ctx,
        now,
        row,
        one.from,
        one.to,
        { source, retrievedOn },
        { text: wordsOf({ ...one, body } as never) },
      );
    }
  }
  return changed;
};

const covers = (row: Stored | undefined, count: number, one: Assertion): boolean =>
  row !== undefined &&
  count === 1 &&
  row.from <= one.from &&
  (row.to === null || (one.to !== null && row.to >= one.to)) &&
  // An offer that goes to another provider says the same of another.
  row.qualification === one.keys.qualification &&
  row.occupation === one.keys.occupation &&
  row.ukprn === one.keys.ukprn &&
  canonical(row.body) === canonical(one.body);

const insert = async (
  ctx: Context,
  now: Date,
  row: { readonly kind: string; readonly subject: string; readonly body: unknown } & Keys,
  from: string,
  to: string | null,
  origin: Origin,
  words: string | { readonly text: string },
): Promise<void> => {
  const vector = typeof words === 'string' ? sql`${words}::tsvector` : sql`to_tsvector('english', ${words.text})`;
  await sql`insert into register.fact (kind, subject, qualification, occupation, ukprn, body, words, true_from, true_to,
      recorded_from, recorded_to, source, retrieved_on)
    values (${row.kind}, ${row.subject}, ${row.qualification}, ${row.occupation}, ${row.ukprn}, ${JSON.stringify(row.body)}::jsonb,
      ${vector}, ${from}, ${to ?? 'infinity'}, ${now}, 'infinity', ${origin.source}, ${origin.retrievedOn})`.execute(
    ctx.db,
  );
};

/**
 * What was said last of some kinds and is believed, the newest first. What stands only because its end was recorded since was said
 * when it was first recorded: an approval that is ended is no new approval.
 */
export const latestFacts = async (
  ctx: Context,
  kinds: readonly FactKind[],
  limit: number,
): Promise<readonly Fact[]> => {
  const { rows } =
    await sql<Row>`select kind, subject, qualification, occupation, ukprn, body, true_from::text as "from",
      nullif(true_to, 'infinity')::text as "to", said as "recordedAt", null as "supersededAt", source,
      retrieved_on::text as "retrievedOn"
    from register.fact as fact, lateral (select min(first.recorded_from) as said from register.fact as first
      where first.kind = fact.kind and first.subject = fact.subject and first.body = fact.body) as first_said
    where recorded_to = 'infinity' and kind = any(${[...kinds]}::text[]) order by said desc, id desc limit ${limit}`.execute(
      ctx.db,
    );
  return rows.map(asFact);
};

/** Facts that are believed and begin or end after a day, and by another. */
export const factsTurning = async (ctx: Context, after: string, by: string): Promise<readonly Fact[]> => {
  const within = (column: string) =>
    sql<boolean>`${sql.ref(column)} > ${after}::date and ${sql.ref(column)} <= ${by}::date`;
  const { rows } = await sql<Row>`select ${columns} from register.fact as fact
    where recorded_to = 'infinity' and (${within('true_from')} or ${within('true_to')})`.execute(ctx.db);
  return rows.map(asFact);
};
