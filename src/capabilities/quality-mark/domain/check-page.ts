import { dayWords } from '#kernel/london-time.ts';
import type { Entitlement } from './entitlement.ts';
import type { MarkFacts } from './mark-facts.ts';
import type { TitleRule } from './mark-rules.ts';
import { hindranceWords, sentenceWithMark } from './mark-words.ts';
import type { PageBlock, PageText } from './page-text.ts';
import { forbiddenInTitle, isListingTitle, mendedTitle } from './title-words.ts';

export type Finding = {
  readonly kind: 'title' | 'first-teach' | 'not-entitled' | 'unknown' | 'occupation' | 'picture';
  /** `must`: it breaks a rule. `look`: a person has to decide. */
  readonly weight: 'must' | 'look';
  readonly place: string;
  /** The author's words around it, and which of them are meant. */
  readonly excerpt: { readonly before: string; readonly match: string; readonly after: string };
  readonly wrong: string;
  readonly mend: string;
};

/** What the register holds for the provider whose page it is: each offer, for each of its occupations. */
export type KnownMark = { readonly offer: string; readonly facts: MarkFacts; readonly entitlement: Entitlement };

/** What was found out about the pictures, which takes more than reading. */
export type PictureFinding = {
  readonly place: string;
  readonly src: string;
  readonly wrong: string;
  readonly mend: string;
  readonly weight: Finding['weight'];
};

export type PageCheck = {
  readonly marks: readonly KnownMark[];
  /** Titles of every occupation that the register knows. */
  readonly occupations: readonly { readonly reference: string; readonly title: string }[];
  readonly titleRule: TitleRule;
};

/** Blocks on either side of a claim that still belong to it. */
const reach = 3;
const excerptLength = 70;

/** Words by which people call an award in a title. */
const award =
  /\b(?:diploma|certificate|foundation degree|HNC|HND|higher national|dip ?he|cert ?he|FdA|FdSc|FdEng|level [45])\b/i;

const around = (text: string, at: number, length: number): Finding['excerpt'] => {
  const start = Math.max(0, at - excerptLength);
  const end = Math.min(text.length, at + length + excerptLength);
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, at),
    match: text.slice(at, at + length),
    after: text.slice(at + length, end) + (end < text.length ? '…' : ''),
  };
};

const indexOfWords = (text: string, words: string): number => text.toLowerCase().indexOf(words.toLowerCase());

/** The ways in which a page says a day, or its month: enough to tell readers when it begins. */
const dayWritten = (day: string): RegExp => {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = dayWords(day).split(' ')[1] ?? '';
  return new RegExp(
    `${name}\\s+${year}|${year}-${month}(?:-${date})?|\\b0?${Number(date)}[./]0?${Number(month)}[./](?:${year}|${year.slice(2)})`,
    'i',
  );
};

/** Titles: in headings alone, where they name a course. "What is an HTQ?" names none. */
const titleFindings = (block: PageBlock, { marks, titleRule }: PageCheck): readonly Finding[] => {
  if (!block.isHeading) return [];
  const mended = mendedTitle(block.text, titleRule);
  const isTitle =
    award.test(block.text) || marks.some((one) => indexOfWords(block.text, one.facts.qualification.title) >= 0);
  if (!isTitle) return [];
  return forbiddenInTitle(block.text, titleRule)
    .slice(0, 1)
    .map(({ words, at }) => {
      const isListing = isListingTitle(block.text, titleRule);
      return {
        kind: 'title',
        weight: isListing ? 'look' : 'must',
        place: block.place,
        excerpt: around(block.text, at, words.length),
        wrong: isListing ? `“${words}” stands after a title. ${titleRule.listing.rule}` : titleRule.rule,
        mend: `Write “${mended}”, and put the mark beside it.`,
      };
    });
};

type Claim = { readonly at: number; readonly block: PageBlock };

/** Where the page says that something is an HTQ. */
const claimsOf = (page: PageText, rule: TitleRule): readonly Claim[] =>
  page.blocks.flatMap((block, at) => (forbiddenInTitle(block.text, rule).length > 0 ? [{ at, block }] : []));

const near = (page: PageText, at: number): readonly PageBlock[] =>
  page.blocks.slice(Math.max(0, at - reach), at + reach + 1);

/** What the page says of a qualification that it names, beside a claim that it is an HTQ. */
const markFindings = (
  page: PageText,
  claims: readonly Claim[],
  group: readonly KnownMark[],
  check: PageCheck,
): readonly Finding[] => {
  const [first] = group;
  if (!first) return [];
  const { qualification } = first.facts;
  const found: Finding[] = [];
  for (const [at, block] of page.blocks.entries()) {
    const named = indexOfWords(block.text, qualification.title);
    if (named < 0 || !claims.some((one) => Math.abs(one.at - at) <= reach)) continue;
    const excerpt = around(block.text, named, qualification.title.length);
    const entitled = group.filter((one) => one.entitlement.kind === 'entitled');
    if (entitled.length === 0) {
      const reasons = first.entitlement.kind === 'not-entitled' ? first.entitlement.hindrances.map(hindranceWords) : [];
      found.push({
        kind: 'not-entitled',
        weight: 'must',
        place: block.place,
        excerpt,
        wrong: `The page calls it an HTQ, and the mark may not be used for it today. ${reasons.map((one) => one.why).join(' ')}`,
        mend: reasons.map((one) => one.mend).join(' ') || 'Take the claim out.',
      });
      return found;
    }
    for (const { facts, entitlement } of entitled.slice(0, 1))
      if (entitlement.kind === 'entitled' && entitlement.wording.kind === 'before-first-teach') {
        const { firstTeach } = entitlement.wording;
        if (!near(page, at).some((one) => dayWritten(firstTeach).test(one.text)))
          found.push({
            kind: 'first-teach',
            weight: 'must',
            place: block.place,
            excerpt,
            wrong: `It is taught as an HTQ from ${dayWords(firstTeach)} on, and the page does not say so here.`,
            mend: `Write: “${sentenceWithMark(facts, { kind: 'before-first-teach', firstTeach })}”`,
          });
      }
    found.push(...occupationFindings(page, at, entitled, check));
    return found;
  }
  return found;
};

/** Occupations named beside a claim that the qualification is not approved for. The longest title counts, so that none is found inside another. */
const occupationFindings = (
  page: PageText,
  at: number,
  entitled: readonly KnownMark[],
  check: PageCheck,
): readonly Finding[] => {
  const approved = new Set(entitled.map((one) => one.facts.occupation.title.toLowerCase()));
  const titles = check.occupations.toSorted((one, other) => other.title.length - one.title.length);
  const allowed = entitled.map((one) => one.facts.occupation.title).join(', ');
  const own = entitled[0]?.facts.qualification.id;
  // What is said of another qualification is no claim for this one.
  const isOfAnother = (block: PageBlock): boolean =>
    check.marks.some(
      ({ facts: { qualification } }) => qualification.id !== own && indexOfWords(block.text, qualification.title) >= 0,
    );
  return near(page, at).flatMap((block) => {
    if (isOfAnother(block)) return [];
    let left = block.text;
    return titles.flatMap(({ title }): Finding[] => {
      const place = indexOfWords(left, title);
      if (place < 0) return [];
      // Taken out, at the same length, so that a shorter title inside it is not found too.
      left = left.slice(0, place) + ' '.repeat(title.length) + left.slice(place + title.length);
      if (approved.has(title.toLowerCase())) return [];
      return [
        {
          kind: 'occupation',
          weight: 'look',
          place: block.place,
          excerpt: around(block.text, place, title.length),
          wrong: `The mark holds for ${allowed}, and the page names another occupation beside it.`,
          mend: `Say that the approval is for ${allowed}; take “${title}” away from the claim.`,
        },
      ];
    });
  });
};

/** Headings that call something an HTQ which the register does not hold for this provider. */
const unknownFindings = (claims: readonly Claim[], { marks, titleRule }: PageCheck): readonly Finding[] =>
  claims.flatMap(({ block }) => {
    if (!award.test(block.text) || marks.some((one) => indexOfWords(block.text, one.facts.qualification.title) >= 0))
      return [];
    const [claim] = forbiddenInTitle(block.text, titleRule);
    if (!claim) return [];
    return [
      {
        kind: 'unknown',
        weight: 'look',
        place: block.place,
        excerpt: around(block.text, claim.at, claim.words.length),
        wrong: 'It calls something an HTQ that the register does not hold for this provider under such a title.',
        mend: 'Write the title as the register has it, or take the claim out.',
      },
    ];
  });

/** What is wrong with a page, in the order in which it stands there. */
export const checkPage = (
  page: PageText,
  check: PageCheck,
  pictures: readonly PictureFinding[],
): readonly Finding[] => {
  const claims = claimsOf(page, check.titleRule);
  const order = new Map(page.blocks.map((one, at) => [one.place, at]));
  const groups = Map.groupBy(check.marks, (one) => one.facts.qualification.id);
  const found = [
    ...page.blocks.flatMap((block) => titleFindings(block, check)),
    ...[...groups.values()].flatMap((group) => markFindings(page, claims, group, check)),
    ...unknownFindings(claims, check),
  ].toSorted((one, other) => (order.get(one.place) ?? 0) - (order.get(other.place) ?? 0));
  return [
    ...found,
    ...pictures.map(
      (one): Finding => ({ ...one, kind: 'picture', excerpt: { before: '', match: one.src.slice(0, 200), after: '' } }),
    ),
  ];
};
