/** What shows that employers want an occupation taught: someone came to an event, was met, or signed a letter. */
export type EvidenceKind = 'attendance' | 'meeting' | 'letter';

export const evidenceKinds: readonly EvidenceKind[] = ['attendance', 'meeting', 'letter'];

/** A paragraph of what an item says; `confidential`: it is held back from everyone but the organisation's members. */
export type EvidencePart = { readonly text: string; readonly confidential: boolean };

/** The employer as an item needs it; `null`: not known. */
export type EvidenceEmployer = {
  readonly id: string;
  readonly name: string;
  readonly size: string | null;
  readonly sector: string | null;
  readonly region: string | null;
};

/** One piece of evidence as it is kept. */
export type EvidenceSource = {
  readonly kind: EvidenceKind;
  /** Of the meeting or letter; of an attendance its key. */
  readonly id: string;
  readonly employer: EvidenceEmployer;
  /** ISO day on which it happened or was signed. */
  readonly on: string;
  /** References of standards, such as ST0116. */
  readonly occupations: readonly string[];
  /** The whole of it is held back. */
  readonly confidential: boolean;
  /** What it is in a line, without anybody's name. */
  readonly title: string;
  readonly parts: readonly EvidencePart[];
  /** Of a letter: who signed it, and the SHA-256 that its page works out anew. `signer` is `null` where the name was taken out. */
  readonly signature: { readonly signer: string | null; readonly sha256: string } | null;
};

export type EvidenceItem = EvidenceSource & {
  /** Whole calendar months from its day to the record's. */
  readonly ageMonths: number;
};

/** Everything that one organisation has for one occupation, on a day. */
export type EvidenceRecord = {
  /** Id of the organisation that keeps it. */
  readonly organisation: string;
  /** Reference of the standard. */
  readonly occupation: string;
  /** ISO day: what is dated later is not in it. */
  readonly on: string;
  /** The newest first. */
  readonly items: readonly EvidenceItem[];
  /** How many items were left out because they are confidential: 0 in the whole record. */
  readonly heldBack: number;
};

const partsOf = (day: string): readonly [number, number, number] => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
};

/** Whole calendar months from one ISO day to another that is not before it: 30 January to 29 February is none, to 1 March one. */
export const monthsBetween = (from: string, to: string): number => {
  const [fromYear, fromMonth, fromDate] = partsOf(from);
  const [toYear, toMonth, toDate] = partsOf(to);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDate < fromDate ? 1 : 0);
};

/** The ISO day so many months later; where that month is shorter, its last day. */
export const monthsLater = (day: string, months: number): string => {
  const [year, month, date] = partsOf(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, days)))
    .toISOString()
    .slice(0, 10);
};

/** The record of an occupation. @param on ISO day. */
export const recordOf = (
  organisation: string,
  occupation: string,
  on: string,
  sources: readonly EvidenceSource[],
): EvidenceRecord => ({
  organisation,
  occupation,
  on,
  items: sources
    .filter((one) => one.occupations.includes(occupation) && one.on <= on)
    .map((one) => ({ ...one, ageMonths: monthsBetween(one.on, on) }))
    .toSorted(
      (one, other) =>
        other.on.localeCompare(one.on) ||
        one.employer.name.localeCompare(other.employer.name, 'en-GB') ||
        one.id.localeCompare(other.id),
    ),
  heldBack: 0,
});

export const heldBackWords = 'A part that the employer asked to hold back.';

/**
 * The record as others may see it: without confidential items, with confidential parts named and not shown, without who
 * signed, and without what was noted of a meeting, where people are named freely.
 */
export const forOthers = (record: EvidenceRecord): EvidenceRecord => {
  const open = record.items.filter((one) => !one.confidential);
  return {
    ...record,
    items: open.map((one) => ({
      ...one,
      signature: one.signature && { ...one.signature, signer: null },
      parts:
        one.kind === 'letter'
          ? one.parts.map((part) => (part.confidential ? { text: heldBackWords, confidential: true } : part))
          : [],
    })),
    heldBack: record.heldBack + record.items.length - open.length,
  };
};

/** How many employers an item list is from: each counts once. */
export const countEmployers = (items: readonly EvidenceSource[]): number =>
  new Set(items.map((one) => one.employer.id)).size;

export type CountRow = {
  /** `null`: not known. */
  readonly key: string | null;
  readonly employers: number;
  readonly items: number;
};

/** Ages in months, each from one number to below the next: half a year, a year, then years. */
export const ageBands = [
  { from: 0, below: 6, words: 'Under 6 months' },
  { from: 6, below: 12, words: '6 to 11 months' },
  { from: 12, below: 24, words: '12 to 23 months' },
  { from: 24, below: 36, words: '24 to 35 months' },
  { from: 36, below: null, words: '36 months or older' },
] as const;

const bandOf = (months: number): string =>
  ageBands.find((one) => one.below === null || months < one.below)?.words ?? ageBands[0].words;

export type Dimension = 'region' | 'size' | 'sector' | 'age';

const keyOf: Readonly<Record<Dimension, (item: EvidenceItem) => string | null>> = {
  region: (item) => item.employer.region,
  size: (item) => item.employer.size,
  sector: (item) => item.employer.sector,
  age: (item) => bandOf(item.ageMonths),
};

/**
 * Employers and items by one dimension, in the order of `keys`, then others by name, then what is not known. By age, an
 * employer stands with its newest item.
 *
 * @param all whether a key that nothing has gets its row of noughts.
 */
export const countBy = (
  items: readonly EvidenceItem[],
  dimension: Dimension,
  keys: readonly string[],
  all: boolean,
): readonly CountRow[] => {
  const newestFirst = items.toSorted((one, other) => one.ageMonths - other.ageMonths);
  const rows = new Map<string | null, { employers: Set<string>; items: number }>(
    all ? keys.map((key) => [key, { employers: new Set<string>(), items: 0 }]) : [],
  );
  const seen = new Set<string>();
  for (const item of newestFirst) {
    const key = keyOf[dimension](item);
    const row = rows.get(key) ?? { employers: new Set<string>(), items: 0 };
    rows.set(key, row);
    row.items += 1;
    if (dimension !== 'age' || !seen.has(item.employer.id)) row.employers.add(item.employer.id);
    seen.add(item.employer.id);
  }
  const rank = (key: string | null): number =>
    key === null ? Number.POSITIVE_INFINITY : keys.indexOf(key) + 1 || keys.length + 1;
  return [...rows]
    .toSorted(([one], [other]) => rank(one) - rank(other) || (one ?? '').localeCompare(other ?? '', 'en-GB'))
    .map(([key, row]) => ({ key, employers: row.employers.size, items: row.items }));
};

/** How many employers of each size there are in each region: where there is none, evidence is missing. */
export const spreadOf = (
  items: readonly EvidenceItem[],
  regions: readonly string[],
  sizes: readonly string[],
): readonly { readonly region: string; readonly employers: readonly number[] }[] =>
  regions.map((region) => ({
    region,
    employers: sizes.map((size) =>
      countEmployers(items.filter((one) => one.employer.region === region && one.employer.size === size)),
    ),
  }));
