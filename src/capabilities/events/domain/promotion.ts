import type { HeldEvent } from './event.ts';
import { clockTime, dayOf } from './event-words.ts';

/** A provider's tag in the links that it shares, so that it sees what they brought in: letters, digits, hyphens. */
export const readTag = (typed: string): string =>
  typed
    .toLowerCase()
    .normalize('NFKD')
    // "Söns" is "sons": an accent is no end of a word.
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);

export const tagged = (address: string, tag: string): string => (tag === '' ? address : `${address}?from=${tag}`);

export type Promotion = { readonly title: string; readonly where: string; readonly text: string };

/** Characters that fit into a post of the networks with the shortest ones; a link counts as 23 of them on X. */
export const shortestPost = 280;
const linkCounts = 23;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/\s+\S*$/, '')}…`;

/** What a provider can send to employers, written from what the event says of itself. */
export const promotionTexts = (event: HeldEvent, address: string, how: string): readonly Promotion[] => {
  const { title, summary, audience, agenda, speakers } = event.text;
  const day = event.time ? dayOf(event.time.starts) : '';
  const hours = event.time ? `${clockTime(event.time.starts)} to ${clockTime(event.time.ends)}` : '';
  const post = `${title}. ${day}, ${hours}. ${how}.`;
  return [
    {
      title: 'For an email',
      where: 'To employers you know. Add a line of your own: why you thought of them.',
      text: [
        `Subject: ${title}, ${day}`,
        '',
        summary,
        '',
        `When: ${day}, ${hours}`,
        `How: ${how}`,
        ...(audience ? [`For: ${audience}`] : []),
        ...(speakers.length > 0 ? [`With: ${speakers.join('; ')}`] : []),
        '',
        `Signing up takes a minute and needs no account: ${address}`,
      ].join('\n'),
    },
    {
      title: 'For a newsletter',
      where: 'A short item.',
      text: [`${title}`, `${day}, ${hours}. ${how}`, '', cut(summary, 300), '', `Sign up: ${address}`].join('\n'),
    },
    {
      title: 'For a long post',
      where: 'Where there is room: LinkedIn, Facebook.',
      text: [
        `${title}`,
        '',
        summary,
        '',
        ...agenda.slice(0, 5).map((line) => `• ${line}`),
        ...(agenda.length > 0 ? [''] : []),
        `${day}, ${hours}. ${how}`,
        `Sign up, no account needed: ${address}`,
      ].join('\n'),
    },
    {
      title: 'For a short post',
      where: `At most ${shortestPost} characters where a link counts as ${linkCounts}.`,
      text: `${cut(post, shortestPost - linkCounts - ' Sign up: '.length)} Sign up: ${address}`,
    },
  ];
};
