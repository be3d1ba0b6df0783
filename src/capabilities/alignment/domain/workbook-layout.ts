/**
 * The qualification workbook: which sheets it has, how their columns are headed, and the words its cells choose from.
 * Written by `workbook-from-qualification.ts`, read back by `qualification-from-workbook.ts`. Columns are found by
 * heading, so that a sheet whose columns were moved, or that has more of them, is read all the same.
 */

export type Cell = string | number | boolean | null;

/** A sheet as it comes in: row 1 is `rows[0]`. */
export type SheetRows = { readonly name: string; readonly rows: readonly (readonly Cell[])[] };

export type Column = {
  readonly heading: string;
  /** Other headings that people give it. */
  readonly also?: readonly string[];
  /** In characters. */
  readonly width: number;
  readonly asText?: boolean;
  /** Without it the sheet cannot be read. */
  readonly needed?: boolean;
  /** For the reader's eyes: filled by us, never read back. */
  readonly shown?: boolean;
};

export type SheetKind = 'qualification' | 'occupations' | 'structure' | 'rules' | 'mapping' | 'exceptions' | 'outcomes';

export const sheetNames: Readonly<Record<SheetKind, string>> = {
  qualification: 'Qualification',
  occupations: 'Occupations',
  structure: 'Structure',
  rules: 'Rules',
  mapping: 'KSB mapping',
  exceptions: 'Exceptions',
  outcomes: 'Outcomes',
};

/** Sheets of the workbook that hold nothing of the qualification. */
export const otherSheets = { instructions: 'Read me', lists: 'Lists' } as const;

export const columns = {
  qualification: {
    field: { heading: 'Field', width: 26, needed: true },
    value: { heading: 'Value', width: 60, needed: true },
    help: { heading: 'What to enter', width: 70, shown: true },
  },
  occupations: {
    standard: { heading: 'Standard', also: ['Standard reference', 'Reference'], width: 14, asText: true, needed: true },
    version: { heading: 'Version', also: ['Standard version'], width: 10, asText: true, needed: true },
    option: { heading: 'Option', width: 40, asText: true },
    name: { heading: 'Claim name', also: ['Claim', 'Name'], width: 24, asText: true },
    title: { heading: 'Occupation', width: 50, shown: true },
  },
  structure: {
    code: { heading: 'Unit code', also: ['Code', 'Unit', 'Unit number'], width: 16, asText: true, needed: true },
    title: { heading: 'Unit title', also: ['Title'], width: 50, asText: true, needed: true },
    level: { heading: 'Level', width: 8 },
    credits: { heading: 'Credits', also: ['Credit', 'Credit value'], width: 10 },
    glh: { heading: 'GLH', also: ['Guided learning hours'], width: 10 },
    pathway: { heading: 'Pathway', width: 24, asText: true },
    group: { heading: 'Group', also: ['Mandatory or group'], width: 24, asText: true },
  },
  rules: {
    rule: { heading: 'Rule', width: 18, needed: true },
    pathway: { heading: 'Pathway', width: 22, asText: true },
    group: { heading: 'Group', width: 22, asText: true },
    level: { heading: 'Level', width: 8 },
    units: { heading: 'Units', also: ['Unit'], width: 26, asText: true },
    needs: { heading: 'Needs', width: 22, asText: true },
    occupations: { heading: 'Occupations', also: ['Claims'], width: 22, asText: true },
    fewestUnits: { heading: 'Fewest units', width: 10 },
    mostUnits: { heading: 'Most units', width: 10 },
    fewestCredits: { heading: 'Fewest credits', width: 10 },
    mostCredits: { heading: 'Most credits', width: 10 },
    groupTitle: { heading: 'Group title', width: 24, asText: true },
  },
  mapping: {
    standard: { heading: 'Standard', width: 11, asText: true },
    ksb: { heading: 'KSB', also: ['KSB code', 'KSB id', 'KSB reference'], width: 7, asText: true, needed: true },
    kind: { heading: 'Kind', width: 12, shown: true },
    scope: { heading: 'Belongs to', width: 24, shown: true },
    wording: { heading: 'Wording', also: ['KSB text', 'KSB wording'], width: 60, shown: true },
  },
  exceptions: {
    claim: { heading: 'Claim', also: ['Claim name', 'Standard', 'Occupation'], width: 24, asText: true },
    ksb: { heading: 'KSB', also: ['KSB code'], width: 8, asText: true, needed: true },
    exception: { heading: 'Exception', width: 18, needed: true },
    reason: { heading: 'Reason', width: 60, asText: true, needed: true },
    acceptedBy: { heading: 'Accepted by', width: 30, asText: true },
  },
  outcomes: {
    unit: { heading: 'Unit code', also: ['Unit'], width: 16, asText: true, needed: true },
    code: { heading: 'Outcome code', also: ['Outcome number', 'LO'], width: 14, asText: true, needed: true },
    text: { heading: 'Outcome', also: ['Learning outcome', 'Outcome text'], width: 60, asText: true, needed: true },
  },
} as const satisfies Readonly<Record<SheetKind, Readonly<Record<string, Column>>>>;

/** Fields of the Qualification sheet, in the words of its first column. */
export const qualificationFields = [
  {
    key: 'title',
    label: 'Title',
    also: [],
    help: 'As it is or will be awarded, without “HTQ” or “Higher Technical Qualification” in it.',
  },
  { key: 'awardingOrganisation', label: 'Awarding organisation', also: ['awarding body'], help: 'Who awards it.' },
  { key: 'level', label: 'Level', also: [], help: '4 or 5.' },
  {
    key: 'guarantee',
    label: 'Every combination covers',
    also: ['guarantee'],
    help: 'What each permitted combination of units must do: cover at least one of the occupations on the next sheet, or all of them. Left empty: at least one.',
  },
] as const;

export const guaranteeWords = { any: 'at least one occupation', each: 'every occupation' } as const;

export const mandatoryWord = 'Mandatory';
export const notUsedWord = 'Not used';

/** Kinds of rules, and the columns that each may fill. */
export const ruleKinds = {
  choose: {
    word: 'Choose',
    takes: ['pathway', 'group', 'fewestUnits', 'mostUnits', 'fewestCredits', 'mostCredits', 'groupTitle'],
  },
  pathway: { word: 'Pathway', takes: ['pathway', 'occupations'] },
  credits: { word: 'Credits in total', takes: ['fewestCredits', 'mostCredits'] },
  level: { word: 'Credits at level', takes: ['level', 'fewestCredits', 'mostCredits'] },
  barred: { word: 'Not together', takes: ['units'] },
  requires: { word: 'Needs', takes: ['units', 'needs'] },
} as const satisfies Readonly<Record<string, { readonly word: string; readonly takes: readonly RuleColumn[] }>>;

export type RuleKind = keyof typeof ruleKinds;
export type RuleColumn = Exclude<keyof (typeof columns)['rules'], 'rule'>;

export const markWords = { covers: 'full', partly: 'part' } as const;
export const exceptionWords = { exclude: 'Not required', partly: 'Part is enough' } as const;

/** `ST0127 full`: the KSBs of a standard that an outcome covers, as a list. */
export const outcomeHeading = (standard: string, key: keyof typeof markWords): string =>
  `${standard} ${markWords[key]}`;

/** The wording of the standards is Crown copyright; the licence asks for this line wherever it is shown. */
export const licenceLine =
  'Wording of the occupational standards: Skills England, © Crown copyright, under the Open Government Licence v3.0 (https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).';

/** How headings and chosen words are compared: case, blanks and punctuation at the end are forgiven. */
export const folded = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[:.*]+$/, '')
    .trim()
    .toLowerCase();

const divided = /[,;"\n]/;

/** Codes in one cell. A code with a comma in it stands in quotation marks. */
export const joinList = (codes: readonly string[]): string =>
  codes.map((code) => (divided.test(code) ? `"${code.replaceAll('"', '""')}"` : code)).join(', ');

/** Undoes `joinList`; commas, semicolons and new lines divide. */
export const splitList = (text: string): readonly string[] =>
  [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,;\n]*))\s*(?:[,;\n]|$)/g)]
    .map(([, quoted, bare]) => (quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"')).trim())
    .filter((code) => code !== '');
