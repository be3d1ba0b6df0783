import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type Block, type DocumentToWrite, type Inline, text } from '#platform/documents/document.ts';
import type { Cell } from '#platform/sheets/sheet.ts';
import type { BookToWrite, CellLook, SheetToWrite } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import { countEmployers, type EvidenceItem, type EvidenceRecord, forOthers } from '../domain/evidence.ts';
import type { Missing } from '../domain/evidence-policy.ts';
import {
  ageWords,
  countingsOf,
  findingWords,
  kindWords,
  notKnown,
  policyWords,
  sectorTitle,
  sizeTitle,
} from '../domain/evidence-words.ts';
import { evidenceRecordPath } from '../paths.ts';
import { type Occupation, occupationWords } from './evidence-occupations.ts';
import type { MeasuredRecord } from './evidence-record.ts';
import { sectors } from './reference-data.ts';

/** `others`: without confidential items and parts, and without what was noted of meetings. */
export type EvidenceReader = 'members' | 'others';

/** What a file is written from. */
export type EvidenceToWrite = MeasuredRecord & {
  readonly occupation: Occupation;
  /** Name of the organisation whose record it is. */
  readonly organisation: string;
};

const readFor = (record: EvidenceRecord, reader: EvidenceReader): EvidenceRecord =>
  reader === 'others' ? forOthers(record) : record;

/** What is too old to count by the organisation's numbers, which are told to its members alone. */
const tooOldFor = (missing: Missing | null, reader: EvidenceReader): readonly EvidenceItem[] =>
  reader === 'members' ? (missing?.tooOld ?? []) : [];

const works = {
  pdf: { module: new URL('../../../platform/documents/write-pdf.ts', import.meta.url), name: 'writePdf' },
  docx: { module: new URL('../../../platform/documents/write-docx.ts', import.meta.url), name: 'writeDocx' },
} as const;
const writeMs = 30_000;

const paragraph = (words: string): Block => ({ kind: 'paragraph', content: [text(words)] });
const heading = (words: string): Block => ({ kind: 'heading', level: 2, content: [text(words)] });
const cells = (...all: readonly string[]): readonly (readonly Inline[])[] => all.map((one) => [text(one)]);

const itemBlocks = (item: EvidenceItem, tooOld: boolean): readonly Block[] => [
  {
    kind: 'heading',
    level: 3,
    content: [text(`${item.employer.name}: ${kindWords[item.kind].toLowerCase()}, ${dayWords(item.on)}`)],
  },
  paragraph(
    [
      item.title,
      item.employer.region ?? 'region not known',
      item.employer.size === null ? 'size not known' : sizeTitle(item.employer.size),
      item.employer.sector === null ? 'sector not known' : sectorTitle(sectors, item.employer.sector),
      ageWords(item.ageMonths),
      ...(tooOld ? ['too old to count'] : []),
      ...(item.confidential ? ['confidential'] : []),
    ].join('; '),
  ),
  ...item.parts.map(
    (part): Block =>
      part.confidential
        ? { kind: 'callout', title: 'Confidential', content: [paragraph(part.text)] }
        : paragraph(part.text),
  ),
  ...(item.signature
    ? [
        ...(item.signature.signer === null ? [] : [paragraph(`Signed by ${item.signature.signer}.`)]),
        paragraph(`SHA-256: ${item.signature.sha256}`),
      ]
    : []),
];

const heldBackWords = (count: number): string =>
  count === 1 ? '1 item is confidential and left out.' : `${count} items are confidential and left out.`;

/** The record as a document, for its members or for others. What is missing is the organisation's own business. */
export const evidenceDocument = (
  ctx: Context,
  { record: whole, policy, missing, occupation, organisation }: EvidenceToWrite,
  reader: EvidenceReader,
): DocumentToWrite => {
  const record = readFor(whole, reader);
  const old = tooOldFor(missing, reader);
  const countings = countingsOf(record.items, sectors).map((one) => ({
    ...one,
    rows: one.rows.filter((row) => row.items > 0),
  }));
  return {
    title: `Evidence of employers: ${occupation.title}`,
    summary: `What ${organisation} has recorded of employers for ${occupationWords(occupation)}: ${record.items.length === 1 ? '1 item' : `${record.items.length} items`} from ${countEmployers(record.items) === 1 ? '1 employer' : `${countEmployers(record.items)} employers`}${old.length > 0 ? `, ${old.length} of the items too old to count` : ''}.`,
    publisher: ctx.name,
    address: `${ctx.address}${evidenceRecordPath(occupation.reference)}`,
    stand: `${reader === 'others' ? 'For others' : 'For members only'}, as recorded on ${dayWords(record.on)}`,
    date: ctx.clock(),
    contents: false,
    blocks: [
      ...(record.heldBack > 0 ? [paragraph(heldBackWords(record.heldBack))] : []),
      ...(reader === 'members'
        ? [
            heading('What is missing'),
            paragraph(policyWords(policy)),
            ...(missing && missing.findings.length > 0
              ? [
                  {
                    kind: 'list',
                    ordered: false,
                    items: missing.findings.map((one) => [paragraph(findingWords(one))]),
                  } satisfies Block,
                ]
              : []),
          ]
        : []),
      heading('How much there is'),
      ...countings
        .filter((one) => one.rows.length > 0)
        .map(
          (one): Block => ({
            kind: 'table',
            caption: one.title,
            header: cells(one.first, 'Employers', 'Items'),
            rows: one.rows.map((row) => cells(row.text, String(row.employers), String(row.items))),
          }),
        ),
      heading('The items'),
      ...(record.items.length === 0
        ? [paragraph('There are none.')]
        : record.items.flatMap((one) => itemBlocks(one, old.includes(one)))),
    ],
    images: {},
  };
};

/** PDF (tagged) or Word, written on a worker. */
export const evidenceFile = (
  ctx: Context,
  from: EvidenceToWrite,
  reader: EvidenceReader,
  format: 'pdf' | 'docx',
): Promise<Uint8Array> => ctx.workers.run<Uint8Array>(works[format], evidenceDocument(ctx, from, reader), writeMs);

const header = [
  'Kind',
  'What',
  'Employer',
  'Size',
  'Sector',
  'Region',
  'Day',
  'Age, months',
  'Occupations',
  'Confidential',
  'Text',
  'Signed by',
  'SHA-256',
];
const widths = [18, 40, 30, 26, 30, 22, 12, 12, 18, 14, 80, 30, 24, 14];

const itemRow = (item: EvidenceItem): readonly Cell[] => [
  kindWords[item.kind],
  item.title,
  item.employer.name,
  item.employer.size === null ? notKnown : sizeTitle(item.employer.size),
  item.employer.sector === null ? notKnown : sectorTitle(sectors, item.employer.sector),
  item.employer.region ?? notKnown,
  item.on,
  item.ageMonths,
  item.occupations.join('; '),
  item.confidential ? 'yes' : item.parts.some((part) => part.confidential) ? 'in part' : 'no',
  item.parts
    .map((part) => (part.confidential && !item.confidential ? `[Confidential] ${part.text}` : part.text))
    .join('\n\n'),
  item.signature?.signer ?? '',
  item.signature?.sha256 ?? '',
];

/** The items as rows, the first of them the names of the columns; for members with whether each counts, where something is measured. */
export const evidenceRows = (
  { record, missing }: EvidenceToWrite,
  reader: EvidenceReader,
): readonly (readonly Cell[])[] => {
  const { items } = readFor(record, reader);
  if (!missing || reader === 'others') return [header, ...items.map(itemRow)];
  const old = tooOldFor(missing, reader);
  return [[...header, 'Counts'], ...items.map((one) => [...itemRow(one), old.includes(one) ? 'no: too old' : 'yes'])];
};

export const evidenceCsv = (from: EvidenceToWrite, reader: EvidenceReader): Uint8Array =>
  writeCsv(evidenceRows(from, reader));

const sheet = (name: string, rows: readonly (readonly Cell[])[], columns: readonly number[]): SheetToWrite => ({
  name,
  rows,
  looks: [(rows[0] ?? []).map((): CellLook => 'header')],
  columns: columns.map((width) => ({ width })),
  frozen: { rows: 1, columns: 1 },
  choices: [],
  readyRows: 0,
});

export const evidenceXlsx = (from: EvidenceToWrite, reader: EvidenceReader): Promise<Uint8Array> => {
  const { items, heldBack } = readFor(from.record, reader);
  const book: BookToWrite = {
    title: `Evidence of employers: ${from.occupation.title}`,
    sheets: [
      sheet('Items', evidenceRows(from, reader), widths),
      sheet(
        'Counts',
        [
          ['By', 'Which', 'Employers', 'Items'],
          ...countingsOf(items, sectors).flatMap((one) =>
            one.rows.map((row): readonly Cell[] => [one.first, row.text, row.employers, row.items]),
          ),
          ...(heldBack > 0 ? [['Left out', heldBackWords(heldBack), null, heldBack] satisfies readonly Cell[]] : []),
        ],
        [14, 36, 12, 12],
      ),
    ],
  };
  return writeXlsx(book);
};
