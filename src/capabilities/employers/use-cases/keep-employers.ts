import type { Membership, Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { demand, isAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type Duplicate, duplicatesOf } from '../domain/duplicates.ts';
import {
  type Ask,
  agreedOn,
  type Contact,
  type Employer,
  type EmployerText,
  type Meeting,
  type NextStep,
} from '../domain/employer.ts';
import type { Sharing } from '../domain/sharing.ts';
import { workOnEmployer } from '../policy.ts';
import { listAsks } from '../store/asks.ts';
import { listContacts } from '../store/contacts.ts';
import {
  addEmployer,
  findEmployer,
  listEmployers,
  lockEmployer,
  removeEmployer,
  saveEmployer,
} from '../store/employers.ts';
import { hasSignedLetter } from '../store/letters.ts';
import { listMeetings } from '../store/meetings.ts';
import { listNextSteps } from '../store/next-steps.ts';
import { sharedWith, sharingsOf } from '../store/sharing.ts';

/** The memberships by which someone keeps employers: the one they act for first. */
export const keepingFor = (person: Person): readonly Membership[] =>
  person.memberships
    .filter((one) => isAllowed(person, workOnEmployer, { organisation: one.organisation }))
    .toSorted(
      (one, other) =>
        Number(other.organisation === person.actingFor) - Number(one.organisation === person.actingFor) ||
        one.name.localeCompare(other.name, 'en'),
    );

/** An organisation's employers, for its members; nobody else gets any. */
export const employersOf = async (ctx: Context, organisation: string): Promise<readonly Employer[]> =>
  isAllowed(ctx.actor, workOnEmployer, { organisation }) ? listEmployers(ctx, organisation) : [];

/** What other organisations share with this one, or offer to: of an offer nothing but the employer's name. */
export const sharedWithUs = async (ctx: Context, organisation: string): Promise<readonly Sharing[]> => {
  demand(ctx.actor, workOnEmployer, { organisation });
  return sharedWith(ctx, organisation);
};

export type OpenedEmployer = {
  readonly employer: Employer;
  /** Whoever looks belongs to the organisation that keeps it; else it is shared with theirs. */
  readonly own: boolean;
  readonly contacts: readonly Contact[];
  /** Of the own organisation alone, as are the asks. */
  readonly meetings: readonly Meeting[];
  readonly asks: readonly Ask[];
  readonly steps: readonly NextStep[];
  readonly sharings: readonly Sharing[];
};

const isOurs = (ctx: Context, employer: Employer): boolean =>
  isAllowed(ctx.actor, workOnEmployer, { organisation: employer.organisation });

/**
 * A record with all that hangs on it. An organisation with which it is shared sees the record, the next steps, and those contacts
 * who agreed to be shared; neither meetings nor asks.
 *
 * @returns `null` where there is none, or none for this actor: who asks is not told which.
 */
export const openEmployer = async (ctx: Context, id: string): Promise<OpenedEmployer | null> => {
  const employer = await findEmployer(ctx, id);
  if (!employer) return null;
  const own = isOurs(ctx, employer);
  const sharings = await sharingsOf(ctx, id);
  const theirs = sharings.filter(
    (one) => one.acceptedAt !== null && isAllowed(ctx.actor, workOnEmployer, { organisation: one.receiver }),
  );
  if (!own && theirs.length === 0) return null;
  const contacts = (await listContacts(ctx, id)).map((one) => agreedOn(one, londonDay(ctx.clock())));
  return {
    employer,
    own,
    contacts: own ? contacts : contacts.filter((one) => one.consent !== null && one.mayShare),
    meetings: own ? await listMeetings(ctx, [id]) : [],
    asks: own ? await listAsks(ctx, id) : [],
    steps: await listNextSteps(ctx, id),
    sharings: own ? sharings : theirs,
  };
};

export type EmployerRefusal =
  | { readonly kind: 'unknown' }
  /** Records that may be of the same employer. One of the same name and town is never written twice. */
  | { readonly kind: 'duplicates'; readonly duplicates: readonly Duplicate[] }
  /** Someone saved meanwhile: what is there now. */
  | { readonly kind: 'changed'; readonly now: Employer };

const refuseDuplicates = async (
  ctx: Context,
  organisation: string,
  text: EmployerText,
  except: string | null,
  anyway: boolean,
): Promise<EmployerRefusal | null> => {
  const duplicates = duplicatesOf(await listEmployers(ctx, organisation), text, except);
  const stops = anyway ? duplicates.filter((one) => one.kind === 'same') : duplicates;
  return stops.length > 0 ? { kind: 'duplicates', duplicates } : null;
};

const factsOf = ({ notes: _, ...facts }: EmployerText): object => ({ ...facts });

/**
 * Writes a record down.
 *
 * @param id made with the form, so that a form that is sent twice makes one record.
 * @param anyway whoever writes has seen the records that may be of the same employer.
 */
export const keepEmployer = (
  ctx: Context,
  id: string,
  organisation: string,
  text: EmployerText,
  anyway: boolean,
): Promise<Result<string, EmployerRefusal>> => {
  demand(ctx.actor, workOnEmployer, { organisation });
  return ctx.transaction(async (inside) => {
    if ((await findEmployer(inside, id))?.organisation === organisation) return ok(id);
    const refusal = await refuseDuplicates(inside, organisation, text, null, anyway);
    if (refusal) return refused(refusal);
    if (!(await addEmployer(inside, id, organisation, text))) {
      // Someone else wrote the same name and town in this very moment, or this form was sent twice.
      if ((await findEmployer(inside, id))?.organisation === organisation) return ok(id);
      return refused({
        kind: 'duplicates',
        duplicates: duplicatesOf(await listEmployers(inside, organisation), text, null),
      });
    }
    await recordAct(inside, {
      name: 'employers.kept',
      subject: { kind: 'employer', id },
      forOrganisation: organisation,
      after: factsOf(text),
    });
    return ok(id);
  });
};

/** @param revision of the record that the form began with. */
export const changeEmployer = (
  ctx: Context,
  id: string,
  text: EmployerText,
  revision: number,
  anyway: boolean,
): Promise<Result<void, EmployerRefusal>> =>
  ctx.transaction(async (inside) => {
    const before = await lockEmployer(inside, id);
    if (!before || !isOurs(ctx, before)) return refused({ kind: 'unknown' });
    if (before.revision !== revision) return refused({ kind: 'changed', now: before });
    const refusal = await refuseDuplicates(inside, before.organisation, text, id, anyway);
    if (refusal) return refused(refusal);
    if (!(await saveEmployer(inside, id, text)))
      return refused({
        kind: 'duplicates',
        duplicates: duplicatesOf(await listEmployers(inside, before.organisation), text, id),
      });
    await recordAct(inside, {
      name: 'employers.changed',
      subject: { kind: 'employer', id },
      forOrganisation: before.organisation,
      before: factsOf(before),
      after: factsOf(text),
    });
    return ok(undefined);
  });

/**
 * Takes a record away with all that hangs on it. That it was there stays in the trail. A letter that the employer signed is never
 * taken away, and so neither is its record.
 */
export const dropEmployer = (ctx: Context, id: string): Promise<Result<void, 'unknown' | 'signed'>> =>
  ctx.transaction(async (inside) => {
    const before = await lockEmployer(inside, id);
    if (!before || !isOurs(ctx, before)) return refused('unknown');
    if (await hasSignedLetter(inside, id)) return refused('signed');
    await removeEmployer(inside, id);
    await recordAct(inside, {
      name: 'employers.removed',
      subject: { kind: 'employer', id },
      forOrganisation: before.organisation,
      before: factsOf(before),
    });
    return ok(undefined);
  });
