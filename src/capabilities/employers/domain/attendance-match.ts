import type { Employer } from './employer.ts';
import { comparedName } from './employer-name.ts';

/** Everyone from one organisation, by the name that they typed, at one event. No person's name is in it. */
export type Attendance = {
  readonly event: {
    readonly id: string;
    readonly title: string;
    /** ISO day. */
    readonly on: string;
    readonly routes: readonly string[];
  };
  /** As it was typed first. */
  readonly organisation: string;
  /** As names are compared: "Fenwick Networks Ltd" and "fenwick networks" are one. */
  readonly typed: string;
  readonly people: number;
};

/**
 * Where an attendance stands. `unknown`: no employer of the record is called so; `proposed`: one or several are;
 * `unclear`: it is an employer's, and for which occupation is still to be chosen; `confirmed`: it is evidence; `refused`: a
 * person said that it is nobody of the record.
 */
export type MatchState = 'unknown' | 'proposed' | 'unclear' | 'confirmed' | 'refused';

type Guest = { readonly event: Attendance['event']; readonly organisation: string };

/** Guests put together by event and organisation, in their order. An organisation without a name cannot be matched. */
export const attendancesOf = (guests: readonly Guest[]): readonly Attendance[] => {
  const all = new Map<string, Attendance>();
  for (const { event, organisation } of guests) {
    const typed = comparedName(organisation);
    if (typed === '') continue;
    const key = `${event.id} ${typed}`;
    const before = all.get(key);
    all.set(
      key,
      before
        ? { ...before, people: before.people + 1 }
        : { event, organisation: organisation.trim(), typed, people: 1 },
    );
  }
  return [...all.values()];
};

/** Finds the employers that are called as was typed; their names are read once for all attendances. */
export const candidateFinder = (employers: readonly Employer[]): ((attendance: Attendance) => readonly Employer[]) => {
  const byName = Map.groupBy(employers, (one) => comparedName(one.name));
  return (attendance) => byName.get(attendance.typed) ?? [];
};

export type OccupationChoice = {
  /** What may be chosen. */
  readonly choices: readonly string[];
  /** What follows without a person's choice: the only occupation of the employer in the event's routes. */
  readonly settled: readonly string[];
};

/**
 * For which of an employer's occupations an attendance can be evidence: those in the routes of the event. Where that
 * leaves none, because the event has no routes or an occupation's is not known, all of them are open to choice.
 */
export const occupationChoice = (
  event: Attendance['event'],
  employer: Pick<Employer, 'occupations'>,
  routeOf: (occupation: string) => string | null,
): OccupationChoice => {
  const within = employer.occupations.filter((one) => event.routes.includes(routeOf(one) ?? ''));
  if (within.length === 0) return { choices: employer.occupations, settled: [] };
  return { choices: within, settled: within.length === 1 ? within : [] };
};
