import type { ActFilter, ActSeen } from '#platform/audit/find-acts.ts';
import type { Context } from '#platform/context.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { page, view } from '#web/answer.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { moment } from '#web/words.ts';
import { adminAuditPath, adminPath } from '../../paths.ts';
import { administer } from '../../policy.ts';
import { actNames, readTrail } from '../../use-cases/audit-trail.ts';

type Model = {
  readonly filter: { readonly name: string; readonly about: string; readonly from: string; readonly until: string };
  readonly csvHref: string;
  readonly olderHref: string;
  readonly acts: readonly {
    readonly number: number;
    readonly when: string;
    readonly who: string;
    readonly whoHref: string;
    readonly door: string;
    readonly forWhom: string;
    readonly name: string;
    readonly what: string;
    readonly whatHref: string;
    readonly lines: readonly string[];
    readonly sealed: boolean;
  }[];
};

const auditView = view<Model>('capabilities/accounts/pages/admin/audit.njk');

const shown = 100;
/** Rows of a download; a longer trail is downloaded period by period. */
const downloaded = 50_000;

const readDay = (text: string | null): Date | null =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : null;

const readFilter = (request: PageRequest): ActFilter => {
  const until = readDay(request.query.get('until'));
  return {
    name: request.query.get('act')?.trim() || null,
    about: request.query.get('about')?.trim() || null,
    organisation: request.query.get('for')?.trim() || null,
    from: readDay(request.query.get('from')),
    // The last day is meant to be in it.
    until: until ? new Date(until.getTime() + 86_400_000) : null,
  };
};

const kept = (request: PageRequest, more: Readonly<Record<string, string>> = {}): string => {
  const query = new URLSearchParams();
  for (const name of ['act', 'about', 'for', 'from', 'until']) {
    const value = request.query.get(name);
    if (value) query.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.size > 0 ? `?${query}` : '';
};

const whoWords = (act: ActSeen, names: ReadonlyMap<string, string>): string => {
  if (act.actorKind === 'visitor') return 'A visitor';
  if (act.actorKind === 'system') return act.actor ?? 'The system';
  return names.get(act.actor ?? '') ?? 'Someone whose account was deleted';
};

const pairs = (value: unknown): readonly (readonly [string, string])[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).map(([key, one]) => [key, typeof one === 'string' ? one : JSON.stringify(one)] as const)
    : [];

/** "standing: member → lead": what changed, and what was only there before or after. */
const changeLines = (act: ActSeen): readonly string[] => {
  const [before, after] = [new Map(pairs(act.before)), new Map(pairs(act.after))];
  const lines = [...new Set([...before.keys(), ...after.keys()])].map((key) =>
    before.has(key) ? `${key}: ${before.get(key)} → ${after.get(key) ?? 'nothing'}` : `${key}: ${after.get(key)}`,
  );
  return [...lines, ...Object.entries(act.personal).map(([key, value]) => `${key}: ${value}`)];
};

const linked = (id: string | null): string =>
  id && /^[0-9a-f-]{36}$/.test(id) ? `${adminAuditPath}?about=${encodeURIComponent(id)}` : '';

const asRow = (act: ActSeen, names: ReadonlyMap<string, string>): Model['acts'][number] => ({
  number: act.number,
  when: moment(act.at),
  who: whoWords(act, names),
  whoHref: linked(act.actor),
  door: `by ${act.door}`,
  forWhom: act.forOrganisation ? (names.get(act.forOrganisation) ?? act.forOrganisation) : '',
  name: act.name,
  what: act.subjectId ? `${act.subjectKind}${names.has(act.subjectId) ? ` ${names.get(act.subjectId)}` : ''}` : '',
  whatHref: linked(act.subjectId),
  lines: changeLines(act),
  sealed: act.batch !== null,
});

const rowsOf = async (ctx: Context, acts: readonly ActSeen[]) => {
  const names = await actNames(ctx, acts);
  return acts.map((act) => asRow(act, names));
};

export const adminAuditRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: adminAuditPath,
    access: administer,
    audit: 'accounts.audit-trail',
    handle: async (request, ctx) => {
      const before = Number(request.query.get('before') ?? '');
      const acts = await readTrail(ctx, readFilter(request), shown + 1, before > 0 ? before : null);
      const last = acts.length > shown ? acts[shown - 1] : undefined;
      return page(
        auditView,
        {
          filter: {
            name: request.query.get('act') ?? '',
            about: request.query.get('about') ?? '',
            from: request.query.get('from') ?? '',
            until: request.query.get('until') ?? '',
          },
          csvHref: `${adminAuditPath}.csv${kept(request)}`,
          olderHref: last ? `${adminAuditPath}${kept(request, { before: String(last.number) })}` : '',
          acts: await rowsOf(ctx, acts.slice(0, shown)),
        },
        { title: 'Audit trail', crumbs: [{ text: 'Administration', href: adminPath }], wide: true },
      );
    },
  },
  {
    method: 'GET',
    path: `${adminAuditPath}.csv`,
    access: administer,
    audit: 'accounts.audit-trail-csv',
    perMinute: 10,
    handle: async (request, ctx) => {
      const acts = await readTrail(ctx, readFilter(request), downloaded, null);
      const names = await actNames(ctx, acts);
      const rows = acts.map((act) => [
        String(act.number),
        act.at.toISOString(),
        act.name,
        act.door,
        whoWords(act, names),
        act.actor ?? '',
        act.forOrganisation ?? '',
        act.subjectKind ?? '',
        act.subjectId ?? '',
        changeLines(act).join('; '),
        act.batch === null ? '' : String(act.batch),
      ]);
      const header = [
        'number',
        'at',
        'act',
        'door',
        'who',
        'whoId',
        'forOrganisation',
        'subject',
        'subjectId',
        'change',
        'batch',
      ];
      return {
        kind: 'file',
        name: 'audit-trail.csv',
        type: 'text/csv; charset=utf-8',
        body: writeCsv([header, ...rows]),
      };
    },
  },
];
