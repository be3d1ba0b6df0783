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

/** What a text names by itself. */
export type Naming = (text: string) => Subject;

/**
 * What texts name. The whole title goes before what it is in, so that "Pearson HNC in Engineering" is not taken for a Diploma in
 * Engineering; the longest title counts, so that none is found inside another. A text that was read before is not read again.
 */
export const namingOf = (known: readonly KnownQualification[]): Naming => {
  const longestFirst = (of: (one: KnownQualification) => string) =>
    known.toSorted((one, other) => of(other).length - of(one).length);
  const titles = longestFirst(({ title }) => title).map((one) => ({ one, words: wholeWords([one.title]) }));
  const shorts = [
    ...Map.groupBy(
      longestFirst(({ short }) => short),
      ({ short }) => lowered(short),
    ),
  ].map(([short, ones]) => ({ ones, words: wholeWords([short]) }));
  const read: Naming = (text) => {
    let left = text.replaceAll(otherLevel, ' ');
    const found: KnownQualification[] = [];
    for (const { one, words } of titles) {
      const without = left.replace(words, ' ');
      if (without !== left && !found.includes(one)) found.push(one);
      left = without;
    }
    let isUnknown = false;
    for (const number of text.matchAll(numbers)) {
      const one = known.find((each) => each.numbers.includes(plain(number[0])));
      if (!one) isUnknown = true;
      else if (!found.includes(one)) found.push(one);
    }
    if (awardIn.test(left)) isUnknown = true;
    if (!isUnknown && found.length === 0) {
      for (const { ones, words } of shorts) {
        const without = left.replace(words, ' ');
        if (without !== left) found.push(...ones);
        left = without;
      }
      if (found.length === 0 && award.test(left)) isUnknown = true;
    }
    if (isUnknown) return { kind: 'unknown' };
    return found.length > 0 ? { kind: 'known', qualifications: found } : { kind: 'none' };
  };
  const seen = new Map<string, Subject>();
  return (text) => {
    const before = seen.get(text);
    if (before) return before;
    const subject = read(text);
    seen.set(text, subject);
    return subject;
  };
};

/** A heading and what stands under it, up to the next; what comes before the first heading has none. */
export type Section = {
  readonly from: number;
  /** The first block that no longer belongs to it. */
  readonly to: number;
  readonly subject: Subject;
};

/** Under a heading that names nothing, what the heading before it named is still spoken of. */
export const sectionsOf = (page: PageText, named: Naming): readonly Section[] => {
  const starts = page.blocks.flatMap((block, at) => (block.isHeading || at === 0 ? [at] : []));
  let subject: Subject = { kind: 'none' };
  return starts.map((from, place) => {
    const block = page.blocks[from];
    const own: Subject = block?.isHeading ? named(block.text) : { kind: 'none' };
    if (own.kind !== 'none') subject = own;
    return { from, to: starts[place + 1] ?? page.blocks.length, subject };
  });
};

export const sectionAt = (sections: readonly Section[], at: number): Section =>
  sections.findLast((one) => one.from <= at) ?? { from: 0, to: at + 1, subject: { kind: 'none' } };

/** What several blocks name, together. */
const allNamed = (blocks: readonly PageBlock[], named: Naming): Subject => {
  const all = blocks.map((one) => named(one.text));
  if (all.length > 0 && all.every((one) => one.kind !== 'known'))
    return all.some((one) => one.kind === 'unknown') ? { kind: 'unknown' } : { kind: 'none' };
  return {
    kind: 'known',
    qualifications: [...new Set(all.flatMap((one) => (one.kind === 'known' ? one.qualifications : [])))],
  };
};

/** What is claimed, and in which block it is named. */
export type Claimed = { readonly at: number; readonly subject: Subject };

/** "These are HTQs:" speaks of each that its section names. */
const ofSeveral = /\bHTQs\b|Qualifications\b/i;

/**
 * What a claim is about: what its own words name; of several things at once each that its section names; else the nearest words before
 * it in its section, then the heading it stands under, then the words after it.
 */
const claimedBy = (page: PageText, at: number, section: Section, named: Naming): Subject => {
  for (let before = at - 1; before > section.from && before >= at - reach; before -= 1) {
    const subject = named(page.blocks[before]?.text ?? '');
    if (subject.kind !== 'none') return subject;
  }
  if (section.subject.kind !== 'none') return section.subject;
  return allNamed(page.blocks.slice(at + 1, Math.min(section.to, at + 1 + reach)), named);
};

/** What each claim of a page is about. What a section names is told of its first claim of several alone: another says the same. */
export const claimsOf = (
  page: PageText,
  sections: readonly Section[],
  named: Naming,
): ((at: number) => readonly Claimed[]) => {
  const allIn = (section: Section): readonly Claimed[] =>
    page.blocks
      .slice(section.from, section.to)
      .map((one, place): Claimed => ({ at: section.from + place, subject: named(one.text) }))
      .filter((one) => one.subject.kind !== 'none');
  const nothingIn = new Set<number>();
  const told = new Set<number>();
  return (at) => {
    const block = page.blocks[at];
    if (!block) return [];
    const own = named(block.text);
    if (own.kind !== 'none') return [{ at, subject: own }];
    const section = sectionAt(sections, at);
    if (ofSeveral.test(block.text)) {
      if (told.has(section.from)) return [];
      const all = nothingIn.has(section.from) ? [] : allIn(section);
      if (all.length > 0) {
        told.add(section.from);
        return all;
      }
      nothingIn.add(section.from);
    } else if (block.isHeading) return [{ at, subject: { kind: 'none' } }];
    return [{ at, subject: claimedBy(page, at, section, named) }];
  };
};
