import { dayWords } from '#kernel/london-time.ts';
import type { Hindrance } from './entitlement.ts';
import type { MarkFacts } from './mark-facts.ts';
import type { MarkState } from './mark-state.ts';

/** What the mark is called, for no offer in particular. */
export const markName = (isPlaceholder: boolean): string =>
  isPlaceholder
    ? 'Placeholder for the quality mark of Higher Technical Qualifications, not the official mark'
    : 'Quality mark: Higher Technical Qualification';

/** What the picture says to those who do not see it. */
export const altText = (facts: MarkFacts, state: MarkState, isPlaceholder: boolean): string => {
  const what = `${markName(isPlaceholder)}.`;
  const where = `${facts.qualification.title}, for ${facts.occupation.title}, at ${facts.provider.name}.`;
  switch (state.kind) {
    case 'standing':
      return `${what} ${where}`;
    case 'before-first-teach':
      return `${what} ${where} First teaching on ${dayWords(state.firstTeach)}.`;
    case 'withdrawn':
      return `Approval withdrawn on ${dayWords(state.on)}: ${where} The quality mark no longer holds.`;
    case 'not-in-use':
      return `The quality mark does not hold today: ${where}`;
  }
};

/** What stands for a picture that turns by itself, in a page that does not: nothing that a withdrawal would make untrue. */
export const liveAltText = (facts: MarkFacts, state: MarkState, isPlaceholder: boolean): string =>
  `${markName(isPlaceholder)}, as it stands today for ${facts.qualification.title}, for ${facts.occupation.title}, at ${facts.provider.name}. ${state.kind === 'before-first-teach' ? `First teaching on ${dayWords(state.firstTeach)}. ` : ''}The link says whether it holds.`;

/** The sentence that stands with the mark on a page or in print. */
export const sentenceWithMark = (facts: MarkFacts, state: MarkState): string => {
  const { qualification, occupation, approval, isGone } = facts;
  switch (state.kind) {
    case 'standing':
      return `${qualification.title} is approved as a Higher Technical Qualification for the occupation ${occupation.title}.`;
    case 'before-first-teach':
      return `${qualification.title} is approved as a Higher Technical Qualification for the occupation ${occupation.title}, taught as one from ${dayWords(state.firstTeach)} on.`;
    case 'withdrawn':
      return `The approval of ${qualification.title} as a Higher Technical Qualification was withdrawn on ${dayWords(state.on)}.`;
    case 'not-in-use':
      return approval === null && !isGone
        ? `${qualification.title} is not approved as a Higher Technical Qualification for the occupation ${occupation.title}.`
        : `The quality mark is not in use for ${qualification.title} at ${facts.provider.name}.`;
  }
};

/** Why the mark may not be used, each with what would change that. */
export const hindranceWords = (one: Hindrance): { readonly why: string; readonly mend: string } => {
  switch (one.kind) {
    case 'not-in-register':
      return {
        why: 'The register no longer holds this qualification, or this provider.',
        mend: 'Take down every copy of the mark.',
      };
    case 'not-approved':
      return {
        why: 'The register holds no approval for this occupation.',
        mend: 'Ask the awarding organisation whether the qualification is approved, and for which occupations.',
      };
    case 'approved-later':
      return { why: `The approval begins on ${dayWords(one.on)}.`, mend: 'Wait until that day.' };
    case 'withdrawn':
      return {
        why: `Approval was withdrawn on ${dayWords(one.on)}: ${one.reason.replace(/[.\s]*$/, '')}.`,
        mend: 'Take down every copy of the mark, and say nowhere that this is an HTQ.',
      };
    case 'not-offered':
      return {
        why: 'The register holds no offer of this qualification here.',
        mend: 'Ask the awarding organisation to confirm that you deliver it.',
      };
    case 'offer-unconfirmed':
      return {
        why: 'The awarding organisation has not confirmed that it is delivered here.',
        mend: 'Ask the awarding organisation to confirm the offer.',
      };
    case 'title':
      return {
        why: `The title holds “${one.words}”. ${one.rule}`,
        mend: 'Ask the awarding organisation to change the title.',
      };
    case 'terms-not-accepted':
      return {
        why: 'Nobody has accepted the terms of the mark for this provider.',
        mend: 'Someone who may speak for the provider accepts them on this page, with their name.',
      };
  }
};
