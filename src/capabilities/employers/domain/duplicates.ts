import type { Employer, EmployerText } from './employer.ts';
import { comparedName, employerKey } from './employer-name.ts';

/** A record that may be of the same employer; `same`: of this name in this town, of which there is one alone. */
export type Duplicate = { readonly employer: Employer; readonly kind: 'same' | 'number' | 'name' | 'similar' };

const startsWith = (long: string, short: string): boolean => long.startsWith(`${short} `);

/**
 * Records that may be of the employer that someone is about to write down: the same name and town, the same company number, the
 * same name elsewhere, or a name that begins with the other.
 *
 * @param except the record that is being changed.
 */
export const duplicatesOf = (
  all: readonly Employer[],
  text: Pick<EmployerText, 'name' | 'town' | 'companyNumber'>,
  except: string | null,
): readonly Duplicate[] => {
  const key = employerKey(text);
  const name = comparedName(text.name);
  if (name === '') return [];
  return all.flatMap((employer): readonly Duplicate[] => {
    if (employer.id === except) return [];
    if (employerKey(employer) === key) return [{ employer, kind: 'same' }];
    if (text.companyNumber !== null && employer.companyNumber === text.companyNumber)
      return [{ employer, kind: 'number' }];
    const other = comparedName(employer.name);
    if (other === name) return [{ employer, kind: 'name' }];
    return startsWith(other, name) || startsWith(name, other) ? [{ employer, kind: 'similar' }] : [];
  });
};
