import { organisationKinds } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { kindWords } from '../../domain/organisation.ts';
import { adminOrganisationsPath, adminPath, organisationPath } from '../../paths.ts';
import { administer } from '../../policy.ts';
import { organisationsInNeed } from '../../use-cases/administer.ts';
import { makeOrganisation, type NewOrganisation, type OrganisationRefusal } from '../../use-cases/organisations.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly count: number;
  readonly withoutLead: readonly { readonly name: string; readonly href: string }[];
  readonly kinds: readonly { readonly value: string; readonly text: string }[];
  readonly typedKind: string;
  readonly typedName: string;
  readonly typedUkprn: string;
};

const organisationsView = view<Model>('capabilities/accounts/pages/admin/organisations.njk');

const refusalWords: Readonly<Record<OrganisationRefusal, FormProblem>> = {
  'name-missing': { field: 'name', text: 'Enter the organisation’s name' },
  'ukprn-missing': { field: 'ukprn', text: 'Enter the provider’s UKPRN' },
  'ukprn-wrong': { field: 'ukprn', text: 'A UKPRN has eight digits, the first not 0' },
  'ukprn-taken': { field: 'ukprn', text: 'An organisation with this UKPRN is here already' },
};

const show = async (
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: NewOrganisation = { kind: 'provider', name: '', ukprn: '' },
): Promise<Answer> => {
  const { count, withoutLead } = await organisationsInNeed(ctx);
  return page(
    organisationsView,
    {
      problems,
      count,
      withoutLead: withoutLead.map((one) => ({ name: one.name, href: organisationPath(one.id) })),
      kinds: organisationKinds.map((kind) => ({ value: kind, text: kindWords[kind] })),
      typedKind: typed.kind,
      typedName: typed.name,
      typedUkprn: typed.ukprn,
    },
    {
      title: 'Organisations',
      crumbs: [{ text: 'Administration', href: adminPath }],
      wide: true,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const adminOrganisationsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: adminOrganisationsPath,
    access: administer,
    audit: 'accounts.admin-organisations',
    handle: (_request, ctx) => show(ctx),
  },
  {
    method: 'POST',
    path: adminOrganisationsPath,
    access: administer,
    audit: 'accounts.make-organisation',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed: NewOrganisation = {
        kind: organisationKinds.find((kind) => kind === fields.get('kind')) ?? 'provider',
        name: fields.get('name') ?? '',
        ukprn: fields.get('ukprn') ?? '',
      };
      const answer = await makeOrganisation(ctx, typed);
      if (answer.kind === 'ok') return redirect(organisationPath(answer.value));
      return show(
        ctx,
        answer.refusal.map((one) => refusalWords[one]),
        typed,
      );
    },
  },
];
