import type {
  Choice,
  Claim,
  Coverage,
  FileBounds,
  Outcome,
  PathwayRules,
  Qualification,
  Rules,
  SetAside,
  Unit,
} from './qualification-file.ts';

/**
 * The same qualification in the one way that a workbook can say it: what is left out by default is left out, lists
 * whose order means nothing are in the order of the units, and text has no blanks at its ends. Two files with the same
 * normal form get the same proof.
 */
export const normalForm = (qualification: Qualification): Qualification => {
  const place = new Map(qualification.units.map((unit, index) => [unit.code, index]));
  const inOrder = (codes: readonly string[]): string[] =>
    codes.toSorted((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0)).map(tidy);
  const claims = qualification.occupations.map((claim) => claim.id ?? claim.standard);
  const rules = qualification.rules ?? { mandatory: qualification.units.map((unit) => unit.code) };
  return {
    title: tidy(qualification.title),
    awardingOrganisation: tidy(qualification.awardingOrganisation),
    level: qualification.level,
    ...(qualification.guarantee === 'each' ? { guarantee: 'each' } : {}),
    occupations: qualification.occupations.map(claimForm),
    units: qualification.units.map(unitForm),
    rules: rulesForm(rules, inOrder, (ids) =>
      ids.toSorted((one, other) => claims.indexOf(one) - claims.indexOf(other)).map(tidy),
    ),
  };
};

const tidy = (text: string): string => text.replaceAll(/\r\n?/g, '\n').trim();

const filled = <Item>(key: string, list: readonly Item[] | undefined): Record<string, Item[]> =>
  list && list.length > 0 ? { [key]: [...list] } : {};

const setAsideForm = (one: SetAside): SetAside => ({
  ksb: tidy(one.ksb),
  reason: tidy(one.reason),
  ...(tidy(one.acceptedBy ?? '') ? { acceptedBy: tidy(one.acceptedBy ?? '') } : {}),
});

const claimForm = (claim: Claim): Claim => ({
  ...(claim.id !== undefined && claim.id !== claim.standard ? { id: tidy(claim.id) } : {}),
  standard: claim.standard,
  version: tidy(claim.version),
  ...(claim.option === undefined ? {} : { option: claim.option.replaceAll(/\s+/g, ' ').trim() }),
  ...filled('exclude', claim.exclude?.map(setAsideForm)),
  ...filled('partly', claim.partly?.map(setAsideForm)),
});

const kinds = 'KSB';

/** K1, K2, K10, S1, B1. */
export const byKsbCode = (one: string, other: string): number =>
  kinds.indexOf(one.charAt(0)) - kinds.indexOf(other.charAt(0)) ||
  Number(one.slice(1)) - Number(other.slice(1)) ||
  one.localeCompare(other, 'en');

const coverageForm = (coverage: Coverage | undefined, less: Coverage = {}): Coverage =>
  Object.fromEntries(
    Object.entries(coverage ?? {})
      .map(([standard, codes]): [string, string[]] => [
        standard,
        codes.filter((code) => !less[standard]?.includes(code)).toSorted(byKsbCode),
      ])
      .filter(([, codes]) => codes.length > 0)
      .toSorted(([one], [other]) => one.localeCompare(other, 'en')),
  );

const coversForm = (holder: Pick<Unit, 'covers' | 'partly'>): Pick<Unit, 'covers' | 'partly'> => {
  const covers = coverageForm(holder.covers);
  // What is covered in full is covered in part as well; saying both says no more.
  const partly = coverageForm(holder.partly, covers);
  return {
    ...(Object.keys(covers).length > 0 ? { covers } : {}),
    ...(Object.keys(partly).length > 0 ? { partly } : {}),
  };
};

const outcomeForm = (outcome: Outcome): Outcome => ({
  code: tidy(outcome.code),
  text: tidy(outcome.text),
  ...coversForm(outcome),
});

const unitForm = (unit: Unit): Unit => ({
  code: tidy(unit.code),
  title: tidy(unit.title),
  ...(unit.level === undefined ? {} : { level: unit.level }),
  ...(unit.credits ? { credits: unit.credits } : {}),
  ...(unit.glh ? { glh: unit.glh } : {}),
  ...filled('outcomes', unit.outcomes?.map(outcomeForm)),
  ...coversForm(unit),
});

const boundsForm = (key: string, bounds: FileBounds | undefined): Record<string, FileBounds> => {
  if (bounds?.min === undefined && bounds?.max === undefined) return {};
  return {
    [key]: {
      ...(bounds.min === undefined ? {} : { min: bounds.min }),
      ...(bounds.max === undefined ? {} : { max: bounds.max }),
    },
  };
};

type Sorted = (codes: readonly string[]) => string[];

const choiceForm = (choice: Choice, inOrder: Sorted): Choice => ({
  ...(choice.name !== undefined && tidy(choice.name) ? { name: tidy(choice.name) } : {}),
  from: inOrder(choice.from),
  ...boundsForm('units', choice.units),
  ...boundsForm('credits', choice.credits),
});

const scopeForm = (scope: Pick<Rules, 'mandatory' | 'choose'>, inOrder: Sorted) => ({
  ...filled('mandatory', inOrder(scope.mandatory ?? [])),
  ...filled(
    'choose',
    scope.choose?.map((choice) => choiceForm(choice, inOrder)),
  ),
});

const pathwayForm = (pathway: PathwayRules, inOrder: Sorted, byClaim: Sorted): PathwayRules => ({
  name: tidy(pathway.name),
  ...scopeForm(pathway, inOrder),
  ...(pathway.occupations ? { occupations: byClaim(pathway.occupations) } : {}),
});

const rulesForm = (rules: Rules, inOrder: Sorted, byClaim: Sorted): Rules => ({
  ...scopeForm(rules, inOrder),
  ...filled(
    'pathways',
    rules.pathways?.map((pathway) => pathwayForm(pathway, inOrder, byClaim)),
  ),
  ...boundsForm('credits', rules.credits),
  ...filled(
    'levels',
    rules.levels?.map(({ level, credits }) => ({ level, credits: boundsForm('credits', credits).credits ?? {} })),
  ),
  ...filled('barred', rules.barred?.map(inOrder)),
  ...filled(
    'requires',
    rules.requires?.map(({ unit, needs }) => ({ unit: tidy(unit), needs: inOrder(needs) })),
  ),
});
