import { fileNotice, fileWords } from '#web/file-words.ts';
import { counted, day } from '#web/words.ts';
import { type Example, isStale, notARecommendation, type Origin } from '../domain/example.ts';
import type { ExampleFile } from '../domain/example-file.ts';
import { examplePath } from '../paths.ts';
import { themeOf } from '../use-cases/themes.ts';

const pounds = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  trailingZeroDisplay: 'stripIfInteger',
});

/** An address as a link to write to it: what a mail program would take for a header or another recipient is escaped. */
const mailTo = (address: string): string => {
  const at = address.lastIndexOf('@');
  return address === '' ? '' : `mailto:${encodeURIComponent(address.slice(0, at))}@${address.slice(at + 1)}`;
};

export const originWords: Readonly<Record<Origin, string>> = {
  'sent in': 'Sent in by the provider',
  survey: 'A survey',
  webinar: 'A webinar',
  'focus group': 'A focus group',
  'fund application': 'An application to a fund',
  illustration: 'Written for this toolkit',
};

/** A file of an example as pages show it. */
export type ShownFile = {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly words: string;
  readonly notice: string;
  /** Why readers do not have it; empty: they do. */
  readonly heldBack: string;
};

export const shownFile = (one: ExampleFile, href: string): ShownFile => ({
  id: one.id,
  title: one.title,
  href,
  words: fileWords(one),
  notice: fileNotice(one),
  heldBack: one.heldBack ?? '',
});

/** An example as pages show it. */
export type ShownExample = {
  readonly title: string;
  readonly href: string;
  readonly theme: string;
  readonly summary: string;
  readonly steps: readonly string[];
  readonly facts: readonly { readonly name: string; readonly words: string }[];
  readonly links: readonly string[];
  readonly files: readonly ShownFile[];
  readonly contact: { readonly name: string; readonly address: string; readonly href: string } | null;
  readonly illustration: boolean;
  readonly stale: string;
  readonly status: string;
};

export const shownExample = (
  one: Pick<Example, 'id' | 'text' | 'origin' | 'reviewDue'>,
  today: string,
  files: readonly ShownFile[] = [],
): ShownExample => {
  const { text } = one;
  const illustration = one.origin === 'illustration';
  const cost = [
    text.costMoney === null ? '' : text.costMoney === 0 ? 'No money' : pounds.format(text.costMoney),
    text.costTime,
    text.costPeople,
  ].filter((part) => part !== '');
  const facts = [
    { name: 'Provider', words: illustration ? '' : [text.provider, text.providerKind].filter(Boolean).join(', ') },
    { name: 'Routes', words: text.routes.join('; ') },
    { name: 'Level', words: text.level === null ? '' : String(text.level) },
    { name: 'What it cost', words: cost.join('; ') },
    { name: 'Learners reached', words: text.learners === null ? '' : counted(text.learners, 'learner') },
    { name: 'Result', words: text.result },
    { name: 'How that is known', words: text.resultKnown },
    { name: 'What they would do differently', words: text.differently },
    { name: 'Where it comes from', words: originWords[one.origin] },
  ];
  return {
    title: text.title,
    href: examplePath(one.id),
    theme: themeOf(text.theme)?.title ?? text.theme,
    summary: text.summary,
    steps: text.steps,
    facts: facts.filter((fact) => fact.words !== ''),
    links: text.links,
    files,
    contact:
      text.contactAgreed && text.contactName !== ''
        ? { name: text.contactName, address: text.contactAddress, href: mailTo(text.contactAddress) }
        : null,
    illustration,
    stale: isStale(one, today) ? `Nobody has confirmed since ${day(one.reviewDue ?? '')} that this still holds.` : '',
    status: illustration
      ? `An illustration written for this toolkit: no provider did this. ${notARecommendation}`
      : notARecommendation,
  };
};
