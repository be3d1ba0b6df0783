import type { Problem } from '#kernel/problem.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { longestLine } from './edit-forms.ts';
import { type WithdrawalReason, withdrawalReasons } from './fact.ts';

/** A cell as text, whatever it was in the file. */
export type Table = readonly (readonly string[])[];

/** One row of a register's file: a qualification with one occupation. */
export type RegisterRow = {
  /** As a spreadsheet counts it. */
  readonly row: number;
  readonly number: string | null;
  readonly otherNumbers: readonly string[];
  readonly title: string;
  readonly level: number;
  readonly awardingOrganisation: string;
  readonly route: string | null;
  readonly credits: number | null;
  readonly occupation: string | null;
  readonly occupationTitle: string | null;
  readonly standardVersion: string | null;
  readonly option: string | null;
  readonly cycle: string | null;
  readonly approvedOn: string | null;
  readonly firstTeach: string | null;
  readonly nextReview: string | null;
  readonly withdrawnOn: string | null;
  readonly withdrawalReason: WithdrawalReason | null;
};

/** One row of the list of who delivers what. */
export type DeliveryRow = {
  readonly row: number;
  readonly provider: string;
  readonly postcode: string;
  readonly qualification: string;
};

type Field = Exclude<keyof RegisterRow, 'row'>;

/** Headers that files use for each column, in lower case without blanks and signs. */
const headers: Readonly<Record<Field, readonly string[]>> = {
  number: [
    'number',
    'qualificationnumber',
    'qan',
    'qualificationreference',
    'ofqualnumber',
    'qualificationaccreditationnumber',
  ],
  otherNumbers: ['othernumbers', 'alsoknownas', 'previousnumber', 'earliernumber'],
  title: ['title', 'qualificationtitle', 'qualification', 'nameofqualification', 'qualificationname'],
  level: ['level', 'qualificationlevel'],
  awardingOrganisation: ['awardingorganisation', 'awardingorganization', 'awardingbody', 'ao'],
  route: ['route', 'occupationalroute', 'technicalroute'],
  credits: ['credits', 'totalcredits', 'credit'],
  occupation: ['occupation', 'occupationreference', 'standard', 'standardreference', 'occupationalstandard'],
  occupationTitle: ['occupationtitle', 'occupationname', 'standardtitle'],
  standardVersion: ['standardversion', 'version'],
  option: ['option'],
  cycle: ['cycle', 'approvalcycle'],
  approvedOn: ['approvedon', 'approved', 'dateapproved', 'approvaldate', 'dateofapproval'],
  firstTeach: ['firstteach', 'firstteachdate', 'firstteaching', 'firstteachingdate'],
  nextReview: ['nextreview', 'reviewdate', 'reviewdue', 'dateofnextreview'],
  withdrawnOn: ['withdrawnon', 'withdrawn', 'withdrawaldate', 'dateofwithdrawal', 'datewithdrawn'],
  withdrawalReason: ['withdrawalreason', 'reasonforwithdrawal'],
};
const needed: readonly Field[] = [
  'number',
  'title',
  'level',
  'awardingOrganisation',
  'occupation',
  'cycle',
  'approvedOn',
  'firstTeach',
];

const deliveryHeaders = {
  provider: ['provider', 'providername', 'nameofprovider', 'college', 'institution'],
  postcode: ['postcode', 'providerpostcode', 'campuspostcode'],
  qualification: ['qualification', 'qualificationtitle', 'title', 'nameofqualification', 'htq'],
} as const;

const plain = (header: string): string => header.toLowerCase().replaceAll(/[^a-z]/g, '');

const columnsOf = <Name extends string>(
  first: readonly string[],
  wanted: Readonly<Record<Name, readonly string[]>>,
): { readonly at: ReadonlyMap<Name, number>; readonly unused: readonly string[] } => {
  const at = new Map<Name, number>();
  const used = new Set<number>();
  for (const [name, names] of Object.entries(wanted) as [Name, readonly string[]][]) {
    const found = names
      .map((one) => first.findIndex((header, index) => !used.has(index) && plain(header) === one))
      .find((index) => index !== -1);
    if (found === undefined) continue;
    at.set(name, found);
    used.add(found);
  }
  return { at, unused: first.filter((header, index) => !used.has(index) && header.trim() !== '') };
};

export type RegisterFile =
  | {
      readonly kind: 'register';
      readonly rows: readonly RegisterRow[];
      readonly unused: readonly string[];
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: 'delivery';
      readonly rows: readonly DeliveryRow[];
      readonly unused: readonly string[];
      readonly problems: readonly Problem[];
    };

/** A day as files write it: as people do, or 2026-09-01 with a time. `null`: it is none. */
const readDay = (text: string): string | null => readTypedDay(text.replace(/^(\d{4}-\d{2}-\d{2})[T ].*$/, '$1'));

const inList = (text: string): readonly string[] =>
  text
    .split(/[;,]/)
    .map((one) => one.trim())
    .filter(Boolean);

/** What a title says, for telling whether two are one: case, signs and blanks left out. */
export const titleKey = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('&', ' and ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** A number without its signs: 603/7752/5 and 60377525 are the same. */
export const numberKey = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

const noColumn = (first: readonly string[], names: readonly string[]): Problem => ({
  path: 'row 1',
  message: `no column is called ${names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(' or ')}; found ${first.length === 0 ? 'nothing' : first.map((header) => `"${header}"`).join(', ')}`,
});

/** Reads either kind of file. Headers are matched by their letters; every fault is told, with its row and column. */
export const readRegisterFile = (table: Table): RegisterFile => {
  const [first = [], ...body] = table;
  const delivery = columnsOf(first, deliveryHeaders);
  const own = columnsOf(first, headers);
  if (delivery.at.size === 3 && !own.at.has('awardingOrganisation')) return readDelivery(first, body, delivery);
  if (delivery.at.has('provider') && delivery.at.size > 1 && !own.at.has('awardingOrganisation'))
    return {
      kind: 'delivery',
      rows: [],
      unused: delivery.unused,
      problems: (['provider', 'postcode', 'qualification'] as const)
        .filter((name) => !delivery.at.has(name))
        .map((name) => noColumn(first, deliveryHeaders[name])),
    };
  const missing = needed.filter((field) => !own.at.has(field));
  if (missing.length > 0)
    return {
      kind: 'register',
      rows: [],
      unused: own.unused,
      problems: missing.map((field) => noColumn(first, headers[field])),
    };
  return readRows(first, body, own);
};

const readDelivery = (
  first: readonly string[],
  body: Table,
  { at, unused }: ReturnType<typeof columnsOf<keyof typeof deliveryHeaders>>,
): RegisterFile => {
  const problems: Problem[] = [];
  const rows: DeliveryRow[] = [];
  body.forEach((cells, index) => {
    if (cells.every((one) => one.trim() === '')) return;
    const row = index + 2;
    const cell = (name: keyof typeof deliveryHeaders) =>
      (cells[at.get(name) ?? -1] ?? '').replaceAll(/\s+/g, ' ').trim();
    for (const name of ['provider', 'qualification'] as const)
      if (cell(name) === '')
        problems.push({
          path: `row ${row}, column ${first[at.get(name) ?? 0]}`,
          message: `found nothing, expected the ${name}`,
        });
    for (const [name, index] of at)
      if (cell(name).length > longestLine)
        problems.push({
          path: `row ${row}, column ${first[index]}`,
          message: `found ${cell(name).length} characters, expected at most ${longestLine}`,
        });
    rows.push({
      row,
      provider: cell('provider'),
      postcode: cell('postcode').toUpperCase(),
      qualification: cell('qualification'),
    });
  });
  return { kind: 'delivery', rows, unused, problems };
};

const readRows = (
  first: readonly string[],
  body: Table,
  { at, unused }: ReturnType<typeof columnsOf<Field>>,
): RegisterFile => {
  const problems: Problem[] = [];
  const rows: RegisterRow[] = [];
  body.forEach((cells, index) => {
    if (cells.every((one) => one.trim() === '')) return;
    const row = index + 2;
    const cell = (field: Field): string => (cells[at.get(field) ?? -1] ?? '').replaceAll(/\s+/g, ' ').trim();
    const wrong = (field: Field, message: string) =>
      problems.push({ path: `row ${row}, column ${first[at.get(field) ?? 0]}`, message });
    const before = problems.length;
    for (const [field] of at)
      if (cell(field).length > longestLine)
        wrong(field, `found ${cell(field).length} characters, expected at most ${longestLine}`);
    const text = (field: Field): string | null => cell(field) || null;
    const day = (field: Field): string | null => {
      if (cell(field) === '') return null;
      const read = readDay(cell(field));
      if (read === null) wrong(field, `found "${cell(field)}", expected a day such as 2026-09-01 or 1/9/2026`);
      return read;
    };
    const level = Number(/^(?:level )?(\d)$/i.exec(cell('level'))?.[1] ?? Number.NaN);
    if (level !== 4 && level !== 5)
      wrong('level', `found ${cell('level') === '' ? 'nothing' : `"${cell('level')}"`}, expected 4 or 5`);
    for (const field of ['title', 'awardingOrganisation'] as const)
      if (cell(field) === '') wrong(field, 'found nothing');
    const occupation = text('occupation')?.toUpperCase() ?? null;
    if (occupation !== null && !/^[A-Z]{2,4}\d{3,5}[A-Z]?$/.test(occupation))
      wrong('occupation', `found "${cell('occupation')}", expected the reference of a standard such as ST0127`);
    const [approvedOn, firstTeach, nextReview, withdrawnOn] = (
      ['approvedOn', 'firstTeach', 'nextReview', 'withdrawnOn'] as const
    ).map(day);
    const credits = cell('credits') === '' ? null : Number(cell('credits'));
    if (credits !== null && !(Number.isInteger(credits) && credits > 0 && credits < 1000))
      wrong('credits', `found "${cell('credits')}", expected a whole number`);
    const reason = text('withdrawalReason');
    const known = (Object.keys(withdrawalReasons) as WithdrawalReason[]).find(
      (one) => one === reason || (reason !== null && titleKey(withdrawalReasons[one]) === titleKey(reason)),
    );
    if (reason !== null && known === undefined)
      wrong('withdrawalReason', `found "${reason}", expected one of ${Object.keys(withdrawalReasons).join(', ')}`);
    if (occupation !== null) {
      for (const field of ['cycle', 'approvedOn', 'firstTeach'] as const)
        if (cell(field) === '') wrong(field, 'found nothing, though an occupation is named');
      if (approvedOn && firstTeach && firstTeach < approvedOn)
        wrong('firstTeach', `${firstTeach} is before ${approvedOn}, the day of approval: the dates are crossed`);
      if (approvedOn && nextReview && nextReview < approvedOn)
        wrong('nextReview', `${nextReview} is before ${approvedOn}, the day of approval: the dates are crossed`);
      if (approvedOn && withdrawnOn && withdrawnOn <= approvedOn)
        wrong('withdrawnOn', `${withdrawnOn} is not after ${approvedOn}, the day of approval: the dates are crossed`);
    }
    if (problems.length > before) return;
    rows.push({
      row,
      number: text('number'),
      otherNumbers: inList(cell('otherNumbers')),
      title: cell('title'),
      level,
      awardingOrganisation: cell('awardingOrganisation'),
      route: text('route'),
      credits,
      occupation,
      occupationTitle: text('occupationTitle'),
      standardVersion: text('standardVersion'),
      option: text('option'),
      cycle: text('cycle'),
      approvedOn: approvedOn ?? null,
      firstTeach: firstTeach ?? null,
      nextReview: nextReview ?? null,
      withdrawnOn: withdrawnOn ?? null,
      withdrawalReason: known ?? null,
    });
  });
  return {
    kind: 'register',
    rows,
    unused,
    problems: [...problems, ...doubled(rows, first[at.get('number') ?? 0] ?? 'number')],
  };
};

/** The same qualification and occupation twice, one qualification under two numbers, and one number with two titles. */
const doubled = (rows: readonly RegisterRow[], column: string): readonly Problem[] => {
  const problems: Problem[] = [];
  const seen = new Map<string, RegisterRow>();
  const byTitle = new Map<string, RegisterRow>();
  const byNumber = new Map<string, RegisterRow>();
  for (const one of rows) {
    const key = `${numberKey(one.number ?? one.title)} ${one.occupation ?? ''}`;
    const earlier = seen.get(key);
    if (earlier)
      problems.push({
        path: `row ${one.row}, column ${column}`,
        message: `the same qualification and occupation stand in row ${earlier.row} already`,
      });
    else seen.set(key, one);
    const titled = `${titleKey(one.title)} ${one.level} ${titleKey(one.awardingOrganisation)}`;
    const other = byTitle.get(titled);
    if (other && numberKey(other.number ?? '') !== numberKey(one.number ?? ''))
      problems.push({
        path: `row ${one.row}, column ${column}`,
        message: `the same title, level and awarding organisation stand under ${other.number ?? 'no number'} in row ${other.row}: one qualification under two numbers. Keep one row, with the other number in a column "otherNumbers"`,
      });
    else if (!other) byTitle.set(titled, one);
    if (one.number === null) continue;
    const numbered = byNumber.get(numberKey(one.number));
    if (!numbered) byNumber.set(numberKey(one.number), one);
    else if (
      titleKey(numbered.title) !== titleKey(one.title) ||
      numbered.level !== one.level ||
      titleKey(numbered.awardingOrganisation) !== titleKey(one.awardingOrganisation)
    )
      problems.push({
        path: `row ${one.row}, column ${column}`,
        message: `row ${numbered.row} has another title, level or awarding organisation for the same number`,
      });
  }
  return problems;
};
