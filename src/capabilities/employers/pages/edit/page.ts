import { randomUUID } from 'node:crypto';
import type { Membership } from '#kernel/actor.ts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import type { Duplicate } from '../../domain/duplicates.ts';
import { type Employer, type EmployerText, offers, offerWords, sizes, sizeWords } from '../../domain/employer.ts';
import { fileColumns } from '../../domain/employer-file.ts';
import { readEmployer, typedEmployer } from '../../domain/read-employer.ts';
import type { Typed } from '../../domain/typed.ts';
import { editEmployerPath, employerPath, newEmployerPath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import {
  changeEmployer,
  type EmployerRefusal,
  keepEmployer,
  type OpenedEmployer,
} from '../../use-cases/keep-employers.ts';
import { sectors } from '../../use-cases/reference-data.ts';
import { type Field, fieldsOf, typedIn, wordsAsChoices } from '../fields.ts';
import { crumbs, employerCrumbs, organisationAsked, ownEmployerAsked } from '../opened.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly heading: string;
  readonly caption: string;
  readonly fields: readonly Field[];
  readonly more: readonly Field[];
  readonly hidden: readonly (readonly [string, string])[];
  readonly action: string;
  readonly button: string;
  readonly backHref: string;
  readonly duplicates: readonly { readonly name: string; readonly href: string; readonly words: string }[];
  readonly mayGoOn: boolean;
  readonly theirs: readonly string[] | null;
};
const editView = view<Model>('capabilities/employers/pages/edit/page.njk');

const duplicateWords: Readonly<Record<Duplicate['kind'], string>> = {
  same: 'the same name in the same town',
  number: 'the same company number',
  name: 'the same name in another place',
  similar: 'a name that begins alike',
};

const fieldsFor = (typed: Typed): Pick<Model, 'fields' | 'more'> => {
  const { line, area, select, checks } = fieldsOf(typed);
  return {
    fields: [
      line('name', 'Name of the employer'),
      line('town', 'Town (optional)', { hint: 'Where the people are with whom you work', width: '20' }),
      select('region', 'Region (optional)', [['', 'Not known'], ...wordsAsChoices(regions)]),
      select('size', 'Size (optional)', [['', 'Not known'], ...sizes.map((one) => [one, sizeWords[one]] as const)]),
      checks(
        'offers',
        'What they offer',
        offers.map((one) => [one, offerWords[one]] as const),
      ),
      checks('routes', 'Routes', wordsAsChoices(occupationalRoutes), 'In which their people work'),
      area(
        'notes',
        'Notes (optional)',
        'About the employer. What is about a person belongs to a contact, with consent',
      ),
    ],
    more: [
      line('occupations', 'Occupations (optional)', { hint: 'References of standards, such as ST0116, ST0127' }),
      select('sector', 'Sector (optional)', [
        ['', 'Not known'],
        ...sectors.map((one) => [one.section, `${one.section} ${one.title}`] as const),
      ]),
      line('companyNumber', 'Company number (optional)', { hint: 'As Companies House has it', width: '10' }),
    ],
  };
};

const fileWords = (one: EmployerText): readonly string[] =>
  fileColumns.map(([field]) => {
    if (field === 'size') return one.size ? sizeWords[one.size] : '';
    if (field === 'sector') return sectors.find((each) => each.section === one.sector)?.title ?? '';
    if (field === 'offers') return one.offers.map((each) => offerWords[each]).join('; ');
    const value = one[field];
    return typeof value === 'string' ? value : value === null ? '' : value.join('; ');
  });

/** Every field in which what is there now differs from what was typed, as it is there. */
const theirsOf = (now: Employer, typed: Typed): readonly string[] => {
  const there = fileWords(now);
  const here = fileWords(readEmployer(typed, sectors).text);
  return fileColumns.flatMap(([, header], at) =>
    there[at] === here[at] ? [] : [`${header}: ${there[at] || 'nothing'}`],
  );
};

const show = (
  about: {
    readonly organisation: Pick<Membership, 'organisation' | 'name'>;
    readonly opened: OpenedEmployer | null;
    readonly id: string;
  },
  typed: Typed,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly refusal?: EmployerRefusal;
    readonly revision?: number;
  } = {},
): Answer => {
  const { opened, organisation } = about;
  const refusal = more.refusal;
  const duplicates = refusal?.kind === 'duplicates' ? refusal.duplicates : [];
  const same = duplicates.some((one) => one.kind === 'same');
  const problems = [
    ...(more.problems ?? []),
    ...(refusal?.kind === 'changed'
      ? [
          {
            field: '',
            text: 'Someone saved this record meanwhile. Look at what is there now, and save yours over it or not',
          },
        ]
      : []),
    ...(same ? [{ field: 'name', text: 'You keep an employer of this name in this town already' }] : []),
    ...(duplicates.length > 0 && !same
      ? [{ field: 'alike', text: 'Look whether you keep this employer already, then save it all the same' }]
      : []),
  ];
  const title = opened ? `Change ${opened.employer.name}` : 'Add an employer';
  const revision =
    refusal?.kind === 'changed' ? refusal.now.revision : (more.revision ?? opened?.employer.revision ?? 0);
  return page(
    editView,
    {
      problems,
      heading: title,
      caption: organisation.name,
      ...fieldsFor(typed),
      hidden: opened
        ? [['revision', String(revision)]]
        : [
            ['id', about.id],
            ['organisation', organisation.organisation],
          ],
      action: opened ? editEmployerPath(opened.employer.id) : newEmployerPath,
      button: opened ? 'Save' : 'Add the employer',
      backHref: opened ? employerPath(opened.employer.id) : '/employers',
      duplicates: duplicates.map(({ employer, kind }) => ({
        name: [employer.name, employer.town].filter((word) => word !== '').join(', '),
        href: employerPath(employer.id),
        words: duplicateWords[kind],
      })),
      mayGoOn: duplicates.length > 0 && !same,
      theirs: refusal?.kind === 'changed' ? theirsOf(refusal.now, typed) : null,
    },
    {
      title,
      crumbs: opened ? employerCrumbs(opened) : crumbs,
      faulty: problems.length > 0,
      status: refusal ? 409 : problems.length > 0 ? 422 : 200,
    },
  );
};

const organisationOf = ({ employer }: OpenedEmployer, ctx: Context) => organisationAsked(ctx, employer.organisation);

export const editRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: newEmployerPath,
    access: keepEmployers,
    audit: 'employers.new-form',
    handle: (request, ctx) =>
      show(
        { organisation: organisationAsked(ctx, request.query.get('organisation')), opened: null, id: randomUUID() },
        {},
      ),
  },
  {
    method: 'POST',
    path: newEmployerPath,
    access: keepEmployers,
    audit: 'employers.add',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const about = {
        organisation: organisationAsked(ctx, fields.get('organisation')),
        opened: null,
        id: formId(fields),
      };
      const typed = typedIn(fields);
      const { problems, text } = readEmployer(typed, sectors);
      if (problems.length > 0) return show(about, typed, { problems });
      const done = await keepEmployer(
        ctx,
        about.id,
        about.organisation.organisation,
        text,
        fields.get('anyway') === 'yes',
      );
      if (done.kind === 'refused') return show(about, typed, { refusal: done.refusal });
      return redirect(`${employerPath(done.value)}?done=added`);
    },
  },
  {
    method: 'GET',
    path: '/employers/:employer/edit',
    access: keepEmployers,
    audit: 'employers.change-form',
    handle: async (request, ctx) => {
      const opened = await ownEmployerAsked(request, ctx);
      return show(
        { organisation: organisationOf(opened, ctx), opened, id: opened.employer.id },
        typedEmployer(opened.employer),
      );
    },
  },
  {
    method: 'POST',
    path: '/employers/:employer/edit',
    access: keepEmployers,
    audit: 'employers.change',
    handle: async (request, ctx) => {
      const opened = await ownEmployerAsked(request, ctx);
      const { fields } = await request.form();
      const typed = typedIn(fields);
      const revision = Number(fields.get('revision')) || 0;
      const about = { organisation: organisationOf(opened, ctx), opened, id: opened.employer.id };
      const { problems, text } = readEmployer(typed, sectors);
      if (problems.length > 0) return show(about, typed, { problems, revision });
      const done = await changeEmployer(ctx, opened.employer.id, text, revision, fields.get('anyway') === 'yes');
      if (done.kind === 'refused') {
        if (done.refusal.kind === 'unknown') throw notFound('There is no such employer in your organisation’s list.');
        return show(about, typed, { refusal: done.refusal, revision });
      }
      return redirect(`${employerPath(opened.employer.id)}?done=saved`);
    },
  },
];
