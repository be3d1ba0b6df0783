import type { KsbKind, OccupationalStandard } from '#cap/standards';
import { byKsbCode } from './normal-form.ts';
import {
  type Claim,
  type Coverage,
  claimId,
  type Qualification,
  type SetAside,
  type Unit,
} from './qualification-file.ts';
import { instructionsSheet } from './workbook-instructions.ts';
import {
  type Cell,
  columns,
  exceptionWords,
  folded,
  guaranteeWords,
  joinList,
  licenceLine,
  markWords,
  otherSheets,
  outcomeHeading,
  qualificationFields,
  ruleKinds,
  sheetNames,
} from './workbook-layout.ts';
import { ruleRows, structureRows } from './workbook-rules.ts';
import { type ChoiceList, columnAt, headingRow, type LaidOutSheet, layOut, type RowOf } from './workbook-sheet.ts';

/** What a workbook is laid out from: a qualification, or a template's beginnings of one. */
export type WorkbookContent = Partial<
  Pick<Qualification, 'title' | 'awardingOrganisation' | 'level' | 'guarantee' | 'rules'>
> &
  Pick<Qualification, 'occupations' | 'units'>;

/** Rows that are ready to be filled in below those that are there; more can be typed below them. */
const ready = { units: 40, rules: 25, claims: 5, exceptions: 25, outcomes: 60 } as const;
/** Columns without a heading yet, for units that are still to come. */
const readyUnitColumns = (units: number): number => (units === 0 ? 30 : 5);

const kindWords: Readonly<Record<KsbKind, string>> = { knowledge: 'Knowledge', skill: 'Skill', behaviour: 'Behaviour' };

/** A heading that is a unit's code, unless the grid has a column of its own of that name. */
const unitHeading = (code: string): string => {
  const own = Object.values(columns.mapping).flatMap((column) => [
    column.heading,
    ...('also' in column ? column.also : []),
  ]);
  return own.some((heading) => folded(heading) === folded(code)) ? `Unit ${code}` : code;
};

/**
 * Lays out the workbook of a qualification, ready to be filled in further.
 *
 * @param standards those that are claimed; a claim on another gets rows only for the KSBs that are spoken of.
 */
export const workbookOf = (
  content: WorkbookContent,
  standards: readonly OccupationalStandard[],
): readonly LaidOutSheet[] => {
  const references = [...new Set(content.occupations.map((claim) => claim.standard))];
  const standardOf = (claim: Claim) =>
    standards.find((one) => one.reference === claim.standard && one.version === claim.version);
  const placements = structureRows(content);
  const rules = ruleRows(content);
  const lists = listsOf(content, standardOf, placements.groups, placements.pathways);
  const unitCodes: ChoiceList['from'] = {
    kind: 'cells',
    sheet: sheetNames.structure,
    column: columnAt('structure', 'code'),
    first: headingRow + 1,
    last: headingRow + placements.rows.length + ready.units,
  };

  const grids = references.map((reference) => {
    const claims = content.occupations.filter((claim) => claim.standard === reference);
    return gridSheet(reference, claims, claims[0] ? standardOf(claims[0]) : undefined, content.units, unitCodes);
  });
  return [
    instructionsSheet(),
    qualificationSheet(content),
    occupationsSheet(content, standardOf, lists),
    layOut({
      kind: 'structure',
      title: 'Structure: the units, and where each stands',
      note: 'One row a unit. Group: Mandatory, or the name of the group it is chosen from. Pathway: only for units that one pathway has.',
      rows: placements.rows,
      frozenColumns: 1,
      readyRows: ready.units,
      choices: [
        choiceIn('structure', 'group', placements.rows.length + ready.units, lists.from('groups'), false),
        ...(placements.pathways.length > 0
          ? [choiceIn('structure', 'pathway', placements.rows.length + ready.units, lists.from('pathways'), false)]
          : []),
      ],
    }),
    layOut({
      kind: 'rules',
      title: 'Rules: what a learner may combine',
      note: 'One row a rule. Fill only the cells that its kind needs; the sheet Read me says which.',
      rows: rules,
      frozenColumns: 1,
      readyRows: ready.rules,
      choices: [
        choiceIn('rules', 'rule', rules.length + ready.rules, lists.from('rules'), true),
        choiceIn('rules', 'group', rules.length + ready.rules, lists.from('groups'), false),
      ],
    }),
    ...grids,
    exceptionsSheet(content, lists),
    outcomesSheet(content, references, unitCodes),
    lists.sheet,
  ];
};

const choiceIn = <Kind extends keyof typeof columns>(
  kind: Kind,
  key: keyof (typeof columns)[Kind] & string,
  rows: number,
  from: ChoiceList['from'],
  only: boolean,
): ChoiceList => ({
  firstRow: headingRow + 1,
  lastRow: headingRow + rows,
  firstColumn: columnAt(kind, key),
  lastColumn: columnAt(kind, key),
  from,
  only,
});

const qualificationSheet = (content: WorkbookContent): LaidOutSheet => {
  const values: Readonly<Record<(typeof qualificationFields)[number]['key'], Cell>> = {
    title: content.title ?? null,
    awardingOrganisation: content.awardingOrganisation ?? null,
    level: content.level ?? null,
    guarantee: content.guarantee ? guaranteeWords[content.guarantee] : null,
  };
  const choice = (key: keyof typeof values, options: readonly string[]): ChoiceList => {
    const row = headingRow + 1 + qualificationFields.findIndex((field) => field.key === key);
    const column = columnAt('qualification', 'value');
    return {
      firstRow: row,
      lastRow: row,
      firstColumn: column,
      lastColumn: column,
      from: { kind: 'values', values: options },
      only: true,
    };
  };
  const sheet = layOut({
    kind: 'qualification',
    title: 'The qualification',
    note: 'Fill in the second column.',
    rows: qualificationFields.map(({ key, label, help }) => ({ field: label, value: values[key], help })),
    frozenColumns: 0,
    readyRows: 0,
    choices: [choice('level', ['4', '5']), choice('guarantee', Object.values(guaranteeWords))],
  });
  return {
    ...sheet,
    looks: sheet.looks.map((looks, row) => (row < headingRow ? looks : ['fixed', 'plain', 'fixed'])),
  };
};

type StandardOf = (claim: Claim) => OccupationalStandard | undefined;
type Lists = {
  readonly sheet: LaidOutSheet;
  /** The list of this name; `options 0` for the options of the first claim's standard. */
  readonly from: (name: string) => ChoiceList['from'];
  readonly has: (name: string) => boolean;
};

/** Values to choose from stand on a sheet of their own: within a cell a list ends at 255 characters and at a comma. */
const listsOf = (
  content: WorkbookContent,
  standardOf: StandardOf,
  groups: readonly string[],
  pathways: readonly string[],
): Lists => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['rules', Object.values(ruleKinds).map((kind) => kind.word)],
    ['groups', groups],
    ['pathways', pathways],
    ['claims', content.occupations.map(claimId)],
    ...content.occupations.map((claim, index): readonly [string, readonly string[]] => [
      `options ${index}`,
      standardOf(claim)?.options.map((option) => option.title) ?? [],
    ]),
  ];
  const height = Math.max(...lists.map(([, values]) => values.length));
  const sheet: LaidOutSheet = {
    name: otherSheets.lists,
    rows: [
      lists.map(([name]) => name),
      ...Array.from({ length: height }, (_, row) => lists.map(([, values]) => values[row] ?? null)),
    ],
    looks: [lists.map(() => 'header' as const)],
    columns: lists.map(() => ({ width: 30, asText: true })),
    frozen: { rows: 1, columns: 0 },
    choices: [],
    readyRows: 0,
    hidden: true,
  };
  const at = (name: string) => lists.findIndex(([one]) => one === name);
  return {
    sheet,
    has: (name) => (lists[at(name)]?.[1].length ?? 0) > 0,
    from: (name) => ({
      kind: 'cells',
      sheet: otherSheets.lists,
      column: at(name) + 1,
      first: 2,
      last: 1 + Math.max(1, lists[at(name)]?.[1].length ?? 0),
    }),
  };
};

const occupationsSheet = (content: WorkbookContent, standardOf: StandardOf, lists: Lists): LaidOutSheet =>
  layOut({
    kind: 'occupations',
    title: 'The occupations that are claimed',
    note: 'One row a claim. Each is to be met in full.',
    rows: content.occupations.map((claim) => ({
      standard: claim.standard,
      version: claim.version,
      option: claim.option ?? null,
      name: claim.id === claim.standard ? null : (claim.id ?? null),
      title: standardOf(claim)?.title ?? null,
    })),
    frozenColumns: 1,
    readyRows: ready.claims,
    choices: content.occupations.flatMap((claim, index): readonly ChoiceList[] => {
      if (!lists.has(`options ${index}`)) return [];
      const row = headingRow + 1 + index;
      const column = columnAt('occupations', 'option');
      return [
        {
          firstRow: row,
          lastRow: row,
          firstColumn: column,
          lastColumn: column,
          from: lists.from(`options ${index}`),
          only: false,
          hint: `${claim.standard} has options: choose the one that is claimed. Left empty, only the core is.`,
        },
      ];
    }),
  });

const marksOf = (unit: Unit, reference: string): ReadonlyMap<string, string> =>
  new Map([
    ...(unit.partly?.[reference] ?? []).map((code): [string, string] => [code, markWords.partly]),
    ...(unit.covers?.[reference] ?? []).map((code): [string, string] => [code, markWords.covers]),
  ]);

const gridSheet = (
  reference: string,
  claims: readonly Claim[],
  standard: OccupationalStandard | undefined,
  units: readonly Unit[],
  unitCodes: ChoiceList['from'],
): LaidOutSheet => {
  const marks = units.map((unit) => marksOf(unit, reference));
  const known = new Set(standard?.ksbs.map((ksb) => ksb.code));
  const spokenOf = [...new Set(marks.flatMap((one) => [...one.keys()]))]
    .filter((code) => !known.has(code))
    .toSorted(byKsbCode);
  const withOptions = (standard?.options.length ?? 0) > 0;
  const scope = (core: boolean, options: readonly string[]) =>
    [
      ...(core ? ['Core'] : []),
      ...(standard?.options.filter((option) => options.includes(option.id)).map((option) => option.title) ?? []),
    ].join('; ');
  const rows: readonly RowOf<'mapping'>[] = [
    ...(standard?.ksbs ?? []).map((ksb) => ({
      standard: reference,
      ksb: ksb.code,
      kind: kindWords[ksb.kind],
      scope: scope(ksb.core, ksb.options),
      wording: ksb.text,
    })),
    ...spokenOf.map((code) => ({ standard: reference, ksb: code })),
  ];
  const left = withOptions ? [] : (['scope'] as const);
  const readyColumns = readyUnitColumns(units.length);
  const firstUnit = Object.keys(columns.mapping).length - left.length + 1;
  const lastUnit = firstUnit + units.length + readyColumns - 1;
  const unitsByRows = (firstRow: number, lastRow: number) => ({
    firstRow,
    lastRow,
    firstColumn: firstUnit,
    lastColumn: lastUnit,
  });
  const sheet = layOut({
    kind: 'mapping',
    name: `${sheetNames.mapping} ${reference}`,
    title: `Which unit covers what: ${[reference, standard?.title].filter(Boolean).join(' ')}, version ${claims[0]?.version ?? ''}`,
    note: licenceLine,
    rows,
    left,
    more: {
      headings: units.map((unit) => unitHeading(unit.code)),
      cells: rows.map((row) => marks.map((one) => one.get(String(row.ksb)) ?? null)),
      width: 9,
      ready: readyColumns,
    },
    frozenColumns: firstUnit - 1,
    readyRows: 0,
    choices: [
      {
        ...unitsByRows(headingRow, headingRow),
        from: unitCodes,
        only: false,
        hint: 'The code of a unit of the Structure sheet.',
      },
      {
        ...unitsByRows(headingRow + 1, headingRow + Math.max(1, rows.length)),
        from: { kind: 'values', values: [markWords.covers, markWords.partly] },
        only: true,
      },
    ],
  });
  // The standard's own words and codes are there to be read, not to be filled in.
  const looks = sheet.looks.map((one, row) => (row < headingRow ? one : one.map(() => 'fixed' as const)));
  return { ...sheet, looks };
};

const exceptionsSheet = (content: WorkbookContent, lists: Lists): LaidOutSheet => {
  const row = (claim: Claim, exception: keyof typeof exceptionWords, one: SetAside): RowOf<'exceptions'> => ({
    claim: claimId(claim),
    ksb: one.ksb,
    exception: exceptionWords[exception],
    reason: one.reason,
    acceptedBy: one.acceptedBy ?? null,
  });
  const rows = content.occupations.flatMap((claim) => [
    ...(claim.exclude ?? []).map((one) => row(claim, 'exclude', one)),
    ...(claim.partly ?? []).map((one) => row(claim, 'partly', one)),
  ]);
  const height = rows.length + ready.exceptions;
  return layOut({
    kind: 'exceptions',
    title: 'Exceptions: KSBs that are not required, or of which part is enough',
    note: 'Each reason is shown wherever the result is shown.',
    rows,
    frozenColumns: 2,
    readyRows: ready.exceptions,
    choices: [
      choiceIn('exceptions', 'claim', height, lists.from('claims'), false),
      choiceIn('exceptions', 'exception', height, { kind: 'values', values: Object.values(exceptionWords) }, true),
    ],
  });
};

const outcomesSheet = (
  content: WorkbookContent,
  references: readonly string[],
  unitCodes: ChoiceList['from'],
): LaidOutSheet => {
  const cell = (coverage: Coverage | undefined, reference: string): Cell =>
    joinList(coverage?.[reference] ?? []) || null;
  const outcomes = content.units.flatMap((unit) => (unit.outcomes ?? []).map((outcome) => ({ unit, outcome })));
  return layOut({
    kind: 'outcomes',
    title: 'Learning outcomes, and the KSBs that each covers',
    note: 'Need not be filled in. Codes of KSBs are divided by commas: K1, K4, S2.',
    rows: outcomes.map(({ unit, outcome }) => ({ unit: unit.code, code: outcome.code, text: outcome.text })),
    more: {
      headings: references.flatMap((one) => [outcomeHeading(one, 'covers'), outcomeHeading(one, 'partly')]),
      cells: outcomes.map(({ outcome }) =>
        references.flatMap((one) => [cell(outcome.covers, one), cell(outcome.partly, one)]),
      ),
      width: 24,
      ready: 0,
    },
    frozenColumns: 2,
    readyRows: ready.outcomes,
    choices: [choiceIn('outcomes', 'unit', outcomes.length + ready.outcomes, unitCodes, false)],
  });
};
