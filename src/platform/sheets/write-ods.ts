import { strToU8, type Zippable, zipSync } from 'fflate';
import type { Cell } from './sheet.ts';
import { columnLetters } from './sheet.ts';
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

/** OpenDocument 1.3. Written here since no kept library writes lists to choose from, widths and frozen rows into ODS. */
const mimetype = 'application/vnd.oasis.opendocument.spreadsheet';

const namespaces = [
  'office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"',
  'fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"',
  'meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"',
  'of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"',
  'dc="http://purl.org/dc/elements/1.1/"',
]
  .map((one) => ` xmlns:${one}`)
  .join('');

const documentOf = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<office:${root}${namespaces} office:version="1.3">${body}</office:${root}>`;

const escaped = (text: string): string =>
  xmlText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');

/** A paragraph a line; blanks that a reader would run together are written as elements. */
const paragraphs = (text: string): string =>
  xmlText(text)
    .split('\n')
    .map((line) => {
      const words = line
        .split(/(\t|^ +| +$| {2,})/)
        .map((part) => {
          if (part === '\t') return '<text:tab/>';
          return /^ +$/.test(part) && (part.length > 1 || part === line.slice(0, 1) || part === line.slice(-1))
            ? `<text:s text:c="${part.length}"/>`
            : escaped(part);
        })
        .join('');
      return `<text:p>${words}</text:p>`;
    })
    .join('');

const styleName = (look: CellLook, asText: boolean): string => `${look}${asText ? '-text' : ''}`;

const cellXml = (cell: Cell, look: CellLook, asText: boolean, choice: number | null): string => {
  const attributes = ` table:style-name="${styleName(look, asText)}"${choice === null ? '' : ` table:content-validation-name="choice${choice}"`}`;
  if (cell === null || cell === '') return `<table:table-cell${attributes}/>`;
  if (typeof cell === 'number')
    return `<table:table-cell${attributes} office:value-type="float" office:value="${cell}"><text:p>${cell}</text:p></table:table-cell>`;
  if (typeof cell === 'boolean')
    return `<table:table-cell${attributes} office:value-type="boolean" office:boolean-value="${cell}"><text:p>${cell ? 'TRUE' : 'FALSE'}</text:p></table:table-cell>`;
  if (isDayCell(cell, look))
    return `<table:table-cell${attributes} office:value-type="date" office:date-value="${cell}"><text:p>${cell}</text:p></table:table-cell>`;
  return `<table:table-cell${attributes} office:value-type="string">${paragraphs(cell)}</table:table-cell>`;
};

/** Lists of a document are numbered through all of its sheets. */
type NumberedChoice = { readonly number: number; readonly choice: Choice };

const rowXml = (sheet: SheetToWrite, row: number, choices: readonly NumberedChoice[]): string => {
  const heading = row < sheet.frozen.rows;
  const cells = sheet.rows[row] ?? [];
  const here = choices.filter(({ choice }) => choice.firstRow <= row + 1 && row + 1 <= choice.lastRow);
  const width = Math.max(sheet.columns.length, cells.length);
  const xml = Array.from({ length: width }, (_, column) => {
    const choice = here.find((one) => one.choice.firstColumn <= column + 1 && column + 1 <= one.choice.lastColumn);
    const look = sheet.looks[row]?.[column];
    if (look === undefined && heading && !choice) return cellXml(cells[column] ?? null, 'note', false, null);
    return cellXml(
      cells[column] ?? null,
      look ?? 'plain',
      sheet.columns[column]?.asText ?? false,
      choice ? choice.number : null,
    );
  }).join('');
  return `<table:table-row table:style-name="row">${xml}</table:table-row>`;
};

const tableXml = (sheet: SheetToWrite, choices: readonly NumberedChoice[]): string => {
  // Lists reach further down than the rows that are laid out; the row after the last carries them there in one piece.
  const height = Math.max(sheet.rows.length, sheet.readyRows);
  const columns = sheet.columns
    .map(({ width }) => `<table:table-column table:style-name="${columnStyle(width)}"/>`)
    .join('');
  const rows = Array.from({ length: height }, (_, row) => rowXml(sheet, row, choices)).join('');
  return `<table:table table:name="${escaped(sheet.name)}" table:style-name="${sheet.hidden ? 'hidden' : 'shown'}">${columns}${rows}</table:table>`;
};

const columnStyle = (width: number): string => `column${Math.round(width)}`;

const cellAddress = (sheet: string, column: number, row: number): string =>
  `$'${sheet.replaceAll("'", "''")}'.$${columnLetters(column)}$${row}`;

const validationXml = (base: string, { number, choice }: NumberedChoice): string => {
  const { from } = choice;
  const values =
    from.kind === 'values'
      ? from.values.map((value) => `"${value.replaceAll('"', '""')}"`).join(';')
      : `[${cellAddress(from.sheet, from.column, from.first)}:${cellAddress('', from.column, from.last).replace("$''", '')}]`;
  const hint = choice.hint
    ? `<table:help-message table:display="true">${paragraphs(choice.hint)}</table:help-message>`
    : '';
  return (
    `<table:content-validation table:name="choice${number}" table:condition="${escaped(`of:cell-content-is-in-list(${values})`)}"` +
    ` table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address="${escaped(`${cellAddress(base, choice.firstColumn, choice.firstRow)}`)}">${hint}` +
    `<table:error-message table:display="${choice.only}" table:message-type="stop" table:title="Choose from the list"><text:p>This cell takes one of the values in its list, or nothing.</text:p></table:error-message>` +
    '</table:content-validation>'
  );
};

const looks = Object.keys(lookColours) as readonly CellLook[];

const cellStyles = looks
  .flatMap((look) => [false, true].map((asText) => ({ look, asText })))
  .map(({ look, asText }) => {
    const colour = lookColours[look];
    const bold = look === 'header' || look === 'title' ? ' fo:font-weight="bold"' : '';
    const lines = !isRuled(look) ? '' : ' fo:border-bottom="0.5pt solid #b1b4b6" fo:border-right="0.5pt solid #b1b4b6"';
    const wrap = isWrapped(look) ? ' fo:wrap-option="wrap"' : '';
    return (
      `<style:style style:name="${styleName(look, asText)}" style:family="table-cell"${asText ? ' style:data-style-name="text"' : ''}>` +
      `<style:table-cell-properties style:vertical-align="top"${wrap}${lines}${colour ? ` fo:background-color="#${colour}"` : ''}/>` +
      `<style:text-properties style:font-name="Arial" fo:font-family="Arial" fo:font-size="${look === 'title' ? 14 : 10}pt"${bold}/></style:style>`
    );
  })
  .join('');

/** A character of 10 pt Arial is near enough 0.2 cm. */
const columnStyles = (book: BookToWrite): string =>
  [...new Set(book.sheets.flatMap((sheet) => sheet.columns.map(({ width }) => Math.round(width))))]
    .map(
      (width) =>
        `<style:style style:name="column${width}" style:family="table-column"><style:table-column-properties style:column-width="${(width * 0.2).toFixed(2)}cm"/></style:style>`,
    )
    .join('');

const contentXml = (book: BookToWrite): string => {
  let number = 0;
  const numbered = book.sheets.map((sheet) => ({
    sheet,
    choices: sheet.choices.map((choice): NumberedChoice => ({ number: ++number, choice })),
  }));
  const validations = numbered.flatMap(({ sheet, choices }) => choices.map((one) => validationXml(sheet.name, one)));
  return documentOf(
    'document-content',
    '<office:automatic-styles><number:text-style style:name="text"><number:text-content/></number:text-style>' +
      '<style:style style:name="shown" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>' +
      '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>' +
      '<style:style style:name="row" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>' +
      `${columnStyles(book)}${cellStyles}</office:automatic-styles><office:body><office:spreadsheet>` +
      (validations.length > 0 ? `<table:content-validations>${validations.join('')}</table:content-validations>` : '') +
      `${numbered.map(({ sheet, choices }) => tableXml(sheet, choices)).join('')}</office:spreadsheet></office:body>`,
  );
};

/** Frozen rows and columns are settings of the view; 2 means frozen rather than split. LibreOffice's own names. */
const settingsXml = (book: BookToWrite): string => {
  const item = (name: string, type: string, value: string | number) =>
    `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const tables = book.sheets.map(({ name, frozen }) => {
    const horizontal =
      frozen.columns > 0
        ? item('HorizontalSplitMode', 'short', 2) +
          item('HorizontalSplitPosition', 'int', frozen.columns) +
          item('PositionRight', 'int', frozen.columns)
        : '';
    const vertical =
      frozen.rows > 0
        ? item('VerticalSplitMode', 'short', 2) +
          item('VerticalSplitPosition', 'int', frozen.rows) +
          item('PositionBottom', 'int', frozen.rows)
        : '';
    const pane = item('ActiveSplitRange', 'short', (frozen.columns > 0 ? 1 : 0) + (frozen.rows > 0 ? 2 : 0));
    return `<config:config-item-map-entry config:name="${escaped(name)}">${horizontal}${vertical}${pane}</config:config-item-map-entry>`;
  });
  return documentOf(
    'document-settings',
    '<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>' +
      item('ViewId', 'string', 'view1') +
      `<config:config-item-map-named config:name="Tables">${tables.join('')}</config:config-item-map-named>` +
      item('ActiveTable', 'string', escaped(book.sheets[0]?.name ?? '')) +
      '</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>',
  );
};

const manifestXml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">' +
  `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${mimetype}"/>` +
  ['content.xml', 'styles.xml', 'meta.xml', 'settings.xml']
    .map((path) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="text/xml"/>`)
    .join('') +
  '</manifest:manifest>';

/** Printed across, as wide as the paper. */
const printedPages =
  '<office:automatic-styles><style:page-layout style:name="across"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>' +
  '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="across"/></office:master-styles>';

/** Zip entries carry a time; a fixed one makes the same book the same bytes. 1980 is the earliest a zip can tell. */
const zipTime = new Date(1980, 0, 1);

export const writeOds = (book: BookToWrite): Uint8Array => {
  const parts: Zippable = {
    // First and uncompressed, so that the file's kind can be read off its first bytes (OpenDocument 1.3, part 2).
    mimetype: [strToU8(mimetype), { level: 0, mtime: zipTime }],
    'content.xml': [strToU8(contentXml(book)), { mtime: zipTime }],
    'styles.xml': [strToU8(documentOf('document-styles', printedPages)), { mtime: zipTime }],
    'meta.xml': [
      strToU8(
        documentOf(
          'document-meta',
          `<office:meta><meta:generator>HTQ Toolkit</meta:generator><dc:title>${escaped(book.title)}</dc:title></office:meta>`,
        ),
      ),
      { mtime: zipTime },
    ],
    'settings.xml': [strToU8(settingsXml(book)), { mtime: zipTime }],
    'META-INF/manifest.xml': [strToU8(manifestXml), { mtime: zipTime }],
  };
  return zipSync(parts);
};
