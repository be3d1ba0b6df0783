import type { Employer, EmployerText } from './employer.ts';
import { comparedName, employerKey } from './employer-name.ts';

/** A record that may be of the same employer; `same`: of this name in this town, of which there is one alone. */
export type Duplicate = { readonly employer: Employer; readonly kind: 'same' | 'number' | 'name' | 'similar' };

type Compared = { readonly employer: Employer; readonly at: number; readonly key: string; readonly name: string };

/** "a", "a b" and "a b c" of "a b c": itself is the last. */
const beginningsOf = (name: string): readonly string[] => {
  const words = name.split(' ');
  return words.map((_, at) => words.slice(0, at + 1).join(' '));
};

/**
 * Looks for records that may be of the employer that someone is about to write down: the same name and town, the same company
 * number, the same name elsewhere, or a name that begins with the other. The names of the list are read once, for a file of thousands.
 *
 * @returns those of one text, in the order of the list; `except`: the record that is being changed.
 */
export const duplicateFinder = (
  all: readonly Employer[],
): ((text: Pick<EmployerText, 'name' | 'town' | 'companyNumber'>, except: string | null) => readonly Duplicate[]) => {
  const compared = all.map(
    (employer, at): Compared => ({ employer, at, key: employerKey(employer), name: comparedName(employer.name) }),
  );
  const byName = Map.groupBy(compared, (one) => one.name);
  const byNumber = Map.groupBy(compared, (one) => one.employer.companyNumber);
  const byBeginning = new Map<string, Compared[]>();
  for (const one of compared)
    for (const beginning of beginningsOf(one.name)) {
      const found = byBeginning.get(beginning);
      if (found) found.push(one);
      else byBeginning.set(beginning, [one]);
    }
  return (text, except) => {
    const name = comparedName(text.name);
    if (name === '') return [];
    const key = employerKey(text);
    const candidates = new Set([
      ...(byBeginning.get(name) ?? []),
      ...beginningsOf(name).flatMap((beginning) => byName.get(beginning) ?? []),
      ...(text.companyNumber === null ? [] : (byNumber.get(text.companyNumber) ?? [])),
    ]);
    return [...candidates]
      .toSorted((one, other) => one.at - other.at)
      .flatMap(({ employer, key: otherKey, name: other }): readonly Duplicate[] => {
        if (employer.id === except) return [];
        if (otherKey === key) return [{ employer, kind: 'same' }];
        if (text.companyNumber !== null && employer.companyNumber === text.companyNumber)
          return [{ employer, kind: 'number' }];
        return [{ employer, kind: other === name ? 'name' : 'similar' }];
      });
  };
};

/** Records that may be of one employer: `duplicateFinder`. */
export const duplicatesOf = (
  all: readonly Employer[],
  text: Pick<EmployerText, 'name' | 'town' | 'companyNumber'>,
  except: string | null,
): readonly Duplicate[] => duplicateFinder(all)(text, except);
