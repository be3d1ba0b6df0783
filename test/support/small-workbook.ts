import assert from 'node:assert/strict';
import { readStandard } from '#cap/standards';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import type { Qualification } from '../../src/capabilities/alignment/domain/qualification-file.ts';
import { workbookOf } from '../../src/capabilities/alignment/domain/workbook-from-qualification.ts';
import type { Cell } from '../../src/capabilities/alignment/domain/workbook-layout.ts';
import type { LaidOutSheet } from '../../src/capabilities/alignment/domain/workbook-sheet.ts';
import { readWithStandards } from '../../src/capabilities/alignment/use-cases/claimed-standards.ts';
import {
  comparedWithStandards,
  inputNotes,
  inputProblems,
  problemLine,
  readQualificationInput,
} from '../../src/capabilities/alignment/use-cases/read-qualification-input.ts';

export const record = {
  referenceNumber: 'ST0901',
  version: '1.0',
  title: 'Tester',
  level: 4,
  knowledges: [
    { knowledgeId: 'a', detail: 'Knows' },
    { knowledgeId: 'b', detail: 'Knows more' },
  ],
  skills: [{ skillId: 'c', detail: 'Can' }],
  behaviours: [],
};
const read = readStandard(record);
export const standard = read.kind === 'ok' ? read.value : assert.fail();

export const qualification: Qualification = {
  title: 'Diploma',
  awardingOrganisation: 'Fictional Awards',
  level: 4,
  occupations: [
    {
      standard: 'ST0901',
      version: '1.0',
      exclude: [{ ksb: 'K2', reason: 'Only at work', acceptedBy: 'A panel' }],
    },
  ],
  units: [
    { code: 'U1', title: 'One', level: 4, credits: 15, covers: { ST0901: ['K1'] } },
    { code: 'U2', title: 'Two', level: 4, credits: 15, covers: { ST0901: ['S1'] } },
    {
      code: 'U3',
      title: 'Three',
      level: 5,
      credits: 30,
      outcomes: [{ code: 'LO1', text: 'Does', covers: { ST0901: ['S1'] } }],
    },
  ],
  rules: {
    mandatory: ['U1'],
    choose: [{ name: 'Optional', from: ['U2', 'U3'], units: { min: 1, max: 1 } }],
    requires: [{ unit: 'U3', needs: ['U1'] }],
  },
};

export const sheets = workbookOf(qualification, [standard]);

/** A change to one sheet, told as cells: `A4` and what is to stand there. */
export type Change = Readonly<Record<string, Readonly<Record<string, Cell>>>>;

export const changed = (change: Change): readonly LaidOutSheet[] =>
  sheets.map((sheet) => {
    const rows = sheet.rows.map((row) => [...row]);
    for (const [address, value] of Object.entries(change[sheet.name] ?? {})) {
      const [, letter, digits] = /^([A-Z])(\d+)$/.exec(address) ?? assert.fail(address);
      const row = Number(digits) - 1;
      while (rows.length <= row) rows.push([]);
      const column = (letter ?? '').charCodeAt(0) - 65;
      const cells = rows[row] ?? [];
      while (cells.length <= column) cells.push(null);
      cells[column] = value;
    }
    return { ...sheet, rows };
  });

export const check = async (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) => {
  const input = await readQualificationInput(files);
  if (input.kind === 'refused') return { problems: input.refusal.map(problemLine), notes: [], qualification: null };
  const { qualification } = input.value;
  const origin = comparedWithStandards(input.value, [record]);
  const answer = readWithStandards(qualification, [record]);
  return {
    qualification,
    problems: inputProblems(origin, answer.kind === 'wrong' ? answer.problems : []).map(problemLine),
    notes: inputNotes(origin).map(problemLine),
  };
};

export const checkSheets = async (laidOut: readonly LaidOutSheet[]) =>
  check([{ name: 'q.xlsx', bytes: await writeXlsx({ title: 'Q', sheets: laidOut }) }]);

export const json = (value: unknown) => ({
  name: 'q.json',
  bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value, null, 2)),
});
