import type { MarkFacts } from './mark-facts.ts';
import type { TitleRule } from './mark-rules.ts';
import { forbiddenInTitle } from './title-words.ts';

/** Why the mark may not be used. Each stands alone: all that hold are told together. */
export type Hindrance =
  | { readonly kind: 'not-in-register' }
  | { readonly kind: 'not-approved' }
  | { readonly kind: 'approved-later'; readonly on: string }
  | { readonly kind: 'withdrawn'; readonly on: string; readonly reason: string }
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'offer-unconfirmed' }
  | { readonly kind: 'title'; readonly words: string; readonly rule: string }
  | { readonly kind: 'terms-not-accepted' };

/** What the wording with the mark has to say. */
export type Wording =
  | { readonly kind: 'taught' }
  /** Before the first teach date: with the mark, always. */
  | { readonly kind: 'before-first-teach'; readonly firstTeach: string };

export type Entitlement =
  | { readonly kind: 'entitled'; readonly wording: Wording; readonly firstTeach: string }
  | { readonly kind: 'not-entitled'; readonly hindrances: readonly Hindrance[] };

/** The first day on which it is taught as an HTQ here: never before the cycle's, whatever the provider plans. */
export const firstTeachOf = (facts: MarkFacts): string | null => {
  const days = [facts.approval?.firstTeach, facts.offer?.firstTeach].filter((one) => one !== undefined);
  return days.toSorted().at(-1) ?? null;
};

export const wordingOn = (firstTeach: string, on: string): Wording =>
  on < firstTeach ? { kind: 'before-first-teach', firstTeach } : { kind: 'taught' };

/** An approval that was given back after a withdrawal stands again. */
const isWithdrawn = ({ approval, withdrawal }: MarkFacts, on: string): boolean =>
  withdrawal !== null && withdrawal.on <= on && (approval === null || approval.approvedOn <= withdrawal.on);

/**
 * Whether a provider may use the mark for a qualification and an occupation on a day: approved and not withdrawn, delivered here
 * and confirmed, no forbidden words in the title, terms accepted by a named person.
 *
 * @param on ISO date.
 * @param accepted whether someone of the provider accepted the terms that hold.
 */
export const entitlementOn = (
  facts: MarkFacts,
  { accepted, titleRule, on }: { readonly accepted: boolean; readonly titleRule: TitleRule; readonly on: string },
): Entitlement => {
  const { approval, withdrawal, offer, qualification } = facts;
  if (facts.isGone) return { kind: 'not-entitled', hindrances: [{ kind: 'not-in-register' }] };
  const hindrances: Hindrance[] = [];
  if (approval === null && withdrawal === null) hindrances.push({ kind: 'not-approved' });
  else if (approval !== null && on < approval.approvedOn)
    hindrances.push({ kind: 'approved-later', on: approval.approvedOn });
  const ended = isWithdrawn(facts, on);
  if (withdrawal !== null && ended) hindrances.push({ kind: 'withdrawn', ...withdrawal });
  // What was withdrawn is offered no more: that alone is no reason, and nobody is to ask for it.
  if (offer === null && ended) return { kind: 'not-entitled', hindrances };
  if (offer === null) hindrances.push({ kind: 'not-offered' });
  else if (offer.confirmedOn === null || on < offer.confirmedOn) hindrances.push({ kind: 'offer-unconfirmed' });
  const [forbidden] = forbiddenInTitle(qualification.title, titleRule);
  if (forbidden) hindrances.push({ kind: 'title', words: forbidden.words, rule: titleRule.rule });
  if (!accepted) hindrances.push({ kind: 'terms-not-accepted' });
  const firstTeach = firstTeachOf(facts);
  if (hindrances.length > 0 || firstTeach === null)
    return { kind: 'not-entitled', hindrances: hindrances.length > 0 ? hindrances : [{ kind: 'not-approved' }] };
  return { kind: 'entitled', wording: wordingOn(firstTeach, on), firstTeach };
};
