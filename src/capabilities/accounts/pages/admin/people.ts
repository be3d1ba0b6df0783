import { type InstanceRole, instanceRoles } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { adminAuditPath, adminPath, adminPeoplePath, adminPersonPath, pattern } from '../../paths.ts';
import { administer } from '../../policy.ts';
import { listPeople, roleInvitations, seePerson, setRole } from '../../use-cases/administer.ts';
import { invite, withdrawInvitation } from '../../use-cases/invitations.ts';

type PeopleModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly words: string;
  readonly people: readonly {
    readonly name: string;
    readonly href: string;
    readonly address: string;
    readonly roles: readonly string[];
    readonly organisations: readonly string[];
    readonly seen: string;
  }[];
  readonly invitations: readonly {
    readonly id: string;
    readonly address: string;
    readonly role: string;
    readonly until: string;
  }[];
  readonly roles: readonly InstanceRole[];
  readonly typedAddress: string;
  readonly typedRole: string;
};
type PersonModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly name: string;
  readonly address: string;
  readonly path: string;
  readonly roles: readonly { readonly role: InstanceRole; readonly has: boolean }[];
  readonly auditHref: string;
};

const peopleView = view<PeopleModel>('capabilities/accounts/pages/admin/people.njk');
const personView = view<PersonModel>('capabilities/accounts/pages/admin/person.njk');

/** Rows on the page; whoever looks for more types more of a name. */
const shown = 100;

const crumbs = [{ text: 'Administration', href: adminPath }];

const doneWords: Readonly<Record<string, string>> = {
  invited: 'The invitation is on its way.',
  withdrawn: 'The invitation was withdrawn.',
  role: 'Their roles were changed.',
};

const showPeople = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: { readonly address: string; readonly role: string } = { address: '', role: '' },
): Promise<Answer> => {
  const words = (request.query.get('q') ?? '').trim().slice(0, 200);
  const [people, invitations] = [await listPeople(ctx, words, shown), await roleInvitations(ctx)];
  return page(
    peopleView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      words,
      people: people.map((one) => ({
        name: one.name ?? 'No name yet',
        href: adminPersonPath(one.id),
        address: one.address ?? '',
        roles: one.roles,
        organisations: one.organisations,
        seen: one.seenAt ? day(one.seenAt) : 'never',
      })),
      invitations: invitations.map((one) => ({
        id: one.id,
        address: one.address ?? '',
        role: one.to.kind === 'role' ? one.to.role : '',
        until: moment(one.expiresAt),
      })),
      roles: instanceRoles,
      typedAddress: typed.address,
      typedRole: typed.role,
    },
    { title: 'People', crumbs, wide: true, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

const showPerson = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
): Promise<Answer> => {
  const id = request.params.person ?? '';
  const seen = await seePerson(ctx, id);
  if (!seen) throw notFound('There is nobody at this address.');
  const name = seen.person.name ?? seen.person.address ?? 'No name yet';
  return page(
    personView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      name,
      address: seen.person.address ?? '',
      path: adminPersonPath(id),
      roles: instanceRoles.map((role) => ({ role, has: seen.roles.includes(role) })),
      auditHref: `${adminAuditPath}?about=${encodeURIComponent(id)}`,
    },
    {
      title: name,
      crumbs: [...crumbs, { text: 'People', href: adminPeoplePath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 409 : 200,
    },
  );
};

export const adminPeopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: adminPeoplePath,
    access: administer,
    audit: 'accounts.people',
    handle: (request, ctx) => showPeople(request, ctx),
  },
  {
    method: 'POST',
    path: adminPeoplePath,
    access: administer,
    audit: 'accounts.invite-to-role',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = { address: fields.get('address') ?? '', role: fields.get('role') ?? '' };
      const address = readAddress(typed.address);
      const role = instanceRoles.find((one) => one === typed.role);
      if (address === null || !role)
        return showPeople(
          request,
          ctx,
          [
            address === null
              ? { field: 'address', text: 'Enter an email address such as name@department.gov.uk' }
              : { field: 'role', text: 'Choose a role' },
          ],
          typed,
        );
      await invite(ctx, address, { kind: 'role', role });
      return redirect(`${adminPeoplePath}?done=invited`);
    },
  },
  {
    method: 'POST',
    path: `${adminPeoplePath}/withdraw`,
    access: administer,
    audit: 'accounts.withdraw-role-invitation',
    handle: async (request, ctx) => {
      await withdrawInvitation(ctx, (await request.form()).fields.get('invitation') ?? '', null);
      return redirect(`${adminPeoplePath}?done=withdrawn`);
    },
  },
  {
    method: 'GET',
    path: pattern(adminPersonPath, 'person'),
    access: administer,
    audit: 'accounts.person',
    handle: (request, ctx) => showPerson(request, ctx),
  },
  {
    method: 'POST',
    path: pattern(adminPersonPath, 'person'),
    access: administer,
    audit: 'accounts.set-role',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const id = request.params.person ?? '';
      const role = instanceRoles.find((one) => one === fields.get('role'));
      if (!role) throw notFound();
      const answer = await setRole(ctx, id, role, fields.get('has') === 'yes');
      if (answer.kind === 'ok') return redirect(`${adminPersonPath(id)}?done=role`);
      if (answer.refusal === 'unknown') throw notFound('There is nobody at this address.');
      return showPerson(request, ctx, [
        { field: 'roles', text: 'They are the only administrator. Give the role to someone else first' },
      ]);
    },
  },
];
