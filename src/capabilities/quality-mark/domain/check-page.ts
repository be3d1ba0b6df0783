import { dayWords } from '#kernel/london-time.ts';
import { type KnownOccupation, occupationsNotApproved } from './claimed-occupations.ts';
import type { Entitlement } from './entitlement.ts';
import type { MarkFacts } from './mark-facts.ts';
import type { TitleRule } from './mark-rules.ts';
import { hindranceWords, sentenceWithMark } from './mark-words.ts';
import {
  award,
  claimsOf,
  type KnownQualification,
  knownQualifications,
  type Naming,
  namingOf,
  placeOf,
  reach,
  type Section,
  type Subject,
  sectionAt,
  sectionsOf,
} from './page-subjects.ts';
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

export type PageCheck = {
  readonly marks: readonly KnownMark[];
  /** Every occupation that anything was ever approved for, or that a standard here describes. */
  readonly occupations: readonly KnownOccupation[];
  readonly titleRule: TitleRule;
};

const excerptLength = 70;

const around = (text: string, at: number, length: number): Finding['excerpt'] => {
  const start = Math.max(0, at - excerptLength);
  const end = Math.min(text.length, at + length + excerptLength);
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, at),
    match: text.slice(at, at + length),
    after: text.slice(at + length, end) + (end < text.length ? '…' : ''),
  };
};

/** The ways in which a page says a day, or its month: enough to tell readers when it begins. */
export const dayWritten = (day: string): RegExp => {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = dayWords(day).split(' ')[1] ?? '';
  return new RegExp(
    `\\b${name.slice(0, 3)}(?:${name.slice(3)}|t)?\\.?\\s+${year}|${year}-${month}(?:-${date})?|\\b0?${Number(date)}[./]0?${Number(month)}[./](?:${year}|${year.slice(2)})`,
    'i',
  );
};

/** "What is an HTQ?" heads an explanation, and is no title of a course. */
const isQuestion = (text: string): boolean =>
  /\?\s*$/.test(text) || /^(?:what|why|how|who|when|where|which|is|are|can|do|does|should|about)\b/i.test(text);

/** Characters of the longest heading that may be a title. */
const longestTitle = 300;

/** HTQ words in a heading: a course's title must not hold them, and of another heading a person says whether it is one. */
const titleFinding = (block: PageBlock, named: Naming, titleRule: TitleRule): readonly Finding[] => {
  if (!block.isHeading || block.text.length > longestTitle) return [];
  const [found] = forbiddenInTitle(block.text, titleRule);
  if (!found) return [];
  const isTitle = award.test(block.text) || named(block.text).kind !== 'none';
  if (!isTitle && isQuestion(block.text)) return [];
  const mended = mendedTitle(block.text, titleRule);
  const isListing = isListingTitle(block.text, titleRule);
  return [
    {
      kind: 'title',
      weight: isTitle && !isListing ? 'must' : 'look',
      place: block.place,
      excerpt: around(block.text, found.at, found.words.length),
      wrong: isListing
        ? `“${found.words}” stands after a title. ${titleRule.listing.rule}`
        : isTitle
          ? titleRule.rule
          : `“${found.words}” stands in a heading. If the heading is the title of a course: ${titleRule.rule}`,
      mend:
        mended === ''
          ? 'Where it heads a course, write the title as the register has it, and put the mark beside it.'
          : `${isTitle ? 'Write' : 'If it is a title, write'} “${mended}”, and put the mark beside it.`,
    },
  ];
};

/** Words that say of something that it is an HTQ; what only speaks of HTQs ("An HTQ is approved by…") says it of nothing. */
const assertsIt =
  /\b(?:is|are|was|as|becomes?|remains?|being)\s+(?:now\s+|also\s+|all\s+|both\s+)?(?:an?\s+|the\s+)?(?:\w+ly\s+)?(?:\w+[-\s])?(?:HTQs?\b|Higher Technical Qualifications?\b)|\b(?:our|this|these|approved|accredited|recognised)\s+(?:new\s+)?(?:HTQs?|Higher Technical Qualifications?)\b|\b(?:HTQ|Higher Technical Qualification)[-\s](?:approved|status|accredited|recognised)/i;

const isEntitled = (one: KnownQualification): boolean =>
  one.marks.some(({ entitlement }) => entitlement.kind === 'entitled');

type Looked = {
  readonly page: PageText;
  readonly check: PageCheck;
  readonly named: Naming;
  readonly sections: readonly Section[];
};
type Claim = { readonly at: number; readonly block: PageBlock; readonly section: Section };

const notEntitledFinding = ({ block }: Claim, one: KnownQualification): Finding => {
  const entitlement = one.marks[0]?.entitlement;
  const reasons = entitlement?.kind === 'not-entitled' ? entitlement.hindrances.map(hindranceWords) : [];
  const { at, length } = placeOf(block.text, one);
  return {
    kind: 'not-entitled',
    weight: 'must',
    place: block.place,
    excerpt: around(block.text, at, length),
    wrong: `The page calls ${one.title} an HTQ, and the mark may not be used for it today. ${reasons.map(({ why }) => why).join(' ')}`,
    mend: reasons.map(({ mend }) => mend).join(' ') || 'Take the claim out.',
  };
};

/** The blocks of a place's own section that still belong to it. */
const near = (
  page: PageText,
  at: number,
  section: Section,
): readonly { readonly at: number; readonly block: PageBlock }[] => {
  const from = Math.max(section.from, at - reach);
  return page.blocks
    .slice(from, Math.min(section.to, at + reach + 1))
    .map((block, place) => ({ at: from + place, block }));
};

const firstTeachFindings = (looked: Looked, claim: Claim, one: KnownQualification): readonly Finding[] => {
  const mark = one.marks.find(({ entitlement }) => entitlement.kind === 'entitled');
  if (mark?.entitlement.kind !== 'entitled' || mark.entitlement.wording.kind !== 'before-first-teach') return [];
  const { wording } = mark.entitlement;
  const { firstTeach } = wording;
  if (near(looked.page, claim.at, claim.section).some(({ block }) => dayWritten(firstTeach).test(block.text)))
    return [];
  const { at, length } = placeOf(claim.block.text, one);
  return [
    {
      kind: 'first-teach',
      weight: 'must',
      place: claim.block.place,
      excerpt: around(claim.block.text, at, length),
      wrong: `${one.title} is taught as an HTQ from ${dayWords(firstTeach)} on, and the page does not say so here.`,
      mend: `Write: “${sentenceWithMark(mark.facts, wording)}”`,
    },
  ];
};

/** Occupations named with a claim that the qualification is not approved for. */
const occupationFindings = (
  looked: Looked,
  claim: Claim,
  subject: readonly KnownQualification[],
): readonly Finding[] => {
  const approved = subject.flatMap(({ marks }) =>
    marks.filter(({ entitlement }) => entitlement.kind === 'entitled').map(({ facts }) => facts.occupation),
  );
  const allowed = [...new Set(approved.map(({ title }) => title))].join(', ');
  return near(looked.page, claim.at, claim.section).flatMap(({ at, block }) => {
    const isClaim = at === claim.at;
    // What is said of something else, or claimed by itself, is no part of this claim.
    if (!isClaim && (block.isHeading || looked.named(block.text).kind !== 'none')) return [];
    if (!isClaim && forbiddenInTitle(block.text, looked.check.titleRule).length > 0) return [];
    return occupationsNotApproved(block.text, approved, looked.check.occupations, isClaim).map(
      ({ at: place, length, title }): Finding => ({
        kind: 'occupation',
        weight: 'look',
        place: block.place,
        excerpt: around(block.text, place, length),
        wrong: `The mark of ${subject.map((one) => one.title).join(' and ')} holds for ${allowed}, and the page names another occupation with it.`,
        mend: `Say that the approval is for ${allowed}; take “${title}” away from the claim.`,
      }),
    );
  });
};

const unknownFinding = (
  { block }: Claim,
  titleRule: TitleRule,
  weight: Finding['weight'],
  isNamed: boolean,
): Finding => {
  const claim = forbiddenInTitle(block.text, titleRule)[0] ?? { at: 0, words: block.text.slice(0, excerptLength) };
  return {
    kind: 'unknown',
    weight,
    place: block.place,
    excerpt: around(block.text, claim.at, claim.words.length),
    wrong: isNamed
      ? 'It calls something an HTQ that the register does not hold for this provider under such a title or number.'
      : 'It calls something an HTQ, and does not say what: no qualification of this provider in the register is named with it.',
    mend: 'Write the title as the register has it, or take the claim out.',
  };
};

/** @param isOwn whether the block itself makes the claim, and is not only among those that another one speaks of. */
const claimFindings = (looked: Looked, claim: Claim, subject: Subject, isOwn: boolean): readonly Finding[] => {
  const { titleRule, marks } = looked.check;
  switch (subject.kind) {
    case 'known': {
      // Two qualifications may be in the same thing: the claim is about the one that holds.
      const byShort = Map.groupBy(subject.qualifications, (one) => one.short.toLowerCase());
      const meant = [...byShort.values()].flatMap((ones) => (ones.some(isEntitled) ? ones.filter(isEntitled) : ones));
      const holding = meant.filter(isEntitled);
      return [
        ...meant.filter((one) => !isEntitled(one)).map((one) => notEntitledFinding(claim, one)),
        ...holding.flatMap((one) => firstTeachFindings(looked, claim, one)),
        ...(holding.length > 0 ? occupationFindings(looked, claim, holding) : []),
      ];
    }
    case 'unknown':
      return [unknownFinding(claim, titleRule, isOwn ? 'must' : 'look', true)];
    case 'none': {
      if (claim.block.isHeading || isQuestion(claim.block.text) || !assertsIt.test(claim.block.text)) return [];
      const isOfSeveral = /\b(?:HTQs|Qualifications)\b/i.test(claim.block.text);
      if (isOfSeveral && marks.some(({ entitlement }) => entitlement.kind === 'entitled')) return [];
      return [unknownFinding(claim, titleRule, 'look', false)];
    }
  }
};

/** Where a picture stands: under what, as the nearest heading before it names it, and beside which words. */
export type PicturePlace = { readonly subject: Subject; readonly words: string };

export type CheckedText = {
  /** What is wrong with the text, in the order in which it stands there. */
  readonly findings: readonly Finding[];
  readonly pictures: readonly PicturePlace[];
};

/** What is wrong with a page's text. What its pictures are takes more than reading. */
export const checkPage = (page: PageText, check: PageCheck): CheckedText => {
  const named = namingOf(knownQualifications(check.marks));
  const sections = sectionsOf(page, named);
  const looked: Looked = { page, check, named, sections };
  const claimed = claimsOf(page, sections, named);
  const seen = new Set<string>();
  const findings = page.blocks.flatMap((block, at) => {
    if (forbiddenInTitle(block.text, check.titleRule).length === 0) return [];
    const claims = claimed(at).flatMap((one) => {
      const claim: Claim = { at: one.at, block: page.blocks[one.at] ?? block, section: sectionAt(sections, one.at) };
      return claimFindings(looked, claim, one.subject, one.at === at);
    });
    // Two claims beside each other find the same words; a date left out is told once for a section.
    const { from } = sectionAt(sections, at);
    return [...titleFinding(block, named, check.titleRule), ...claims].filter((one) => {
      const { before, match } = one.excerpt;
      const key =
        one.kind === 'first-teach'
          ? `${from} ${one.wrong}`
          : `${one.kind} ${one.place} ${before} ${match} ${one.wrong} ${one.mend}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  });
  const pictures = page.images.map(({ after }): PicturePlace => {
    const at = Math.max(0, after - 1);
    const section = sectionAt(sections, at);
    return {
      subject: after > 0 ? section.subject : { kind: 'none' },
      words: near(page, at, section)
        .map(({ block }) => block.text)
        .join('\n'),
    };
  });
  return { findings, pictures };
};
