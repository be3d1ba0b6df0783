import { type Placement, type Structure, unitCode } from './structure-from-workbook.ts';
import {
  columns,
  folded,
  type RuleColumn,
  type RuleKind,
  ruleKinds,
  sheetNames,
  splitList,
} from './workbook-layout.ts';
import { findName, numberField, type Reading } from './workbook-reading.ts';
import { isNumberLabel } from './workbook-rules.ts';
import type { Table, TableRow } from './workbook-tables.ts';

type Raw = Record<string, unknown>;
/** A group and the row that sets its limits. */
type Group = { readonly label: string; readonly row: TableRow; readonly scope: string };

const kindOf = (word: string): RuleKind | undefined =>
  (Object.keys(ruleKinds) as RuleKind[]).find((kind) => folded(ruleKinds[kind].word) === folded(word));

/**
 * Reads the rules: limits from the Rules sheet, and from the Structure sheet which units they speak of.
 *
 * @returns `undefined` where every unit is mandatory and nothing else is said.
 */
export const readRules = (reading: Reading, table: Table | undefined, structure: Structure): Raw | undefined => {
  const rows = (table?.rows ?? []).flatMap((row) => {
    const kind = kindOf(row.text('rule'));
    if (kind) return unusedCells(reading, row, kind) ? [{ row, kind }] : [];
    reading.problems.push({
      place: row.place('rule'),
      message: `${row.text('rule') === '' ? 'this row does not say what kind of rule it is' : `found "${row.text('rule')}"`}: expected ${kindWords}`,
    });
    return [];
  });
  const of = (kind: RuleKind) => rows.filter((one) => one.kind === kind).map((one) => one.row);

  const pathways = of('pathway').map((row) => ({ name: row.text('pathway'), row }));
  const names = pathways.map((pathway) => pathway.name);
  const scopeOf = (given: string) => (given === '' ? '' : findName(names, given));
  const groups = of('choose').flatMap((row): readonly Group[] => {
    const scope = scopeOf(row.text('pathway'));
    if (row.text('group') === '') {
      reading.problems.push({
        place: row.place('group'),
        message: `a rule of this kind names a group of the ${sheetNames.structure} sheet`,
      });
      return [];
    }
    if (scope === undefined) {
      reading.problems.push({ place: row.place('pathway'), message: noPathway(row.text('pathway')) });
      return [];
    }
    return [{ label: row.text('group'), row, scope }];
  });
  const placed = structure.placements.map((placement) => ({ placement, scope: scopeOf(placement.pathway) }));
  for (const { placement, scope } of placed)
    if (scope === undefined)
      reading.problems.push({ place: placement.pathwayPlace, message: noPathway(placement.pathway) });
  const groupOf = (scope: string, label: string) => {
    const inScope = groups.filter((group) => group.scope === scope);
    const name = findName(
      inScope.map((group) => group.label),
      label,
    );
    return inScope.find((group) => group.label === name);
  };
  for (const { placement, scope } of placed)
    if (scope !== undefined && placement.group.kind === 'group' && !groupOf(scope, placement.group.label))
      reading.problems.push({
        place: placement.place,
        message: `no group${scope === '' ? '' : ` of the pathway "${scope}"`} is called "${placement.group.label}": give it a row "${ruleKinds.choose.word}" on the ${sheetNames.rules} sheet`,
      });

  const scopeRules = (scope: string, path: string): Raw => {
    const here = placed.filter((one) => one.scope === scope).map((one) => one.placement);
    const list = (placements: readonly Placement[], at: string) =>
      placements.map((placement, index) => {
        reading.places.set(`${at}[${index}]`, placement.place);
        return placement.unit;
      });
    const mandatory = list(
      here.filter((one) => one.group.kind === 'mandatory'),
      `${path}.mandatory`,
    );
    const choose: Raw[] = [];
    for (const group of groups.filter((one) => one.scope === scope)) {
      const at = `${path}.choose[${choose.length}]`;
      const members = here.filter((one) => one.group.kind === 'group' && groupOf(scope, one.group.label) === group);
      const units = boundsOf(reading, group.row, `${at}.units`, 'Units');
      const credits = boundsOf(reading, group.row, `${at}.credits`, 'Credits');
      if (members.length === 0) {
        const message = `no unit on the ${sheetNames.structure} sheet is in the group "${group.label}"`;
        // A group without limits is a template's beginning; with limits it is a rule that somebody counts on.
        if (units || credits) reading.problems.push({ place: group.row.place('group'), message });
        else reading.notes.push({ place: group.row.place('group'), message: `${message}: the row was left out` });
        continue;
      }
      reading.places.set(at, group.row.place('group'));
      reading.places.set(`${at}.from`, group.row.place('group'));
      const title = group.row.text('groupTitle');
      const name = title !== '' ? title : isNumberLabel(group.label) ? '' : group.label;
      choose.push({
        ...(name === '' ? {} : { name }),
        from: list(members, `${at}.from`),
        ...(units ? { units } : {}),
        ...(credits ? { credits } : {}),
      });
    }
    return { ...(mandatory.length > 0 ? { mandatory } : {}), ...(choose.length > 0 ? { choose } : {}) };
  };

  const rules: Raw = {
    ...scopeRules('', 'rules'),
    ...(pathways.length === 0
      ? {}
      : {
          pathways: pathways.map(({ name, row }, index) => {
            const path = `rules.pathways[${index}]`;
            reading.places.set(path, row.place('pathway'));
            const repeated = names.indexOf(name) !== index;
            return {
              ...(name === '' ? {} : { name }),
              ...(repeated ? {} : scopeRules(name === '' ? '\u0000' : name, path)),
              ...codesField(reading, row, 'occupations', `${path}.occupations`, (code) => code),
            };
          }),
        }),
    ...otherRules(reading, of, (code) => unitCode(structure, code)),
  };
  const everyUnit = new Set(structure.units.map((unit) => unit.code));
  const mandatory: unknown = rules.mandatory;
  if (Object.keys(rules).length === 0 && structure.units.length === 0) return undefined;
  const onlyMandatory =
    Object.keys(rules).every((key) => key === 'mandatory') &&
    Array.isArray(mandatory) &&
    mandatory.length === structure.units.length &&
    everyUnit.isSubsetOf(new Set(mandatory));
  return onlyMandatory ? undefined : rules;
};

const otherRules = (
  reading: Reading,
  of: (kind: RuleKind) => readonly TableRow[],
  asUnit: (code: string) => string,
): Raw => {
  const [total, ...more] = of('credits');
  for (const row of more)
    reading.problems.push({
      place: row.place('rule'),
      message: `there is a row "${ruleKinds.credits.word}" already: expected one`,
    });
  const credits = total ? boundsOf(reading, total, 'rules.credits', 'Credits') : undefined;
  const levels = of('level').map((row, index) => {
    const path = `rules.levels[${index}]`;
    reading.places.set(path, row.place('rule'));
    return {
      ...numberField(reading, row, 'level', `${path}.level`),
      credits: boundsOf(reading, row, `${path}.credits`, 'Credits') ?? {},
    };
  });
  const barred = of('barred').map((row, index) => {
    const path = `rules.barred[${index}]`;
    reading.places.set(path, row.place('units'));
    return splitList(row.text('units')).map(asUnit);
  });
  const requires: Raw[] = [];
  for (const row of of('requires')) {
    const units = splitList(row.text('units'));
    // Several units that need the same are several rules.
    for (const unit of units.length > 0 ? units : [undefined]) {
      const path = `rules.requires[${requires.length}]`;
      reading.places.set(path, row.place('rule'));
      reading.places.set(`${path}.unit`, row.place('units'));
      reading.places.set(`${path}.needs`, row.place('needs'));
      requires.push({
        ...(unit === undefined ? {} : { unit: asUnit(unit) }),
        needs: splitList(row.text('needs')).map(asUnit),
      });
    }
  }
  return {
    ...(credits ? { credits } : {}),
    ...(levels.length > 0 ? { levels } : {}),
    ...(barred.length > 0 ? { barred } : {}),
    ...(requires.length > 0 ? { requires } : {}),
  };
};

const boundsOf = (reading: Reading, row: TableRow, path: string, what: 'Units' | 'Credits'): Raw | undefined => {
  const min = numberField(reading, row, `fewest${what}`, `${path}.min`);
  const max = numberField(reading, row, `most${what}`, `${path}.max`);
  reading.places.set(path, row.place(`fewest${what}`));
  return Object.keys({ ...min, ...max }).length === 0 ? undefined : { ...min, ...max };
};

const codesField = (
  reading: Reading,
  row: TableRow,
  column: RuleColumn,
  path: string,
  as: (code: string) => string,
): Raw => {
  reading.places.set(path, row.place(column));
  const codes = splitList(row.text(column)).map(as);
  return codes.length === 0 ? {} : { [column]: codes };
};

const noPathway = (given: string): string =>
  `no pathway is called "${given}": give it a row "${ruleKinds.pathway.word}" on the ${sheetNames.rules} sheet`;

const kindWords = Object.values(ruleKinds)
  .map((kind) => kind.word)
  .join(', ');

/**
 * A cell that a kind of rule has no use for is an error: whoever filled it means a rule that would not hold. A kind
 * alone, without anything in its cells, is a row still to be filled.
 *
 * @returns whether the row says anything.
 */
const unusedCells = (reading: Reading, row: TableRow, kind: RuleKind): boolean => {
  const takes: readonly string[] = ruleKinds[kind].takes;
  const filled = Object.keys(columns.rules).filter((key) => key !== 'rule' && row.text(key) !== '');
  for (const key of filled)
    if (!takes.includes(key))
      reading.problems.push({
        place: row.place(key),
        message: `a rule "${ruleKinds[kind].word}" has no ${columns.rules[key as RuleColumn].heading.toLowerCase()}: leave this cell empty, or make it a rule of another kind`,
      });
  return filled.some((key) => takes.includes(key));
};
