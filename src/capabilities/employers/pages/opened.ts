import { colleaguesOf } from '#cap/accounts';
import type { Membership, Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest } from '#web/route.ts';
import { employerPath, employersPath } from '../paths.ts';
import { keepEmployers } from '../policy.ts';
import { todayOf } from '../use-cases/evidence-record.ts';
import { keepingFor, type OpenedEmployer, openEmployer } from '../use-cases/keep-employers.ts';

export const crumbs = [
  { text: 'Start', href: '/' },
  { text: 'Employers', href: employersPath },
];

export const employerCrumbs = ({ employer }: OpenedEmployer) => [
  ...crumbs,
  { text: employer.name, href: employerPath(employer.id) },
];

export const personOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepEmployers);
  return ctx.actor;
};

/**
 * The organisation whose list is looked at: the one that the address names, else the one that somebody acts for.
 *
 * @throws a page that is not there, for an organisation that is not theirs.
 */
export const organisationAsked = (ctx: Context, asked: string | null): Membership => {
  const mine = keepingFor(personOf(ctx));
  const found = asked ? mine.find((one) => one.organisation === asked) : mine[0];
  if (!found) throw notFound('There is no such list of employers.');
  return found;
};

const notThere = () => notFound('There is no such employer in your organisation’s list.');

/** The record of the address, for whoever may see it: the keeping organisation, or one with which it is shared. */
export const employerAsked = async (request: PageRequest, ctx: Context): Promise<OpenedEmployer> => {
  const opened = await openEmployer(ctx, request.params.employer ?? '');
  if (!opened) throw notThere();
  return opened;
};

/** The record of the address, for the organisation that keeps it alone. */
export const ownEmployerAsked = async (request: PageRequest, ctx: Context): Promise<OpenedEmployer> => {
  const opened = await employerAsked(request, ctx);
  if (!opened.own) throw notThere();
  return opened;
};

export { todayOf };

/** Names of an organisation's people by their ids. */
export const namesIn = async (ctx: Context, organisation: string): Promise<(person: string | null) => string> => {
  const names = new Map((await colleaguesOf(ctx, organisation)).map((one) => [one.id, one.name]));
  return (person) => (person === null ? 'Nobody yet' : (names.get(person) ?? 'Someone who has left'));
};
