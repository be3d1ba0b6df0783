import { wholeWords } from '#kernel/words-in.ts';
import type { KnownMark } from './check-page.ts';
import type { PageBlock, PageText } from './page-text.ts';

/** One qualification that the provider has, or once had, an offer of; with what holds for each of its occupations. */
export type KnownQualification = {
  readonly id: string;
  readonly title: string;
  readonly numbers: readonly string[];
  /** What it is in, without the kind of award: "Community Networks". */
  readonly short: string;
  readonly marks: readonly KnownMark[];
};

/** What a piece of text is about. */
export type Subject =
  | { readonly kind: 'known'; readonly qualifications: readonly KnownQualification[] }
  /** It names an award or a number that the register does not hold for this provider. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' };

/** Blocks on either side that still belong to what a claim says, within one section. */
export const reach = 3;

/** Words by which people call an award. */
export const award =
  /\b(?:diplomas?|certificates?|(?:foundation|bachelor[’']?s|honours) degrees?|HNCs?|HNDs?|higher nationals?|dip ?he|cert ?he|FdA|FdSc|FdEng)\b/i;
/** An award with what it is in, as far as the next mark of punctuation. */
const awardIn = new RegExp(`${award.source}[^.;:,()]{0,30}?\\b(?:in|of)\\s+\\p{L}`, 'iu');
/** What learners come with, such as a Level 3 Diploma, is not what is offered. */
const otherLevel =
  /\blevels? [1236-8]\b(?: \p{L}+){0,2} (?:diploma|certificate|award|degree)s?\b(?: in [^.;:,()]+)?/giu;
/** Numbers of qualifications as the regulator writes them: 603/1234/5. */
const numbers = /\b(\d{3})\/?(\d{4})\/?([\dX])\b/giu;

const plain = (number: string): string => number.replaceAll(/[^\dX]/gi, '').toUpperCase();
const lowered = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ');

const shortOf = (title: string): string =>
  /\b(?:diploma|certificate|award|degree|HNC|HND|higher national \w+|FdA|FdSc|FdEng)\s+(?:in|of|for)\s+(.+)$/i.exec(
    title,
  )?.[1] ?? title;

export const knownQualifications = (marks: readonly KnownMark[]): readonly KnownQualification[] =>
  [...Map.groupBy(marks, (one) => one.facts.qualification.id)].flatMap(([id, group]) => {
    const [first] = group;
    if (!first) return [];
    const { title, number } = first.facts.qualification;
    return [{ id, title, numbers: [plain(number)], short: shortOf(title), marks: group }];
  });

export const indexOfWords = (text: string, words: string): number => text.toLowerCase().indexOf(words.toLowerCase());

/** Where a text names a qualification by its whole title or by what it is in. */
export const placeOf = (text: string, one: KnownQualification): { readonly at: number; readonly length: number } => {
  for (const words of [one.title, one.short]) {
    const found = wholeWords([words]).exec(text);
    if (found) return { at: found.index, length: found[0].length };
  }
  for (const found of text.matchAll(numbers))
    if (one.numbers.includes(plain(found[0]))) return { at: found.index, length: found[0].length };
  return { at: 0, length: Math.min(text.length, 60) };
};

/**
 * What a block names by itself. The whole title goes before what it is in, so that "Pearson HNC in Engineering" is not taken for a
 * Diploma in Engineering; the longest title counts, so that none is found inside another.
 */
export const namedIn = (text: string, known: readonly KnownQualification[]): Subject => {
  let left = text.replaceAll(otherLevel, ' ');
  const found: KnownQualification[] = [];
  const take = (words: string, one: KnownQualification): void => {
    const without = left.replace(wholeWords([words]), ' ');
    if (without === left) return;
    left = without;
    if (!found.includes(one)) found.push(one);
  };
  const longestFirst = (of: (one: KnownQualification) => string) =>
    known.toSorted((one, other) => of(other).length - of(one).length);
  for (const one of longestFirst(({ title }) => title)) take(one.title, one);
  let isUnknown = false;
  for (const number of text.matchAll(numbers)) {
    const one = known.find((each) => each.numbers.includes(plain(number[0])));
    if (!one) isUnknown = true;
    else if (!found.includes(one)) found.push(one);
  }
  if (awardIn.test(left)) isUnknown = true;
  if (!isUnknown && found.length === 0) {
    const shorts = Map.groupBy(
      longestFirst(({ short }) => short),
      ({ short }) => lowered(short),
    );
    for (const [short, ones] of shorts) {
      const without = left.replace(wholeWords([short]), ' ');
      if (without !== left) found.push(...ones);
      left = without;
    }
    if (found.length === 0 && award.test(left)) isUnknown = true;
  }
  if (isUnknown) return { kind: 'unknown' };
  return found.length > 0 ? { kind: 'known', qualifications: found } : { kind: 'none' };
};

/** A heading and what stands under it, up to the next; what comes before the first heading has none. */
export type Section = {
  readonly from: number;
  /** The first block that no longer belongs to it. */
  readonly to: number;
  readonly subject: Subject;
};

/** Under a heading that names nothing, what the heading before it named is still spoken of. */
export const sectionsOf = (page: PageText, known: readonly KnownQualification[]): readonly Section[] => {
  const starts = page.blocks.flatMap((block, at) => (block.isHeading || at === 0 ? [at] : []));
  let subject: Subject = { kind: 'none' };
  return starts.map((from, place) => {
    const block = page.blocks[from];
    const named: Subject = block?.isHeading ? namedIn(block.text, known) : { kind: 'none' };
    if (named.kind !== 'none') subject = named;
    return { from, to: starts[place + 1] ?? page.blocks.length, subject };
  });
};

export const sectionAt = (sections: readonly Section[], at: number): Section =>
  sections.findLast((one) => one.from <= at) ?? { from: 0, to: at + 1, subject: { kind: 'none' } };

/** What several blocks name, together. */
const allNamed = (blocks: readonly PageBlock[], known: readonly KnownQualification[]): Subject => {
  const named = blocks.map((one) => namedIn(one.text, known));
  if (named.length > 0 && named.every((one) => one.kind !== 'known'))
    return named.some((one) => one.kind === 'unknown') ? { kind: 'unknown' } : { kind: 'none' };
  return {
    kind: 'known',
    qualifications: [...new Set(named.flatMap((one) => (one.kind === 'known' ? one.qualifications : [])))],
  };
};

/** What is claimed, and in which block it is named. */
export type Claimed = { readonly at: number; readonly subject: Subject };

/**
 * What a claim is about: what its own words name; of several things at once ("These are HTQs:") each that its section names; else the
 * nearest words before it in its section, then the heading it stands under, then the words after it.
 */
export const claimedBy = (
  page: PageText,
  at: number,
  sections: readonly Section[],
  known: readonly KnownQualification[],
): readonly Claimed[] => {
  const block = page.blocks[at];
  if (!block) return [];
  const own = namedIn(block.text, known);
  if (own.kind !== 'none') return [{ at, subject: own }];
  const section = sectionAt(sections, at);
  if (/\bHTQs\b|Qualifications\b/i.test(block.text)) {
    const all = page.blocks
      .slice(section.from, section.to)
      .map((one, place): Claimed => ({ at: section.from + place, subject: namedIn(one.text, known) }))
      .filter((one) => one.subject.kind !== 'none');
    if (all.length > 0) return all;
  } else if (block.isHeading) return [{ at, subject: { kind: 'none' } }];
  else {
    for (let before = at - 1; before > section.from && before >= at - reach; before -= 1) {
      const named = namedIn(page.blocks[before]?.text ?? '', known);
      if (named.kind !== 'none') return [{ at, subject: named }];
    }
  }
  if (section.subject.kind !== 'none') return [{ at, subject: section.subject }];
  return [{ at, subject: allNamed(page.blocks.slice(at + 1, Math.min(section.to, at + 1 + reach)), known) }];
};
