import { isUnit, type Structure, unitCode } from './structure-from-workbook.ts';
import { folded, markWords, sheetNames, splitList } from './workbook-layout.ts';
import type { SheetPlace } from './workbook-places.ts';
import { noteOthers, type Reading } from './workbook-reading.ts';
import type { Table, TableRow } from './workbook-tables.ts';

type Mark = keyof typeof markWords;
/** Codes by standard, for `covers` and `partly` each. */
export type ReadCoverage = Partial<Record<Mark, Record<string, string[]>>>;

const marks = Object.keys(markWords) as readonly Mark[];

/** What people write for full and for part. A cross or a tick says neither, and is asked about. */
const markOf = (text: string): Mark | undefined => {
  const word = folded(text);
  if (word === markWords.covers || word === 'f' || word === 'fully') return 'covers';
  return word === markWords.partly || ['p', 'partly', 'partial', 'partially'].includes(word) ? 'partly' : undefined;
};

/** `K 1.` is K1. */
export const ksbCode = (text: string): string => text.toUpperCase().replaceAll(/[\s:.]+/g, '');

const addCode = (
  reading: Reading,
  coverage: ReadCoverage,
  at: { readonly path: string; readonly mark: Mark; readonly standard: string; readonly place: SheetPlace },
  code: string,
): void => {
  coverage[at.mark] ??= {};
  const byStandard = coverage[at.mark] ?? {};
  byStandard[at.standard] ??= [];
  const path = `${at.path}.${at.mark}.${at.standard}`;
  if (!reading.places.has(path)) reading.places.set(path, at.place);
  reading.places.set(`${path}[${byStandard[at.standard]?.length}]`, at.place);
  byStandard[at.standard]?.push(code);
};

/** The standard that a row of a grid speaks of: its own cell, the sheet's name, or the only one claimed. */
const standardOfRow = (row: TableRow, table: Table, claimed: readonly string[]): string => {
  const own = row.text('standard').toUpperCase();
  if (own !== '') return own;
  const named = new RegExp(`^${sheetNames.mapping}\\s+(\\S+)`, 'i').exec(table.title)?.[1]?.toUpperCase();
  return named ?? (claimed.length === 1 ? (claimed[0] ?? '') : '');
};

/**
 * Reads the grids: KSBs down, units across.
 *
 * @param claimed references of the standards that are claimed.
 * @returns what each unit covers, by the unit's place in the structure.
 */
export const readGrids = (
  reading: Reading,
  tables: readonly Table[],
  structure: Structure,
  claimed: readonly string[],
): readonly ReadCoverage[] => {
  const coverage: ReadCoverage[] = structure.units.map(() => ({}));
  for (const table of tables) {
    const columns = unitColumns(reading, table, structure);
    const rowOf = new Map<string, number>();
    for (const row of table.rows) {
      const [code, reference] = [ksbCode(row.text('ksb')), standardOfRow(row, table, claimed)];
      if (code !== '' && reference !== '') {
        const other = rowOf.get(`${reference} ${code}`);
        if (other !== undefined)
          reading.problems.push({ place: row.place('ksb'), message: `${code} stands in row ${other} already` });
        rowOf.set(`${reference} ${code}`, row.number);
        if (row.text('wording') !== '')
          reading.wordings.push({
            standard: reference,
            ksb: code,
            text: row.text('wording'),
            place: row.place('wording'),
          });
      }
      const marked = columns.filter(({ column }) => row.textAt(column) !== '');
      if (marked.length === 0) continue;
      const ksb = ksbCode(row.text('ksb'));
      const standard = standardOfRow(row, table, claimed);
      if (ksb === '' || standard === '') {
        reading.problems.push({
          place: row.place(ksb === '' ? 'ksb' : 'standard'),
          message: `the row has marks, but ${ksb === '' ? 'no code of a KSB' : 'does not say which standard it speaks of'}`,
        });
        continue;
      }
      for (const { column, unit } of marked) {
        const text = row.textAt(column);
        const mark = markOf(text);
        const place = row.placeAt(column);
        if (!mark)
          reading.problems.push({
            place,
            message: `found "${text}", expected ${markWords.covers}, ${markWords.partly} or nothing`,
          });
        else if (unit !== null)
          addCode(reading, coverage[unit] ?? {}, { path: `units[${unit}]`, mark, standard, place }, ksb);
      }
    }
  }
  return coverage;
};

type UnitColumn = { readonly column: number; readonly unit: number | null };

/** Which columns are units': headed by a unit's code, or else filled with marks, which is an error at the heading. */
const unitColumns = (reading: Reading, table: Table, structure: Structure): readonly UnitColumn[] => {
  const seen = new Set<number>();
  const columns = table.others.flatMap(({ heading, column, place }): readonly UnitColumn[] => {
    const words = table.rows.map((row) => row.textAt(column)).filter((text) => text !== '');
    const code = [heading, heading.replace(/^unit[\s:]+/i, '')]
      .map((one) => unitCode(structure, one))
      .find((one) => one !== '' && isUnit(structure, one));
    if (code === undefined) {
      if (words.length === 0 || !words.every((text) => markOf(text))) return [];
      reading.problems.push({
        place,
        message:
          heading === ''
            ? 'the column has marks, but no code of a unit at its head'
            : `the column has marks, but no unit on the ${sheetNames.structure} sheet has the code "${heading}"`,
      });
      return [{ column, unit: null }];
    }
    const unit = structure.units.findIndex((one) => one.code === code);
    if (seen.has(unit)) reading.problems.push({ place, message: `two columns are headed with the unit "${code}"` });
    seen.add(unit);
    return [{ column, unit }];
  });
  noteOthers(
    reading,
    table,
    columns.map(({ column }) => column),
  );
  return columns;
};

/** Reads the outcomes: those of each unit, by the unit's place in the structure. */
export const readOutcomes = (
  reading: Reading,
  table: Table | undefined,
  structure: Structure,
  claimed: readonly string[],
): readonly (readonly Readonly<Record<string, unknown>>[])[] => {
  const outcomes: Readonly<Record<string, unknown>>[][] = structure.units.map(() => []);
  if (!table) return outcomes;
  const lists = table.others.flatMap(({ heading, column }) => {
    const [, named, word] = /^(?:(\S+)\s+)?(\S+)$/.exec(heading.trim()) ?? [];
    const mark = marks.find((one) => markWords[one] === folded(word ?? ''));
    const standard = named?.toUpperCase() ?? (claimed.length === 1 ? claimed[0] : undefined);
    return mark && standard ? [{ column, mark, standard }] : [];
  });
  noteOthers(
    reading,
    table,
    lists.map(({ column }) => column),
  );
  for (const row of table.rows) {
    const given = row.text('unit');
    const code = unitCode(structure, given);
    const unit = structure.units.findIndex((one) => one.code === code);
    if (unit === -1 || code === '') {
      reading.problems.push({
        place: row.place('unit'),
        message:
          given === ''
            ? 'the outcome names no unit'
            : `no unit on the ${sheetNames.structure} sheet has the code "${given}"`,
      });
      continue;
    }
    const path = `units[${unit}].outcomes[${outcomes[unit]?.length ?? 0}]`;
    reading.places.set(path, row.place('code'));
    reading.places.set(`${path}.code`, row.place('code'));
    reading.places.set(`${path}.text`, row.place('text'));
    const coverage: ReadCoverage = {};
    for (const { column, mark, standard } of lists)
      for (const ksb of splitList(row.textAt(column)).flatMap((list) => list.split(/\s+/)))
        addCode(reading, coverage, { path, mark, standard, place: row.placeAt(column) }, ksbCode(ksb));
    outcomes[unit]?.push({
      ...(row.text('code') === '' ? {} : { code: row.text('code') }),
      ...(row.text('text') === '' ? {} : { text: row.text('text') }),
      ...coverage,
    });
  }
  return outcomes;
};
