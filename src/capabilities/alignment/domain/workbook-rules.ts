import { type Choice, claimId, type FileBounds, type Qualification } from './qualification-file.ts';
import { folded, joinList, mandatoryWord, notUsedWord, ruleKinds } from './workbook-layout.ts';
import type { RowOf } from './workbook-sheet.ts';

/** The rules of a qualification as rows: where each unit stands (Structure), and what may be combined (Rules). */
type Content = Partial<Pick<Qualification, 'rules'>> & Pick<Qualification, 'occupations' | 'units'>;

type Scope = {
  readonly pathway: string | null;
  readonly mandatory: readonly string[];
  readonly choose: readonly Choice[];
};

const scopesOf = ({ rules, units }: Content): readonly Scope[] => [
  {
    pathway: null,
    mandatory: rules ? (rules.mandatory ?? []) : units.map((unit) => unit.code),
    choose: rules?.choose ?? [],
  },
  ...(rules?.pathways ?? []).map((pathway) => ({
    pathway: pathway.name,
    mandatory: pathway.mandatory ?? [],
    choose: pathway.choose ?? [],
  })),
];

/**
 * What a scope's groups are called on the sheets: by their names where those can be told apart, else by number, `(2)`.
 * A group called by number has its own name, if it has one, in the column Group title.
 */
const labelsOf = (groups: readonly Choice[]): readonly string[] => {
  const taken = new Set([folded(mandatoryWord), folded(notUsedWord)]);
  return groups.map((group, index) => {
    const name = group.name?.trim() ?? '';
    const word = folded(name);
    if (word === '' || taken.has(word) || /^\(\d+\)$/.test(word)) return `(${index + 1})`;
    taken.add(word);
    return name;
  });
};

/** A label that stands for a group without a name. */
export const isNumberLabel = (label: string): boolean => /^\(\d+\)$/.test(label.trim());

export type StructureRows = {
  readonly rows: readonly RowOf<'structure'>[];
  /** What the column Group chooses from. */
  readonly groups: readonly string[];
  readonly pathways: readonly string[];
};

export const structureRows = (content: Content): StructureRows => {
  const scopes = scopesOf(content).map((scope) => ({ ...scope, labels: labelsOf(scope.choose) }));
  const rows = content.units.flatMap((unit) => {
    const places = scopes.flatMap((scope) => [
      ...(scope.mandatory.includes(unit.code) ? [{ pathway: scope.pathway, group: mandatoryWord }] : []),
      ...scope.choose.flatMap((group, index) =>
        group.from.includes(unit.code) ? [{ pathway: scope.pathway, group: scope.labels[index] ?? '' }] : [],
      ),
    ]);
    const standing = places.length > 0 ? places : [{ pathway: null, group: notUsedWord }];
    return standing.map(
      (place): RowOf<'structure'> => ({
        code: unit.code,
        title: unit.title,
        level: unit.level ?? null,
        credits: unit.credits ?? null,
        glh: unit.glh ?? null,
        ...place,
      }),
    );
  });
  const labels = scopes.flatMap((scope) => scope.labels);
  // A template offers a group to begin with.
  const groups = content.units.length === 0 ? [templateGroup] : [...new Set(labels)];
  return {
    rows,
    groups: [mandatoryWord, ...groups, notUsedWord],
    pathways: scopes.flatMap((scope) => (scope.pathway === null ? [] : [scope.pathway])),
  };
};

/** The group that a template begins with; a group without units and limits is left out when the workbook is read. */
export const templateGroup = 'Optional';

const boundsCells = (what: 'Units' | 'Credits', bounds: FileBounds | undefined) => ({
  [`fewest${what}`]: bounds?.min ?? null,
  [`most${what}`]: bounds?.max ?? null,
});

export const ruleRows = (content: Content): readonly RowOf<'rules'>[] => {
  const { rules } = content;
  if (content.units.length === 0 && !rules) return [{ rule: ruleKinds.choose.word, group: templateGroup }];
  const choices = scopesOf(content).flatMap(({ pathway, choose }) => {
    const labels = labelsOf(choose);
    return choose.map((group, index): RowOf<'rules'> => {
      const label = labels[index] ?? '';
      return {
        rule: ruleKinds.choose.word,
        pathway,
        group: label,
        ...boundsCells('Units', group.units),
        ...boundsCells('Credits', group.credits),
        groupTitle: isNumberLabel(label) ? (group.name?.trim() ?? null) : null,
      };
    });
  });
  const claims = content.occupations.map(claimId);
  return [
    ...(rules?.pathways ?? []).map((pathway) => ({
      rule: ruleKinds.pathway.word,
      pathway: pathway.name,
      occupations: pathway.occupations
        ? joinList(pathway.occupations.toSorted((one, other) => claims.indexOf(one) - claims.indexOf(other)))
        : null,
    })),
    ...choices,
    ...(rules?.credits?.min === undefined && rules?.credits?.max === undefined
      ? []
      : [{ rule: ruleKinds.credits.word, ...boundsCells('Credits', rules.credits) }]),
    ...(rules?.levels ?? []).map(({ level, credits }) => ({
      rule: ruleKinds.level.word,
      level,
      ...boundsCells('Credits', credits),
    })),
    ...(rules?.barred ?? []).map((codes) => ({ rule: ruleKinds.barred.word, units: joinList(codes) })),
    ...(rules?.requires ?? []).map(({ unit, needs }) => ({
      rule: ruleKinds.requires.word,
      units: joinList([unit]),
      needs: joinList(needs),
    })),
  ];
};
