import { field, list, numberOf, textOf } from './loose-reading.ts';
import { nearest } from './nearest.ts';
import { claimId } from './qualification-file.ts';
import type { PlacedProblem } from './shape-problems.ts';

export const unknownCode = (code: string, what: string, known: Iterable<string>): string => {
  const near = nearest(code, known);
  return `no ${what} is called "${code}"${near ? `; did you mean "${near}"?` : ''}`;
};

/** A list of unit codes: each known, none twice, and not empty unless that is said. */
export const codeListProblems = (
  value: unknown,
  path: readonly PropertyKey[],
  units: ReadonlySet<string>,
  mayBeEmpty = false,
): readonly PlacedProblem[] => {
  if (!Array.isArray(value)) return [];
  if (value.length === 0) return mayBeEmpty ? [] : [{ path, message: 'the list is empty' }];
  const seen = new Set<string>();
  return value.flatMap((given, index): readonly PlacedProblem[] => {
    const code = textOf(given);
    if (code === undefined) return [];
    const at = [...path, index];
    if (!units.has(code)) return [{ path: at, message: unknownCode(code, 'unit', units) }];
    if (seen.has(code)) return [{ path: at, message: `"${code}" is listed twice` }];
    seen.add(code);
    return [];
  });
};

const boundsProblems = (value: unknown, path: readonly PropertyKey[]): readonly PlacedProblem[] => {
  const min = numberOf(field(value, 'min'));
  const max = numberOf(field(value, 'max'));
  const problems: PlacedProblem[] = [];
  if (min !== undefined && min < 0)
    problems.push({ path: [...path, 'min'], message: `found ${min}, expected 0 or more` });
  if (max !== undefined && max < 0)
    problems.push({ path: [...path, 'max'], message: `found ${max}, expected 0 or more` });
  if (min !== undefined && max !== undefined && min > max)
    problems.push({ path: [...path, 'min'], message: `the least, ${min}, is more than the most, ${max}` });
  return problems;
};

/** Where each unit of a scope stands; a unit that stands in two places of one scope is a problem at the second. */
type Places = Map<string, string>;

const scopeProblems = (scope: unknown, path: readonly PropertyKey[], units: ReadonlySet<string>, places: Places) => {
  const problems: PlacedProblem[] = [];
  const stand = (codes: unknown, at: readonly PropertyKey[], place: string) => {
    const here = new Set<string>();
    list(codes).forEach((given, index) => {
      const code = textOf(given);
      if (code === undefined || !units.has(code) || here.has(code)) return;
      here.add(code);
      const other = places.get(code);
      if (other !== undefined)
        problems.push({ path: [...at, index], message: `"${code}" stands ${other} already: a unit has one place` });
      else places.set(code, place);
    });
  };
  const mandatory = field(scope, 'mandatory');
  problems.push(...codeListProblems(mandatory, [...path, 'mandatory'], units, true));
  stand(mandatory, [...path, 'mandatory'], 'among the mandatory units');
  list(field(scope, 'choose')).forEach((choice, index) => {
    const at = [...path, 'choose', index];
    const from = field(choice, 'from');
    problems.push(...codeListProblems(from, [...at, 'from'], units));
    stand(
      from,
      [...at, 'from'],
      `in the group ${textOf(field(choice, 'name')) ? `"${textOf(field(choice, 'name'))}"` : `at ${path.length > 1 ? 'this pathway’s ' : ''}choose[${index}]`}`,
    );
    for (const key of ['units', 'credits'] as const) problems.push(...boundsProblems(field(choice, key), [...at, key]));
  });
  return problems;
};

/** Everything that can be wrong with the rules, given the units' codes. */
export const ruleProblems = (raw: unknown, units: ReadonlySet<string>): readonly PlacedProblem[] => {
  const rules = field(raw, 'rules');
  const problems: PlacedProblem[] = [];
  const top: Places = new Map();
  problems.push(...scopeProblems(rules, ['rules'], units, top));
  problems.push(...pathwayProblems(raw, rules, units, top));
  problems.push(...boundsProblems(field(rules, 'credits'), ['rules', 'credits']));
  list(field(rules, 'levels')).forEach((level, index) => {
    problems.push(...boundsProblems(field(level, 'credits'), ['rules', 'levels', index, 'credits']));
  });
  list(field(rules, 'barred')).forEach((codes, index) => {
    problems.push(...codeListProblems(codes, ['rules', 'barred', index], units));
  });
  list(field(rules, 'requires')).forEach((rule, index) => {
    const unit = textOf(field(rule, 'unit'));
    if (unit !== undefined && !units.has(unit))
      problems.push({ path: ['rules', 'requires', index, 'unit'], message: unknownCode(unit, 'unit', units) });
    problems.push(...codeListProblems(field(rule, 'needs'), ['rules', 'requires', index, 'needs'], units));
  });
  return problems;
};

const pathwayProblems = (
  raw: unknown,
  rules: unknown,
  units: ReadonlySet<string>,
  top: Places,
): readonly PlacedProblem[] => {
  const pathways = field(rules, 'pathways');
  if (!Array.isArray(pathways)) return [];
  if (pathways.length === 0) return [{ path: ['rules', 'pathways'], message: 'the list is empty' }];
  const claims = list(field(raw, 'occupations'));
  const ids = claims.map((claim) => {
    const standard = textOf(field(claim, 'standard'));
    return standard === undefined ? undefined : claimId({ id: textOf(field(claim, 'id')), standard });
  });
  const answered = new Set<string>();
  const names = new Set<string>();
  const problems: PlacedProblem[] = [];
  pathways.forEach((pathway, index) => {
    const path = ['rules', 'pathways', index] as const;
    const name = textOf(field(pathway, 'name'));
    if (name !== undefined && names.has(name))
      problems.push({ path: [...path, 'name'], message: `another pathway is called "${name}" already` });
    if (name !== undefined) names.add(name);
    problems.push(...scopeProblems(pathway, path, units, new Map(top)));
    const occupations = field(pathway, 'occupations');
    if (!Array.isArray(occupations)) for (const id of ids) answered.add(id ?? '');
    else if (occupations.length === 0) problems.push({ path: [...path, 'occupations'], message: 'the list is empty' });
    const seen = new Set<string>();
    list(occupations).forEach((given, place) => {
      const id = textOf(given);
      if (id === undefined) return;
      const at = [...path, 'occupations', place];
      if (!ids.includes(id))
        problems.push({
          path: at,
          message: unknownCode(
            id,
            'claim',
            ids.filter((one) => one !== undefined),
          ),
        });
      else if (seen.has(id)) problems.push({ path: at, message: `"${id}" is listed twice` });
      seen.add(id);
      answered.add(id);
    });
  });
  ids.forEach((id, index) => {
    if (id !== undefined && !answered.has(id))
      problems.push({ path: ['occupations', index], message: `no pathway answers to the claim "${id}"` });
  });
  return problems;
};
