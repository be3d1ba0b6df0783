import { readClaimable } from '#cap/standards';
import type { Problem } from '#kernel/problem.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { plainText } from '#platform/documents/plain-text.ts';
import { fileKind } from '#platform/sheets/file-kind.ts';
import { readSheets } from '#platform/sheets/read-sheets.ts';
import { knownStandards } from '../domain/known-standards.ts';
import { qualificationFromWorkbook } from '../domain/qualification-from-workbook.ts';
import { wordingRemarks } from '../domain/wording-remarks.ts';
import { type SheetRows, sheetNames } from '../domain/workbook-layout.ts';
import { type PlacedRemark, placeOfPath, placeWords, type SheetPlace } from '../domain/workbook-places.ts';
import type { Wording } from '../domain/workbook-reading.ts';
import { jsonPlaces, readJsonText, utf8Text } from './json-text.ts';

export type InputFile = { readonly name: string; readonly bytes: Uint8Array };

/** A problem where its author finds it. Line and column are those of a JSON text; a sheet's cell is in the words. */
export type InputProblem = {
  /** Empty where `place` names the file already, as it does for CSV files. */
  readonly file: string;
  /** `Structure, row 7, column C`, `units[3].level`, or nothing: the file as a whole. */
  readonly place: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
};

/** Where a qualification came from, with what is needed to find a place in it again. */
export type InputOrigin =
  | { readonly kind: 'json'; readonly file: string; readonly text: string }
  | {
      readonly kind: 'sheets';
      readonly format: 'xlsx' | 'ods' | 'csv';
      readonly file: string;
      readonly places: readonly (readonly [string, SheetPlace])[];
      readonly problems: readonly PlacedRemark[];
      readonly notes: readonly PlacedRemark[];
      readonly wordings: readonly Wording[];
    };

/** Plain values: it passes between threads. Not checked yet, but by its format. */
export type QualificationInput = { readonly qualification: unknown; readonly origin: InputOrigin };

/**
 * Reads what somebody brings: a qualification file (JSON), a workbook (XLSX or ODS), or the CSV files of a workbook
 * together, told apart by content.
 *
 * @returns refused when a file is none of these or is broken; what is wrong with what it says is for `inputProblems`.
 */
export const readQualificationInput = async (
  files: readonly InputFile[],
): Promise<Result<QualificationInput, readonly InputProblem[]>> => {
  const kinds = files.map((file) => ({ file, kind: fileKind(file.bytes) }));
  const broken = kinds.flatMap(({ file, kind }) =>
    kind.kind === 'refused' ? [whole(file.name, kind.refusal.message)] : [],
  );
  if (broken.length > 0) return refused(broken);
  const [first] = kinds;
  if (!first) return refused([whole('', 'There is no file.')]);
  if (files.length > 1) {
    const others = kinds.filter(({ kind }) => kind.kind === 'ok' && kind.value !== 'text');
    if (others.length > 0)
      return refused(
        others.map(({ file }) =>
          whole(file.name, 'Only the CSV files of one workbook can be brought together: expected CSV.'),
        ),
      );
  } else if (first.kind.kind === 'ok' && first.kind.value === 'json') return readJson(first.file);

  const sheets: SheetRows[] = [];
  let format: 'xlsx' | 'ods' | 'csv' = 'csv';
  for (const file of files) {
    const read = await readSheets(file.name, file.bytes);
    if (read.kind === 'refused') return refused([whole(file.name, read.refusal.message)]);
    format = read.value.format;
    sheets.push(...read.value.sheets);
  }
  const { qualification, places, problems, notes, wordings } = qualificationFromWorkbook(sheets);
  const file = format === 'csv' ? '' : first.file.name;
  return ok({ qualification, origin: { kind: 'sheets', format, file, places, problems, notes, wordings } });
};

const whole = (file: string, message: string): InputProblem => ({ file, place: '', line: null, column: null, message });

const readJson = (file: InputFile): Result<QualificationInput, readonly InputProblem[]> => {
  const text = utf8Text(file.bytes);
  if (text === null) return refused([whole(file.name, 'The file is not UTF-8 text: save it as UTF-8.')]);
  const read = readJsonText(text);
  if (read.kind === 'faulty')
    return refused(
      read.faults.map(({ line, column, message }) => ({ file: file.name, place: '', line, column, message })),
    );
  return ok({ qualification: read.value, origin: { kind: 'json', file: file.name, text } });
};

/** The origin with what its wordings say against the standards that are claimed. */
export const comparedWithStandards = (
  { qualification, origin }: QualificationInput,
  records: readonly unknown[],
): InputOrigin => {
  if (origin.kind === 'json' || origin.wordings.length === 0) return origin;
  const known = records.map(readClaimable).flatMap((read) => (read.kind === 'ok' ? [read.value] : []));
  const { problems, notes } = wordingRemarks(qualification, knownStandards(known, plainText), origin.wordings);
  return { ...origin, problems: [...origin.problems, ...problems], notes: [...origin.notes, ...notes] };
};

/** A JSON file that goes with a qualification, such as an offer. */
export const readJsonInput = (file: InputFile): Result<QualificationInput, readonly InputProblem[]> => readJson(file);

/** Problems of the qualification, each where its author finds it, with those of the sheets themselves among them. */
export const inputProblems = (origin: InputOrigin, problems: readonly Problem[]): readonly InputProblem[] => {
  if (origin.kind === 'json') {
    const placeOf = jsonPlaces(origin.text);
    return problems.map(({ path, message }) => ({ file: origin.file, place: path, ...placeOf(path), message }));
  }
  const places = new Map(origin.places);
  const root: SheetPlace = { sheet: sheetNames.qualification, row: null, column: null };
  // Of sheets that are no workbook at all, that alone is said.
  const told = places.size === 0 && origin.problems.length > 0 ? [] : problems;
  return [
    ...origin.problems,
    ...told.map(({ path, message }) => ({ place: placeOfPath(places, path) ?? root, message })),
  ]
    .toSorted((one, other) => compare(one.place, other.place))
    .map((remark) => asProblem(origin.file, remark));
};

/** What was left out of the sheets: no errors. */
export const inputNotes = (origin: InputOrigin): readonly InputProblem[] =>
  origin.kind === 'json' ? [] : origin.notes.map((remark) => asProblem(origin.file, remark));

const asProblem = (file: string, { place, message }: PlacedRemark): InputProblem => ({
  file,
  place: placeWords(place),
  line: null,
  column: null,
  message,
});

/** In the order of the workbook. */
const compare = (one: SheetPlace, other: SheetPlace): number => {
  const rank = ({ sheet }: SheetPlace) => Object.values(sheetNames).findIndex((name) => sheet.startsWith(name));
  return (
    rank(one) - rank(other) ||
    one.sheet.localeCompare(other.sheet, 'en') ||
    (one.row ?? 0) - (other.row ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0)
  );
};

/** `file.xlsx: Structure, row 7, column C: found …`; `file.json:12:5: units[3].level: found …`. */
export const problemLine = ({ file, place, line, column, message }: InputProblem): string =>
  [line === null ? file : `${file}:${line}:${column}`, place, message].filter((part) => part !== '').join(': ');
