import type { Context } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';

export type ActFilter = {
  /** Beginning of the act's name: `accounts.` or all of it. */
  readonly name: string | null;
  /** An actor's or subject's id. */
  readonly about: string | null;
  readonly organisation: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
};

export type ActSeen = {
  readonly number: number;
  readonly at: Date;
  readonly name: string;
  readonly door: string;
  readonly actorKind: 'visitor' | 'person' | 'system';
  readonly actor: string | null;
  readonly forOrganisation: string | null;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  /** Personal values that are still held. */
  readonly personal: Readonly<Record<string, string>>;
  /** The batch that sealed it; `null`: it waits. */
  readonly batch: number | null;
};

/** Acts, the newest first. @param before only acts of lower numbers: to read on. */
export const findActs = async (
  ctx: Context,
  filter: ActFilter,
  limit: number,
  before: number | null = null,
): Promise<readonly ActSeen[]> => {
  const tables = ctx.db.withTables<PlatformTables>();
  let query = tables
    .selectFrom('platform.act as act')
    .leftJoin('platform.act_sealed as sealed', 'sealed.act_id', 'act.id')
    .selectAll('act')
    .select('sealed.batch')
    .orderBy('act.number', 'desc')
    .limit(limit);
  if (filter.name) query = query.where('act.name', 'like', `${filter.name.replaceAll(/[\\%_]/g, '\\$&')}%`);
  const { about } = filter;
  if (about) query = query.where(({ or, eb }) => or([eb('act.actor', '=', about), eb('act.subject_id', '=', about)]));
  if (filter.organisation) query = query.where('act.for_organisation', '=', filter.organisation);
  if (filter.from) query = query.where('act.at', '>=', filter.from);
  if (filter.until) query = query.where('act.at', '<', filter.until);
  if (before !== null) query = query.where('act.number', '<', before);
  const acts = await query.execute();
  const values =
    acts.length === 0
      ? []
      : await tables
          .selectFrom('platform.act_personal')
          .select(['act_id', 'name', 'value'])
          .where(
            'act_id',
            'in',
            acts.map((act) => act.id),
          )
          .execute();
  const personal = Map.groupBy(values, (one) => one.act_id);
  return acts.map((act) => ({
    number: act.number,
    at: act.at,
    name: act.name,
    door: act.door,
    actorKind: act.actor_kind as ActSeen['actorKind'],
    actor: act.actor,
    forOrganisation: act.for_organisation,
    subjectKind: act.subject_kind,
    subjectId: act.subject_id,
    before: act.before,
    after: act.after,
    personal: Object.fromEntries((personal.get(act.id) ?? []).map((one) => [one.name, one.value])),
    batch: act.batch,
  }));
};

export const countActs = async (ctx: Context): Promise<number> => {
  const { count } = await ctx.db
    .withTables<PlatformTables>()
    .selectFrom('platform.act')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};
