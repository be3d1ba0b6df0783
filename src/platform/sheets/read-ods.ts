import { Parser } from 'saxen';
import { ok, type Result } from '#kernel/result.ts';
import type { Cell, Sheet, SheetProblem } from './sheet.ts';
import { refusedAs, sizeProblem } from './sheet-limits.ts';
import { textOfPart, unpack } from './unpack.ts';

/** OpenDocument 1.3, part 3; prefixes are the writer's choice, so that names are read by namespace. */
const prefixes = {
  'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
  'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
  'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
} as const;

type OpenCell = {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly repeated: number;
  /** One for each paragraph. */
  readonly lines: string[];
};

type OpenRow = { readonly repeated: number; readonly cells: Cell[]; blanks: number };

/** A run of blanks that one element may stand for. */
const longestRun = 10_000;

const repeats = (text: string | undefined): number => {
  const number = Number(text ?? '1');
  return Number.isInteger(number) && number > 0 ? number : 1;
};

const cellValue = ({ type, attributes, lines }: OpenCell): Cell => {
  const text = lines.join('\n');
  switch (type) {
    case 'float':
    case 'currency':
    case 'percentage': {
      const number = Number(attributes['office:value']);
      return Number.isFinite(number) ? number : text || null;
    }
    case 'boolean':
      return attributes['office:boolean-value'] === 'true';
    case 'date':
      return attributes['office:date-value']?.replace(/T00:00:00(?:\.0+)?$/, '') ?? (text || null);
    default:
      return text || (attributes['office:string-value'] ?? null) || null;
  }
};

/** Thrown inside the parser's events to leave it. */
class SheetTooLarge extends Error {
  readonly problem: SheetProblem;
  constructor(problem: SheetProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Reads the sheets of an ODS whose parts `fileKind` has agreed to. */
export const readOds = (bytes: Uint8Array): Result<readonly Sheet[], SheetProblem> => {
  const unpacked = unpack(bytes, (path) => path === 'content.xml');
  if (unpacked.kind === 'refused') return unpacked;
  const xml = textOfPart(unpacked.value, 'content.xml');
  if (xml === '') return refusedAs('damaged', 'The workbook is damaged: it has no content.xml.');
  try {
    return ok(sheetsOf(xml));
  } catch (error) {
    if (error instanceof SheetTooLarge) return refusedAs(error.problem.kind, error.problem.message);
    const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return refusedAs('damaged', `The workbook is damaged and cannot be read (${said}).`);
  }
};

const sheetsOf = (xml: string): readonly Sheet[] => {
  const sheets: { readonly name: string; readonly rows: Cell[][] }[] = [];
  let tables = 0;
  let notes = 0;
  let paragraphs = 0;
  let blankRows = 0;
  let row: OpenRow | null = null;
  let cell: OpenCell | null = null;

  const take = (value: Cell, repeated: number) => {
    if (!row) return;
    // Blanks are counted and written out only when something follows: sheets are blank to column XFD.
    if (value === null) row.blanks += repeated;
    else {
      const sheet = sheets.at(-1);
      const problem = sizeProblem(sheet?.name ?? '', 1, row.cells.length + row.blanks + repeated);
      if (problem) throw new SheetTooLarge(problem);
      for (; row.blanks > 0; row.blanks -= 1) row.cells.push(null);
      for (let times = 0; times < repeated; times += 1) row.cells.push(value);
    }
  };

  const takeRow = ({ cells, repeated }: OpenRow) => {
    const sheet = sheets.at(-1);
    if (!sheet) return;
    if (cells.length === 0) {
      blankRows += repeated;
      return;
    }
    const problem = sizeProblem(sheet.name, sheet.rows.length + blankRows + repeated, cells.length);
    if (problem) throw new SheetTooLarge(problem);
    for (; blankRows > 0; blankRows -= 1) sheet.rows.push([]);
    for (let times = 0; times < repeated; times += 1) sheet.rows.push(cells);
  };

  const addText = (text: string) => {
    if (!cell || notes > 0 || paragraphs === 0) return;
    cell.lines[cell.lines.length - 1] += text;
  };

  const parser = new Parser().ns(prefixes);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('openTag', (name, attributesOf, decode) => {
    // A table within a cell (some writers nest them) is no sheet.
    if (name === 'table:table') {
      tables += 1;
      if (tables === 1) {
        sheets.push({ name: decode(attributesOf()['table:name'] ?? `Sheet${sheets.length + 1}`), rows: [] });
        blankRows = 0;
      }
    }
    if (tables !== 1) return;
    if (name === 'office:annotation') notes += 1;
    if (notes > 0) return;
    if (name === 'table:table-row')
      row = { repeated: repeats(attributesOf()['table:number-rows-repeated']), cells: [], blanks: 0 };
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
      const attributes = { ...attributesOf() };
      cell = {
        type: attributes['office:value-type'] ?? '',
        attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, decode(value)])),
        repeated: repeats(attributes['table:number-columns-repeated']),
        lines: [],
      };
    } else if (name === 'text:p' || name === 'text:h') {
      paragraphs += 1;
      cell?.lines.push('');
    } else if (name === 'text:s') addText(' '.repeat(Math.min(repeats(attributesOf()['text:c']), longestRun)));
    else if (name === 'text:tab') addText('\t');
    else if (name === 'text:line-break') addText('\n');
  });
  // White space runs together in a paragraph; what is meant is written as text:s.
  parser.on('text', (text, decode) => addText(decode(text).replaceAll(/[ \t\r\n]+/g, ' ')));
  parser.on('cdata', addText);
  parser.on('closeTag', (name) => {
    if (name === 'office:annotation' && tables === 1) notes -= 1;
    if (tables === 1 && notes === 0) {
      if ((name === 'table:table-cell' || name === 'table:covered-table-cell') && cell) {
        take(cellValue(cell), cell.repeated);
        cell = null;
      } else if (name === 'text:p' || name === 'text:h') paragraphs -= 1;
      else if (name === 'table:table-row' && row) {
        takeRow(row);
        row = null;
      }
    }
    if (name === 'table:table') tables -= 1;
  });
  parser.parse(xml);
  return sheets;
};
