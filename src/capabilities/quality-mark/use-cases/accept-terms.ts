import { ukprnOf } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { speaksFor } from '../policy.ts';
import { type Acceptance, addAcceptance, findAcceptance } from '../store/acceptances.ts';
import { rulesToday } from './rules.ts';
import { settleProvider } from './settle-marks.ts';

export type AcceptRefusal =
  /** They do not speak for this provider. */
  | 'not-a-lead'
  /** The terms changed since the page was opened. */
  | 'other-terms';

/**
 * Accepts the terms for a provider, in the name of a person who speaks for it, and issues what that entitles it to. Sent twice,
 * the first stands.
 *
 * @param terms the version that they read.
 */
export const acceptTerms = async (
  ctx: Context,
  person: Person,
  given: { readonly ukprn: string; readonly terms: string; readonly name: string; readonly role: string },
): Promise<Result<null, AcceptRefusal>> => {
  const organisation = await organisationOf(ctx, person, given.ukprn);
  if (organisation === null || !speaksFor(person, organisation)) return refused('not-a-lead');
  if (given.terms !== rulesToday(ctx).terms.version) return refused('other-terms');
  await ctx.transaction(async (inside) => {
    const { ukprn, terms, name, role } = given;
    if (await addAcceptance(inside, { ukprn, terms, name, role, person: person.id, organisation }))
      await recordAct(inside, {
        name: 'quality-mark.terms-accepted',
        subject: { kind: 'organisation', id: organisation },
        forOrganisation: organisation,
        after: { ukprn, terms },
        personal: { name: { value: name, person: person.id }, role: { value: role, person: person.id } },
      });
    await settleProvider(inside, ukprn);
  });
  return ok(null);
};

/** Which of a person's organisations has this UKPRN. */
export const organisationOf = async (ctx: Context, person: Person, ukprn: string): Promise<string | null> => {
  for (const one of person.memberships)
    if (one.kind === 'provider' && (await ukprnOf(ctx, one.organisation)) === ukprn) return one.organisation;
  return null;
};

/** Who accepted the terms that hold today; `null`: nobody. */
export const acceptanceNow = (ctx: Context, ukprn: string): Promise<Acceptance | null> =>
  findAcceptance(ctx, ukprn, rulesToday(ctx).terms.version);
