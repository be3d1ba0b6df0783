import { pdfFailings } from '#platform/documents/read-pdf.ts';
import { counted } from '#web/words.ts';
import type { Attachment } from '../domain/attachment.ts';
import { sizeWords } from './formats.ts';

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

/** "PDF, 134 KB, 2 pages" */
export const attachmentWords = ({ revision }: Attachment): string =>
  [
    names[revision.ending] ?? `${revision.ending.toUpperCase()} picture`,
    sizeWords(revision.size),
    ...(revision.facts.pdf ? [counted(revision.facts.pdf.pages, 'page')] : []),
    ...(revision.facts.rows === undefined ? [] : [counted(revision.facts.rows, 'row')]),
    ...(revision.facts.width ? [`${revision.facts.width} × ${revision.facts.height} pixels`] : []),
  ].join(', ');

/** Shown only where the file itself fails what assistive technology needs; empty where it does not. */
export const notice = ({ revision }: Attachment): string => {
  const failings = revision.facts.pdf ? pdfFailings(revision.facts.pdf) : [];
  return failings.length === 0
    ? ''
    : `This file may not be suitable for users of assistive technology: ${failings.join('; ')}.`;
};
