import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { employerPath, employersPath, letterPath, lettersPath, newLetterPath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { startLetter, writableContacts } from '../../use-cases/draft-letter.ts';
import { occupationsByReference, occupationWords } from '../../use-cases/evidence-occupations.ts';
import { employersOf } from '../../use-cases/keep-employers.ts';
import { type Choice, evidenceCrumbs, keepingOf } from '../evidence/keeping.ts';
import { letterRefusalWords } from './letters.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly id: string;
  readonly action: string;
  readonly employers: readonly Choice[];
  readonly employersHref: string;
  /** Which is chosen; `null`: none yet. */
  readonly employer: { readonly id: string; readonly name: string; readonly href: string } | null;
  readonly contacts: readonly Choice[];
  readonly occupations: readonly Choice[];
};

const newView = view<Model>('capabilities/employers/pages/letter/new.njk');

type Typed = { readonly employer: string; readonly contact: string; readonly occupations: readonly string[] };

const show = async (
  ctx: Context,
  typed: Typed,
  more: { readonly problems?: readonly FormProblem[]; readonly id?: string } = {},
): Promise<Answer> => {
  const keeping = keepingOf(ctx);
  const employers = await employersOf(ctx, keeping.organisation);
  const employer = employers.find((one) => one.id === typed.employer) ?? null;
  const contacts = employer ? await writableContacts(ctx, employer.id) : [];
  const occupation = await occupationsByReference(ctx, employer?.occupations ?? []);
  const problems = more.problems ?? [];
  const only = (all: readonly unknown[]): boolean => all.length === 1;
  return page(
    newView,
    {
      problems,
      id: more.id ?? randomUUID(),
      action: newLetterPath,
      employers: employers.map((one) => ({
        value: one.id,
        text: one.town === '' ? one.name : `${one.name}, ${one.town}`,
        hint: '',
        chosen: one.id === typed.employer,
      })),
      employersHref: employersPath,
      employer: employer ? { id: employer.id, name: employer.name, href: employerPath(employer.id) } : null,
      contacts: contacts.map((one) => ({
        value: one.id,
        text: one.role === '' ? one.name : `${one.name}, ${one.role}`,
        hint: one.email ?? '',
        chosen: one.id === typed.contact || only(contacts),
      })),
      occupations: (employer?.occupations ?? []).map((one) => ({
        value: one,
        text: occupationWords(occupation(one)),
        hint: '',
        chosen: typed.occupations.includes(one) || only(employer?.occupations ?? []),
      })),
    },
    {
      title: 'Draft a letter',
      crumbs: [...evidenceCrumbs, { text: 'Letters', href: lettersPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const newLetterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: newLetterPath,
    access: keepEmployers,
    audit: 'employers.new-letter-form',
    handle: (request, ctx) =>
      show(ctx, {
        employer: request.query.get('employer') ?? '',
        contact: '',
        occupations: request.query.getAll('occupation'),
      }),
  },
  {
    method: 'POST',
    path: newLetterPath,
    access: keepEmployers,
    audit: 'employers.new-letter',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed: Typed = {
        employer: fields.get('employer') ?? '',
        contact: fields.get('contact') ?? '',
        occupations: fields.getAll('occupation'),
      };
      const id = formId(fields);
      const made = await startLetter(ctx, keepingOf(ctx), { id, ...typed });
      if (made.kind === 'ok') return redirect(`${letterPath(made.value)}?done=drafted`);
      const field = { 'no contact': 'contact', 'no occupation': 'occupation', unknown: 'employer' }[
        made.refusal as string
      ];
      return show(ctx, typed, { problems: [{ field: field ?? '', text: letterRefusalWords[made.refusal] }], id });
    },
  },
];
