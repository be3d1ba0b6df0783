import { colleaguesOf } from '#cap/accounts';
import type { Membership } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed } from '#web/words.ts';
import type { MatchState } from '../../domain/attendance-match.ts';
import { attendanceActPath, attendancePath, attendancesPath, employerPath, employersPath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { occupationWords } from '../../use-cases/evidence-occupations.ts';
import { employersOf } from '../../use-cases/keep-employers.ts';
import {
  decideAttendance,
  findAttendance,
  type MatchedAttendance,
  type MatchRefusal,
  matchedAttendances,
  seesAttendances,
} from '../../use-cases/match-attendances.ts';
import { type Choice, evidenceCrumbs, keepingOf } from './keeping.ts';

const stateWords: Readonly<Record<MatchState, readonly [title: string, words: string]>> = {
  proposed: ['To confirm', 'They are called like an employer of your record. Say whether they are the same.'],
  unclear: ['For which occupation', 'Whose they are is decided. For which occupation they came is not.'],
  confirmed: ['Evidence', 'These are in the record of their occupation.'],
  unknown: ['Not in your record', 'No employer of your record is called so. Choose one where the name alone differs.'],
  refused: ['Not your employers', 'Somebody said so. It can be opened again.'],
};
const states = ['proposed', 'unclear', 'confirmed', 'unknown', 'refused'] as const;

type ListModel = {
  readonly sees: boolean;
  readonly groups: readonly {
    readonly state: MatchState;
    readonly title: string;
    readonly words: string;
    readonly rows: readonly {
      readonly name: string;
      readonly href: string;
      readonly event: string;
      readonly when: string;
      readonly people: number;
    }[];
  }[];
};
type OneModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly words: string }[];
  readonly state: MatchState;
  readonly employer: { readonly name: string; readonly href: string } | null;
  readonly employers: readonly Choice[];
  readonly employersHref: string;
  readonly hint: string;
  readonly occupations: readonly Choice[];
  readonly confirmAction: string;
  readonly chooseAction: string;
  readonly refuseAction: string;
  readonly reopenAction: string;
  readonly decided: string;
};

const listView = view<ListModel>('capabilities/employers/pages/evidence/attendances.njk');
const oneView = view<OneModel>('capabilities/employers/pages/evidence/attendance.njk');

const crumbs = [...evidenceCrumbs, { text: 'Attendances', href: attendancesPath }];

const showList = async (ctx: Context): Promise<Answer> => {
  const keeping = keepingOf(ctx);
  const all = await matchedAttendances(ctx, keeping);
  return page(
    listView,
    {
      sees: seesAttendances(keeping),
      groups: states.flatMap((state) => {
        const rows = all
          .filter((one) => one.state === state)
          .toReversed()
          .map((one) => ({
            name: one.employer?.name ?? one.organisation,
            href: attendancePath(one.key),
            event: one.event.title,
            when: day(one.event.on),
            people: one.people,
          }));
        const [title, words] = stateWords[state];
        return rows.length > 0 ? [{ state, title, words, rows }] : [];
      }),
    },
    { title: 'Who came to events', crumbs: evidenceCrumbs },
  );
};

const asked = async (
  request: PageRequest,
  ctx: Context,
): Promise<{ readonly keeping: Membership; readonly found: MatchedAttendance }> => {
  const keeping = keepingOf(ctx);
  const found = await findAttendance(ctx, keeping, request.params.attendance ?? '');
  if (!found) throw notFound('There is no such attendance, or its organisation no longer agrees that you know of it.');
  return { keeping, found };
};

const doneWords: Readonly<Record<string, string>> = {
  confirmed: 'It is in the record.',
  unclear: 'It is this employer. Say now for which occupation.',
  refused: 'It is none of your employers.',
  proposed: 'It is open again.',
  unknown: 'It is open again.',
};

const refusalWords: Readonly<Record<MatchRefusal, string>> = {
  unknown: 'There is no such attendance any more',
  changed: 'Somebody decided otherwise meanwhile. It is shown as it is now',
  'no employer': 'Choose an employer of your record',
  'no occupation': 'Choose at least one occupation',
};

const decisionRows = async (
  ctx: Context,
  keeping: Membership,
  { decision }: MatchedAttendance,
): Promise<OneModel['rows']> => {
  if (!decision) return [];
  const when = day(decision.at);
  // Nobody in particular: an example, or one whose account is deleted.
  if (decision.by === null) return [{ name: 'Decided', words: when }];
  const by = (await colleaguesOf(ctx, keeping.organisation)).find((one) => one.id === decision.by);
  return [{ name: 'Decided', words: `${when}, by ${by?.name ?? 'somebody who has left'}` }];
};

const showOne = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: { readonly employer?: string; readonly occupations?: readonly string[] } = {},
): Promise<Answer> => {
  const { keeping, found } = await asked(request, ctx);
  const employers = await employersOf(ctx, keeping.organisation);
  const chosen = typed.employer ?? found.employer?.id ?? found.candidates[0]?.id ?? '';
  const title = `${found.organisation} at “${found.event.title}”`;
  return page(
    oneView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      title,
      rows: [
        { name: 'Event', words: found.event.title },
        { name: 'When', words: day(found.event.on) },
        { name: 'Routes', words: found.event.routes.length === 0 ? 'None named' : listed(found.event.routes) },
        { name: 'Organisation, as typed', words: found.organisation },
        { name: 'How many came', words: counted(found.people, 'person', 'people') },
        ...(await decisionRows(ctx, keeping, found)),
      ],
      state: found.state,
      employer: found.employer ? { name: found.employer.name, href: employerPath(found.employer.id) } : null,
      employers: [
        { value: '', text: 'Choose', hint: '', chosen: chosen === '' },
        ...employers.map((one) => ({
          value: one.id,
          text: one.town === '' ? one.name : `${one.name}, ${one.town}`,
          hint: '',
          chosen: one.id === chosen,
        })),
      ],
      employersHref: employersPath,
      hint:
        found.candidates.length === 0
          ? 'None of them is called so.'
          : `Called so: ${listed(found.candidates.map((one) => (one.town === '' ? one.name : `${one.name}, ${one.town}`)))}.`,
      occupations: found.choices.map((one) => ({
        value: one.reference,
        text: occupationWords(one),
        hint: one.route ?? '',
        chosen: (typed.occupations ?? found.occupations).includes(one.reference),
      })),
      confirmAction: attendanceActPath(found.key, 'confirm'),
      chooseAction: attendanceActPath(found.key, 'choose'),
      refuseAction: attendanceActPath(found.key, 'refuse'),
      reopenAction: attendanceActPath(found.key, 'reopen'),
      decided: found.decided,
    },
    { title, crumbs, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

type Act = Parameters<typeof decideAttendance>[3];

const act = (kind: Act['kind'], read: (fields: URLSearchParams) => Act, field: string): Route => ({
  method: 'POST',
  path: `/employers/attendances/:attendance/${kind}`,
  access: keepEmployers,
  audit: `employers.attendance-${kind}`,
  handle: async (request, ctx) => {
    const { keeping, found } = await asked(request, ctx);
    const { fields } = await request.form();
    const decided = await decideAttendance(ctx, keeping, found.key, read(fields), fields.get('decided') ?? '');
    if (decided.kind === 'refused')
      return showOne(request, ctx, [{ field, text: refusalWords[decided.refusal] }], {
        employer: fields.get('employer') ?? '',
        occupations: fields.getAll('occupation'),
      });
    return redirect(`${attendancePath(found.key)}?done=${decided.value}`);
  },
});

export const attendanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: attendancesPath,
    access: keepEmployers,
    audit: 'employers.attendances',
    handle: (_request, ctx) => showList(ctx),
  },
  {
    method: 'GET',
    path: '/employers/attendances/:attendance',
    access: keepEmployers,
    audit: 'employers.attendance',
    handle: (request, ctx) => showOne(request, ctx),
  },
  act('confirm', (fields) => ({ kind: 'confirm', employer: fields.get('employer') ?? '' }), 'employer'),
  act('choose', (fields) => ({ kind: 'choose', occupations: fields.getAll('occupation') }), 'occupation'),
  act('refuse', () => ({ kind: 'refuse' }), ''),
  act('reopen', () => ({ kind: 'reopen' }), ''),
];
