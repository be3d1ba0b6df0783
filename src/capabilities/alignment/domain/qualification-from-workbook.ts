import { ksbCode, readGrids, readOutcomes } from './mapping-from-workbook.ts';
import { readRules } from './rules-from-workbook.ts';
import { readStructure } from './structure-from-workbook.ts';
import {
  exceptionWords,
  folded,
  guaranteeWords,
  otherSheets,
  qualificationFields,
  type SheetKind,
  type SheetRows,
  sheetNames,
} from './workbook-layout.ts';
import type { PlacedRemark, SheetPlace } from './workbook-places.ts';
import { findName, noteOthers, numberOr, type Reading, textField, type Wording } from './workbook-reading.ts';
import { findTables, type Table } from './workbook-tables.ts';

/** Plain values only: it passes between threads. */
export type WorkbookReading = {
  /** What the workbook says, in the shape of a qualification file; not checked yet. */
  readonly qualification: unknown;
  /** What is wrong with the sheets themselves; a workbook with any is not to be proved. */
  readonly problems: readonly PlacedRemark[];
  /** What was left out. */
  readonly notes: readonly PlacedRemark[];
  readonly wordings: readonly Wording[];
  /** Paths of the qualification and the cells they were read from. */
  readonly places: readonly (readonly [string, SheetPlace])[];
};

type Raw = Record<string, unknown>;

/** Reads a qualification out of the sheets of a workbook, or of the CSV files made from one. */
export const qualificationFromWorkbook = (sheets: readonly SheetRows[]): WorkbookReading => {
  const { tables, problems, notes } = findTables(sheets);
  const reading: Reading = { places: new Map(), problems: [...problems], notes: [...notes], wordings: [] };
  const table = (kind: SheetKind) => tables.find((one) => one.kind === kind);
  if (tables.length === 0) return noWorkbook(sheets, problems);
  for (const kind of ['qualification', 'occupations', 'structure'] as const)
    if (!table(kind) && !problems.some(({ place }) => folded(place.sheet) === folded(sheetNames[kind])))
      reading.problems.push({ place: missing(kind), message: 'there is no such sheet' });

  const structure = readStructure(reading, table('structure'));
  const claims = readClaims(reading, table('occupations'));
  const claimed = [...new Set(claims.flatMap((claim) => (claim.standard === '' ? [] : [claim.standard])))];
  const grids = tables.filter((one) => one.kind === 'mapping');
  const coverage = readGrids(reading, grids, structure, claimed);
  const outcomes = readOutcomes(reading, table('outcomes'), structure, claimed);
  const exceptions = readExceptions(reading, table('exceptions'), claims);
  const rules = readRules(reading, table('rules'), structure);
  for (const kind of ['qualification', 'occupations', 'structure', 'rules', 'exceptions'] as const) {
    const one = table(kind);
    if (one) noteOthers(reading, one);
  }
  const at = (kind: SheetKind): SheetPlace => table(kind)?.place ?? missing(kind);
  for (const [path, kind] of [
    ['', 'qualification'],
    ['occupations', 'occupations'],
    ['units', 'structure'],
    ['rules', 'rules'],
  ] as const)
    if (!reading.places.has(path)) reading.places.set(path, at(kind));
  const qualification: Raw = {
    ...readFields(reading, table('qualification')),
    occupations: claims.map(({ raw }, index) => ({ ...raw, ...exceptions[index] })),
    units: structure.units.map(({ raw }, index) => ({
      ...raw,
      ...(outcomes[index]?.length ? { outcomes: outcomes[index] } : {}),
      ...coverage[index],
    })),
    ...(rules ? { rules } : {}),
  };
  return {
    qualification,
    problems: reading.problems,
    notes: reading.notes,
    places: [...reading.places],
    wordings: reading.wordings,
  };
};

const missing = (kind: SheetKind): SheetPlace => ({ sheet: sheetNames[kind], row: null, column: null });

const noWorkbook = (sheets: readonly SheetRows[], problems: readonly PlacedRemark[]): WorkbookReading => {
  const named = sheets.map((sheet) => sheet.name).filter((name) => !Object.values<string>(otherSheets).includes(name));
  const message = `none of the sheets of a qualification is here: expected ${Object.values(sheetNames).join(', ')}`;
  return {
    qualification: {},
    problems:
      problems.length > 0
        ? problems
        : [{ place: { sheet: named.join(', ') || 'The workbook', row: null, column: null }, message }],
    notes: [],
    wordings: [],
    places: [],
  };
};

const readFields = (reading: Reading, table: Table | undefined): Raw => {
  const fields: Raw = {};
  for (const row of table?.rows ?? []) {
    const label = row.text('field');
    const field = qualificationFields.find((one) =>
      [one.label, ...one.also, one.key].some((word) => folded(word) === folded(label)),
    );
    if (!field) {
      if (row.text('value') !== '')
        reading.problems.push({
          place: row.place('field'),
          message: `no field is called "${label}": expected ${qualificationFields.map((one) => one.label).join(', ')}`,
        });
      continue;
    }
    if (reading.places.has(field.key)) {
      reading.problems.push({ place: row.place('field'), message: `there is a row "${field.label}" already` });
      continue;
    }
    reading.places.set(field.key, row.place('value'));
    const text = row.text('value');
    if (text === '') continue;
    if (field.key === 'level') fields.level = numberOr(row.value('value'));
    else if (field.key === 'guarantee') {
      const guarantee = Object.entries(guaranteeWords).find(([key, word]) =>
        [key, folded(word)].includes(folded(text)),
      )?.[0];
      if (guarantee) fields.guarantee = guarantee;
      else
        reading.problems.push({
          place: row.place('value'),
          message: `found "${text}", expected ${Object.values(guaranteeWords).join(' or ')}`,
        });
    } else fields[field.key] = text;
  }
  return fields;
};

type ReadClaim = { readonly raw: Raw; readonly standard: string; readonly name: string };

/** A version typed as a number has lost its end: 1.0 has become 1. */
const versionOf = (cell: unknown, text: string): string =>
  typeof cell === 'number' && Number.isInteger(cell) ? `${cell}.0` : text;

const readClaims = (reading: Reading, table: Table | undefined): readonly ReadClaim[] => {
  const claims: ReadClaim[] = [];
  for (const row of table?.rows ?? []) {
    if (['standard', 'version', 'option', 'name'].every((key) => row.text(key) === '')) continue;
    const path = `occupations[${claims.length}]`;
    reading.places.set(path, row.place('standard'));
    const standard = row.text('standard').toUpperCase();
    const version = versionOf(row.value('version'), row.text('version'));
    reading.places.set(`${path}.standard`, row.place('standard'));
    reading.places.set(`${path}.version`, row.place('version'));
    reading.places.set(`${path}.id`, row.place('name'));
    claims.push({
      raw: {
        ...(row.text('name') === '' ? {} : { id: row.text('name') }),
        ...(standard === '' ? {} : { standard }),
        ...(version === '' ? {} : { version }),
        ...textField(reading, row, 'option', `${path}.option`),
      },
      standard,
      name: row.text('name') || standard,
    });
  }
  return claims;
};

const readExceptions = (reading: Reading, table: Table | undefined, claims: readonly ReadClaim[]): readonly Raw[] => {
  const read = claims.map((): Record<keyof typeof exceptionWords, Raw[]> => ({ exclude: [], partly: [] }));
  for (const row of table?.rows ?? []) {
    if (['ksb', 'exception', 'reason', 'acceptedBy'].every((key) => row.text(key) === '')) continue;
    const given = row.text('claim');
    const name =
      given === '' && claims.length === 1
        ? claims[0]?.name
        : findName(
            claims.map((one) => one.name),
            given,
          );
    const index = claims.findIndex((claim) => claim.name === name);
    const word = row.text('exception');
    const key = (Object.keys(exceptionWords) as (keyof typeof exceptionWords)[]).find(
      (one) => folded(exceptionWords[one]) === folded(word),
    );
    if (index === -1)
      reading.problems.push({
        place: row.place('claim'),
        message: `${given === '' ? 'the row names no claim' : `no claim is called "${given}"`}: expected ${claims.map((one) => one.name).join(' or ') || 'a row of the Occupations sheet'}`,
      });
    if (!key)
      reading.problems.push({
        place: row.place('exception'),
        message: `${word === '' ? 'this is missing' : `found "${word}"`}: expected ${Object.values(exceptionWords).join(' or ')}`,
      });
    const list = key && read[index]?.[key];
    if (!list) continue;
    const path = `occupations[${index}].${key}[${list.length}]`;
    reading.places.set(path, row.place('ksb'));
    reading.places.set(`${path}.ksb`, row.place('ksb'));
    const ksb = ksbCode(row.text('ksb'));
    list.push({
      ...(ksb === '' ? {} : { ksb }),
      ...textField(reading, row, 'reason', `${path}.reason`),
      ...textField(reading, row, 'acceptedBy', `${path}.acceptedBy`),
    });
  }
  return read.map(({ exclude, partly }) => ({
    ...(exclude.length > 0 ? { exclude } : {}),
    ...(partly.length > 0 ? { partly } : {}),
  }));
};
