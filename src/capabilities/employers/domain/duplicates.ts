import type { Employer, EmployerText } from './employer.ts';
import { comparedName, employerKey } from './employer-name.ts';

/** A record that may be of the same employer; `same`: of this name in this town, of which there is one alone. */
export type Duplicate = { readonly employer: Employer; readonly kind: 'same' | 'number' | 'name' | 'similar' };

type Compared = { readonly employer: Employer; readonly at: number; readonly key: string; readonly name: string };

const startsWith = (long: string, short: string): boolean => long.startsWith(`${short} `);
const firstWord = (name: string): string => name.split(' ', 1)[0] ?? '';

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
  // Names that are the same, or of which one begins with the other, begin with the same word.
  const byFirstWord = Map.groupBy(compared, (one) => firstWord(one.name));
  const byNumber = Map.groupBy(compared, (one) => one.employer.companyNumber);
  return (text, except) => {
    const name = comparedName(text.name);
    if (name === '') return [];
    const key = employerKey(text);
    const candidates = new Set([
      ...(byFirstWord.get(firstWord(name)) ?? []),
      ...(text.companyNumber === null ? [] : (byNumber.get(text.companyNumber) ?? [])),
    ]);
    return [...candidates]
      .toSorted((one, other) => one.at - other.at)
      .flatMap(({ employer, key: otherKey, name: other }): readonly Duplicate[] => {
        if (employer.id === except) return [];
        if (otherKey === key) return [{ employer, kind: 'same' }];
        if (text.companyNumber !== null && employer.companyNumber === text.companyNumber)
          return [{ employer, kind: 'number' }];
        if (other === name) return [{ employer, kind: 'name' }];
        return startsWith(other, name) || startsWith(name, other) ? [{ employer, kind: 'similar' }] : [];
      });
  };
};

/** Records that may be of one employer: `duplicateFinder`. */
export const duplicatesOf = (
  all: readonly Employer[],
  text: Pick<EmployerText, 'name' | 'town' | 'companyNumber'>,
  except: string | null,
): readonly Duplicate[] => duplicateFinder(all)(text, except);
