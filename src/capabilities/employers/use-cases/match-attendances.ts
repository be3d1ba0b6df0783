import { createHash } from 'node:crypto';
import { eventAttendances } from '#cap/events';
import type { Membership } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import {
  type Attendance,
  attendancesOf,
  candidateFinder,
  type MatchState,
  occupationChoice,
} from '../domain/attendance-match.ts';
import type { Employer } from '../domain/employer.ts';
import { workOnEmployer } from '../policy.ts';
import { listEmployers, lockEmployers } from '../store/employers.ts';
import {
  type AttendanceDecision,
  type KeptDecision,
  listDecisions,
  removeDecision,
  setDecision,
} from '../store/evidence.ts';
import { type Occupation, occupationsByReference } from './evidence-occupations.ts';

/** An attendance with what is known and decided of it. */
export type MatchedAttendance = Attendance & {
  /** In addresses, in place of the name that was typed. */
  readonly key: string;
  readonly state: MatchState;
  /** Employers of the record that are called so. */
  readonly candidates: readonly Employer[];
  /** Whose it is, as decided. */
  readonly employer: Employer | null;
  readonly occupations: readonly string[];
  /** Stands for what is decided: a form that was made from something else is told. */
  readonly decided: string;
  /** Who decided, and when; `null`: nobody has yet. */
  readonly decision: Pick<KeptDecision, 'by' | 'at'> | null;
  /** Of the decided employer: what may be chosen. */
  readonly choices: readonly Occupation[];
};

const keyOf = ({ event, typed }: Attendance): string =>
  createHash('sha256').update(`${event.id} ${typed}`).digest('hex').slice(0, 24);

const wordOf = (decision: Decided): string =>
  decision === null ? 'open' : [decision.employer ?? 'nobody', ...decision.occupations].join(' ');

const stateOf = (decision: AttendanceDecision | undefined, candidates: readonly Employer[]): MatchState => {
  if (!decision) return candidates.length > 0 ? 'proposed' : 'unknown';
  if (decision.employer === null) return 'refused';
  return decision.occupations.length > 0 ? 'confirmed' : 'unclear';
};

/** Whether an organisation may know who came: guests are asked whether providers may. */
export const seesAttendances = (keeping: Pick<Membership, 'kind'>): boolean => keeping.kind === 'provider';

/**
 * Who came to events for an employer and agreed that providers may know, with the employers of the record that they
 * may be. Nothing here names a person.
 */
export const matchedAttendances = async (ctx: Context, keeping: Membership): Promise<readonly MatchedAttendance[]> => {
  const { organisation } = keeping;
  demand(ctx.actor, workOnEmployer, { organisation });
  if (!seesAttendances(keeping)) return [];
  const guests = (await eventAttendances(ctx)).filter((one) => one.consentToShare);
  const employers = await listEmployers(ctx, organisation);
  const decisions = new Map((await listDecisions(ctx, organisation)).map((one) => [`${one.event} ${one.typed}`, one]));
  const occupation = await occupationsByReference(
    ctx,
    employers.flatMap((one) => one.occupations),
  );
  const candidatesOf = candidateFinder(employers);
  const byId = new Map(employers.map((one) => [one.id, one]));
  return attendancesOf(guests).map((attendance) => {
    const decision = decisions.get(`${attendance.event.id} ${attendance.typed}`);
    const candidates = candidatesOf(attendance);
    const employer = byId.get(decision?.employer ?? '') ?? null;
    return {
      ...attendance,
      key: keyOf(attendance),
      state: stateOf(decision, candidates),
      candidates,
      employer,
      occupations: decision?.occupations ?? [],
      decided: wordOf(decision ?? null),
      decision: decision ?? null,
      choices: employer
        ? occupationChoice(attendance.event, employer, (one) => occupation(one).route).choices.map(occupation)
        : [],
    };
  });
};

/** One of them by its key; `null`: there is none, or none any more. */
export const findAttendance = async (
  ctx: Context,
  keeping: Membership,
  key: string,
): Promise<MatchedAttendance | null> => (await matchedAttendances(ctx, keeping)).find((one) => one.key === key) ?? null;

type Act =
  | { readonly kind: 'confirm'; readonly employer: string }
  | { readonly kind: 'choose'; readonly occupations: readonly string[] }
  | { readonly kind: 'refuse' }
  /** It is open again, as before anybody decided. */
  | { readonly kind: 'reopen' };

/** `unknown`: no such attendance. `changed`: somebody decided otherwise meanwhile. `no employer`: none of the record. `no occupation`: none of those that may be chosen. */
export type MatchRefusal = 'unknown' | 'changed' | 'no employer' | 'no occupation';

/**
 * Decides whose an attendance is and what it is evidence for. Deciding the same twice is deciding it once.
 *
 * @param seen what was decided when the form was made: `MatchedAttendance.decided`.
 */
export const decideAttendance = (
  ctx: Context,
  keeping: Membership,
  key: string,
  act: Act,
  seen: string,
): Promise<Result<MatchState, MatchRefusal>> =>
  ctx.transaction(async (inside) => {
    // Of two colleagues who decide at once the second sees what the first did.
    await lockEmployers(inside, keeping.organisation);
    const found = await findAttendance(inside, keeping, key);
    if (!found) return refused('unknown');
    const decided = await decisionOf(inside, keeping, found, act);
    if (decided.kind === 'refused') return decided;
    if (wordOf(decided.value) === found.decided) return ok(found.state);
    if (found.decided !== seen) return refused('changed');
    const subject = { event: found.event.id, typed: found.typed };
    if (decided.value === null) await removeDecision(inside, keeping.organisation, subject);
    else
      await setDecision(inside, keeping.organisation, {
        ...subject,
        ...decided.value,
        by: inside.actor.kind === 'person' ? inside.actor.id : null,
      });
    await recordAct(inside, {
      name: `employers.attendance-${act.kind}`,
      subject: { kind: 'event', id: found.event.id },
      forOrganisation: keeping.organisation,
      before: { state: found.state, employer: found.employer?.id ?? null, occupations: found.occupations },
      after: decided.value ?? {},
    });
    return ok((await findAttendance(inside, keeping, key))?.state ?? 'unknown');
  });

type Decided = Pick<AttendanceDecision, 'employer' | 'occupations'> | null;

const decisionOf = async (
  ctx: Context,
  keeping: Membership,
  found: MatchedAttendance,
  act: Act,
): Promise<Result<Decided, MatchRefusal>> => {
  switch (act.kind) {
    case 'reopen':
      return ok(null);
    case 'refuse':
      return ok({ employer: null, occupations: [] });
    case 'confirm': {
      const employers = await listEmployers(ctx, keeping.organisation);
      const employer = employers.find((one) => one.id === act.employer);
      if (!employer) return refused('no employer');
      // What was chosen before stays where the employer does.
      if (employer.id === found.employer?.id && found.occupations.length > 0)
        return ok({ employer: employer.id, occupations: found.occupations });
      const occupation = await occupationsByReference(ctx, employer.occupations);
      const { settled } = occupationChoice(found.event, employer, (one) => occupation(one).route);
      return ok({ employer: employer.id, occupations: settled });
    }
    case 'choose': {
      if (!found.employer) return refused('no employer');
      const chosen = found.choices.map((one) => one.reference).filter((one) => act.occupations.includes(one));
      return chosen.length > 0 ? ok({ employer: found.employer.id, occupations: chosen }) : refused('no occupation');
    }
  }
};
