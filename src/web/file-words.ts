import { pdfFailings } from '#platform/documents/read-pdf.ts';
import type { UploadFacts } from '#platform/files/examine-upload.ts';
import { counted, sizeWords } from './words.ts';

const names: Readonly<Record<string, string>> = {
  csv: 'Table',
  pdf: 'PDF',
  docx: 'Word document',
  xlsx: 'Excel workbook',
  pptx: 'PowerPoint presentation',
  odt: 'OpenDocument text',
  ods: 'OpenDocument spreadsheet',
  odp: 'OpenDocument presentation',
  txt: 'Text',
};

/** A file that was uploaded, as far as readers are told of it before they open it. */
export type ToldFile = { readonly ending: string; readonly size: number; readonly facts: UploadFacts };

/** "PDF, 134 KB, 2 pages" */
export const fileWords = ({ ending, size, facts }: ToldFile): string =>
  [
    names[ending] ?? `${ending.toUpperCase()} picture`,
    sizeWords(size),
    ...(facts.pdf ? [counted(facts.pdf.pages, 'page')] : []),
    ...(facts.rows === undefined ? [] : [counted(facts.rows, 'row')]),
    ...(facts.width ? [`${facts.width} × ${facts.height} pixels`] : []),
  ].join(', ');

/** Shown only where the file itself fails what assistive technology needs; empty where it does not. */
export const fileNotice = ({ facts }: Pick<ToldFile, 'facts'>): string => {
  const failings = facts.pdf ? pdfFailings(facts.pdf) : [];
  return failings.length === 0
    ? ''
    : `This file may not be suitable for users of assistive technology: ${failings.join('; ')}.`;
};
