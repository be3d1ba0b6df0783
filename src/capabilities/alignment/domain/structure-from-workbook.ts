import { folded, mandatoryWord, notUsedWord } from './workbook-layout.ts';
import type { SheetPlace } from './workbook-places.ts';
import { findName, numberField, type Reading, textField } from './workbook-reading.ts';
import type { Table, TableRow } from './workbook-tables.ts';

/** Where one row of the Structure sheet puts a unit. */
export type Placement = {
  readonly unit: string;
  readonly pathway: string;
  readonly pathwayPlace: SheetPlace;
  readonly group: { readonly kind: 'mandatory' | 'not-used' } | { readonly kind: 'group'; readonly label: string };
  readonly place: SheetPlace;
};

export type ReadUnit = { readonly raw: Readonly<Record<string, unknown>>; readonly code: string };

export type Structure = { readonly units: readonly ReadUnit[]; readonly placements: readonly Placement[] };

const details = ['title', 'level', 'credits', 'glh'] as const;

/**
 * Reads the units and their places. A code that comes again is a further place of the same unit when what else the row
 * says of it agrees with the first or is left out; otherwise it is a second unit of that code, which is an error.
 */
export const readStructure = (reading: Reading, table: Table | undefined): Structure => {
  const units: ReadUnit[] = [];
  const placements: Placement[] = [];
  const first = new Map<string, TableRow>();
  for (const row of table?.rows ?? []) {
    const code = row.text('code');
    const earlier = first.get(code);
    const further =
      code !== '' && earlier && details.every((key) => row.text(key) === '' || row.text(key) === earlier.text(key));
    if (!further) {
      const path = `units[${units.length}]`;
      reading.places.set(path, row.place('code'));
      const raw = {
        ...textField(reading, row, 'code', `${path}.code`),
        ...textField(reading, row, 'title', `${path}.title`),
        ...numberField(reading, row, 'level', `${path}.level`),
        ...numberField(reading, row, 'credits', `${path}.credits`),
        ...numberField(reading, row, 'glh', `${path}.glh`),
      };
      units.push({ raw, code });
      if (!earlier && code !== '') first.set(code, row);
      if (earlier || code === '') continue;
    }
    placements.push(placementOf(row, code));
  }
  return { units, placements };
};

const placementOf = (row: TableRow, unit: string): Placement => {
  const label = row.text('group');
  const word = folded(label);
  return {
    unit,
    pathway: row.text('pathway'),
    pathwayPlace: row.place('pathway'),
    group:
      word === '' || word === folded(mandatoryWord)
        ? { kind: 'mandatory' }
        : word === folded(notUsedWord)
          ? { kind: 'not-used' }
          : { kind: 'group', label },
    place: label === '' ? row.place('code') : row.place('group'),
  };
};

/** The code as the Structure sheet writes it, or as given where no unit has it. */
export const unitCode = (structure: Structure, given: string): string =>
  findName(
    structure.units.map((unit) => unit.code),
    given,
  ) ?? given;

export const isUnit = (structure: Structure, code: string): boolean =>
  structure.units.some((unit) => unit.code === code);
