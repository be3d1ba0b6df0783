import { type CellStyle, type CellValue, type DataValidation, type WriteSheet, writeXlsx as write } from 'hucre/xlsx';
import { type Cell, columnLetters } from './sheet.ts';
import {
  type BookToWrite,
  type CellLook,
  type Choice,
  isDayCell,
  isRuled,
  isWrapped,
  lookColours,
  type SheetToWrite,
  xmlText,
} from './sheet-to-write.ts';

/** `_x0041_` in a shared string stands for a character (ECMA-376, 22.9.2.19); meant as it is, its first `_` is escaped. */
const textValue = (text: string): string => xmlText(text).replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');

const numberFormats: Partial<Record<CellLook, string>> = { day: 'd mmm yyyy', pounds: '"£"#,##0.00' };

/** Days from Excel's day 0 of the year 1900, as LibreOffice reckons it too, to 1 January 1970. */
const excelDays = 25_569;

const writtenOf = (cell: Cell, look: CellLook): CellValue => {
  if (isDayCell(cell, look)) return Math.round(Date.parse(`${cell}T00:00:00Z`) / 86_400_000) + excelDays;
  return typeof cell === 'string' ? textValue(cell) : cell;
};

const styleOf = (look: CellLook, asText: boolean): CellStyle => {
  const colour = lookColours[look];
  const bold = look === 'header' || look === 'title';
  return {
    font: { name: 'Arial', size: look === 'title' ? 14 : 10, bold },
    alignment: { vertical: 'top', wrapText: isWrapped(look) },
    ...(colour ? { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: colour } } } : {}),
    ...(!isRuled(look)
      ? {}
      : {
          border: {
            bottom: { style: 'thin', color: { rgb: 'B1B4B6' } },
            right: { style: 'thin', color: { rgb: 'B1B4B6' } },
          },
        }),
    ...(asText ? { numFmt: '@' } : numberFormats[look] ? { numFmt: numberFormats[look] } : {}),
  };
};

const rangeOf = (choice: Choice): string =>
  `${columnLetters(choice.firstColumn)}${choice.firstRow}:${columnLetters(choice.lastColumn)}${choice.lastRow}`;

/** A sheet's name within a formula. */
const quoted = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'`;

const validationOf = (choice: Choice): DataValidation => {
  const { from } = choice;
  const column = from.kind === 'cells' ? columnLetters(from.column) : '';
  return {
    type: 'list',
    range: rangeOf(choice),
    allowBlank: true,
    showErrorMessage: choice.only,
    errorStyle: 'stop',
    errorTitle: 'Choose from the list',
    errorMessage: 'This cell takes one of the values in its list, or nothing.',
    ...(from.kind === 'values'
      ? { values: from.values.map(xmlText) }
      : { formula1: `${quoted(from.sheet)}!$${column}$${from.first}:$${column}$${from.last}` }),
    // Excel shows 255 characters of a hint and takes a file with more for damaged.
    ...(choice.hint ? { showInputMessage: true, inputMessage: xmlText(choice.hint).slice(0, 250) } : {}),
  };
};

/** Points of a line of 10 pt Arial, and of the space around a cell's lines. */
const lineHeight = 12.75;
const cellPadding = 3;

/**
 * Heights of rows whose text goes on in further lines: LibreOffice does not work them out when it opens an XLSX. Rows
 * of one line get none and grow as they are typed in. A column is as wide as so many digits, and ten letters are as wide as nine.
 */
const rowHeights = (sheet: SheetToWrite): Map<number, { height: number }> =>
  new Map(
    sheet.rows.flatMap((row, index): readonly (readonly [number, { height: number }])[] => {
      const lines = row.map((cell, column) => {
        if (typeof cell !== 'string' || !isWrapped(sheet.looks[index]?.[column] ?? 'plain')) return 1;
        const width = sheet.columns[column]?.width ?? 10;
        return cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / (width * 1.1))), 0);
      });
      const most = Math.max(1, ...lines);
      return most === 1 ? [] : [[index, { height: most * lineHeight + cellPadding }]];
    }),
  );

const sheetOf = (sheet: SheetToWrite): WriteSheet => {
  const cells = new Map<string, { style: CellStyle }>();
  const height = Math.max(sheet.rows.length, sheet.readyRows);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < Math.max(sheet.columns.length, sheet.rows[row]?.length ?? 0); column += 1) {
      const look = sheet.looks[row]?.[column];
      // Beyond what was laid out a row of a heading has no cells to style.
      if (look === undefined && row < sheet.frozen.rows) continue;
      cells.set(`${row},${column}`, { style: styleOf(look ?? 'plain', sheet.columns[column]?.asText ?? false) });
    }
  return {
    name: sheet.name,
    rows: sheet.rows.map((row, at) => row.map((cell, column) => writtenOf(cell, sheet.looks[at]?.[column] ?? 'plain'))),
    columns: sheet.columns.map(({ width }) => ({ width })),
    cells,
    ...(sheet.frozen.rows + sheet.frozen.columns > 0 ? { freezePane: { ...sheet.frozen } } : {}),
    rowDefs: rowHeights(sheet),
    dataValidations: sheet.choices.map(validationOf),
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    ...(sheet.filtered
      ? { autoFilter: { range: `A${sheet.frozen.rows}:${columnLetters(sheet.columns.length)}${sheet.rows.length}` } }
      : {}),
    ...(sheet.hidden ? { hidden: true } : {}),
  };
};

export const writeXlsx = async (book: BookToWrite): Promise<Uint8Array> =>
  write({
    sheets: book.sheets.map(sheetOf),
    properties: { title: xmlText(book.title), creator: 'HTQ Toolkit' },
    defaultFont: { name: 'Arial', size: 10 },
  });
