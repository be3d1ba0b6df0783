export const factKinds = ['contact', 'body', 'date', 'figure'] as const;
export type FactKind = (typeof factKinds)[number];

export const factKindWords: Readonly<Record<FactKind, string>> = {
  contact: 'Contact',
  body: 'Body',
  date: 'Date',
  figure: 'Figure',
};

/** What held, from when to when, and who says so. */
export type FactText = {
  readonly value: string;
  /** Where a contact or body can be reached: `mailto:`, `tel:` or `https:`; `null`: shown without a link. */
  readonly href: string | null;
  /** Shown beside it; empty: nothing. */
  readonly note: string;
  readonly source: string;
  /** ISO dates; `holdsUntil` is the last day on which it held, `null`: it still does as far as is known. */
  readonly holdsFrom: string;
  readonly holdsUntil: string | null;
};

export type FactValue = FactText & {
  readonly number: number;
  readonly writtenBy: string | null;
  readonly writtenAt: Date;
  readonly checkedBy: string | null;
  /** `null`: it waits for a second person. */
  readonly confirmedAt: Date | null;
};

/** A contact or dated fact that pages name by its id, so that it is changed once. */
export type Fact = {
  readonly id: string;
  readonly kind: FactKind;
  readonly title: string;
  /** The newest first. */
  readonly values: readonly FactValue[];
};

/**
 * What is told of a fact on a day: the value that has begun last, also where it has ended since; before any has begun,
 * the first that will. `null`: none was confirmed.
 *
 * @param knownBy tells what was known then; `null`: what is known now.
 */
export const valueOn = (fact: Fact, day: string, knownBy: Date | null = null): FactValue | null => {
  const confirmed = fact.values
    .filter((one) => one.confirmedAt !== null && (knownBy === null || one.confirmedAt <= knownBy))
    .toSorted((one, other) => one.holdsFrom.localeCompare(other.holdsFrom) || one.number - other.number);
  return confirmed.filter((one) => one.holdsFrom <= day).at(-1) ?? confirmed[0] ?? null;
};

export const waitingValue = (fact: Fact): FactValue | null =>
  fact.values.find((one) => one.confirmedAt === null) ?? null;

export const hasEnded = (value: FactValue, day: string): boolean => value.holdsUntil !== null && value.holdsUntil < day;

/** What is told as text: "£38,140 (at 2025/26 rates, until 31 July 2026)". */
export const factWords = (value: FactValue, day: string, dayWords: (day: string) => string): string => {
  const beside = [
    value.note,
    hasEnded(value, day) ? `until ${dayWords(value.holdsUntil ?? '')}` : '',
    value.holdsFrom > day ? `from ${dayWords(value.holdsFrom)}` : '',
  ].filter((one) => one !== '');
  return beside.length > 0 ? `${value.value} (${beside.join(', ')})` : value.value;
};
