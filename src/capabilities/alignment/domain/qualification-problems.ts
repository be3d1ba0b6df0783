import type { Problem } from '#kernel/problem.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { claimProblems, coverageProblems } from './claim-problems.ts';
import type { KnownStandards } from './known-standards.ts';
import { field, list, textOf } from './loose-reading.ts';
import { type Offer, offerShape, type Qualification, qualificationShape } from './qualification-file.ts';
import { codeListProblems, ruleProblems, unknownCode } from './rule-problems.ts';
import { inFileOrder, type PlacedProblem, shapeProblems } from './shape-problems.ts';

/**
 * Reads a qualification file.
 *
 * @param raw parsed JSON.
 * @returns the qualification, or everything that is wrong with it: shape and meaning together, in the file's order.
 */
export const readQualification = (
  raw: unknown,
  standards: KnownStandards,
): Result<Qualification, readonly Problem[]> => {
  const shape = qualificationShape.safeParse(raw);
  const units = unitProblems(raw);
  const problems: readonly PlacedProblem[] = [
    ...(shape.success ? [] : shapeProblems(shape.error.issues, raw)),
    ...claimProblems(raw, standards),
    ...units.problems,
    ...coverageProblems(raw, standards),
    ...ruleProblems(raw, units.codes),
  ];
  return shape.success && problems.length === 0 ? ok(shape.data) : refused(inFileOrder(problems, raw));
};

const unitProblems = (
  raw: unknown,
): { readonly codes: ReadonlySet<string>; readonly problems: readonly PlacedProblem[] } => {
  const units = field(raw, 'units');
  const problems: PlacedProblem[] = [];
  const codes = new Set<string>();
  if (Array.isArray(units) && units.length === 0) problems.push({ path: ['units'], message: 'the list is empty' });
  list(units).forEach((unit, index) => {
    const code = textOf(field(unit, 'code'));
    if (code !== undefined) {
      if (codes.has(code))
        problems.push({ path: ['units', index, 'code'], message: `another unit has the code "${code}" already` });
      codes.add(code);
    }
    for (const key of ['credits', 'glh'] as const) {
      const given = field(unit, key);
      if (typeof given === 'number' && given < 0)
        problems.push({ path: ['units', index, key], message: `found ${given}, expected 0 or more` });
    }
  });
  return { codes, problems };
};

/**
 * Reads an offer against the qualification it narrows.
 *
 * @returns the offer, or everything that is wrong with it.
 */
export const readOffer = (raw: unknown, qualification: Qualification): Result<Offer, readonly Problem[]> => {
  const shape = offerShape.safeParse(raw);
  const codes = new Set(qualification.units.map((unit) => unit.code));
  const pathways = qualification.rules?.pathways ?? [];
  const names = new Set(pathways.map((pathway) => pathway.name));
  const problems: PlacedProblem[] = shape.success ? [] : [...shapeProblems(shape.error.issues, raw)];

  problems.push(...codeListProblems(field(raw, 'units'), ['units'], codes));
  const listedPathways = field(raw, 'pathways');
  if (Array.isArray(listedPathways)) {
    if (listedPathways.length === 0)
      problems.push({ path: ['pathways'], message: 'no pathway is listed: at least one must run' });
    const seen = new Set<string>();
    listedPathways.forEach((given, index) => {
      const name = textOf(given);
      if (name === undefined) return;
      if (!names.has(name)) problems.push({ path: ['pathways', index], message: unknownCode(name, 'pathway', names) });
      else if (seen.has(name)) problems.push({ path: ['pathways', index], message: `"${name}" is listed twice` });
      seen.add(name);
    });
  }
  if (shape.success) {
    const offer = shape.data;
    const listed = new Set(offer.units);
    const running = pathways.filter((pathway) => !offer.pathways || offer.pathways.includes(pathway.name));
    const mandatory = qualification.rules
      ? [...(qualification.rules.mandatory ?? []), ...running.flatMap((pathway) => pathway.mandatory ?? [])]
      : [...codes];
    for (const code of new Set(mandatory))
      if (!listed.has(code))
        problems.push({ path: ['units'], message: `"${code}" is mandatory, and the offer does not list it` });
  }
  return shape.success && problems.length === 0 ? ok(shape.data) : refused(inFileOrder(problems, raw));
};
