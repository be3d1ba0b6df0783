import type { Context } from '#platform/context.ts';
import { counted } from '#web/words.ts';
import { freePlaces, type HeldEvent, isChanged, type Phase, phaseOf, signUpOf, wayWords } from '../domain/event.ts';
import { momentWords, whenWords } from '../domain/event-words.ts';
import { eventPath } from '../paths.ts';

export type EventRow = {
  readonly title: string;
  readonly href: string;
  readonly when: string;
  readonly how: string;
  readonly summary: string;
  readonly status: string;
  readonly colour: string;
};

/** "In person at Exchange Hall, or online" */
export const howWords = (event: HeldEvent): string => {
  const words = event.ways
    .map(({ way }) => (way === 'in person' ? `in person at ${event.text.place.split('\n')[0] ?? ''}` : 'online'))
    .join(', or ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What keeps a reader from signing up, or how many places there are. */
export const placesWords = (event: HeldEvent, now: Date): string => {
  const signUp = signUpOf(event, now);
  switch (signUp.kind) {
    case 'open':
      return event.ways
        .map((one) => {
          const free = one.waiting > 0 ? 0 : freePlaces(one);
          return `${wayWords[one.way]}: ${free > 0 ? `${counted(free, 'place')} free` : 'full, with a waiting list'}`;
        })
        .join('. ');
    case 'not yet':
      return `Signing up opens on ${momentWords(signUp.opens)}`;
    case 'over':
      return 'Signing up is over';
    case 'cancelled':
      return 'This event is cancelled';
    case 'none':
      return '';
  }
};

const tags: Readonly<Record<Phase, readonly [string, string]>> = {
  draft: ['Draft', 'yellow'],
  cancelled: ['Cancelled', 'red'],
  past: ['', 'grey'],
  'on now': ['On now', 'green'],
  upcoming: ['', 'grey'],
};

export const rowOf = (ctx: Context, event: HeldEvent): EventRow => {
  const phase = phaseOf(event, ctx.clock());
  const [status, colour] = phase === 'upcoming' && isChanged(event) ? (['Changed', 'yellow'] as const) : tags[phase];
  const full =
    phase === 'upcoming' &&
    event.ways.length > 0 &&
    event.ways.every((one) => one.waiting > 0 || freePlaces(one) === 0);
  return {
    title: event.text.title,
    href: eventPath(event.id),
    when: whenWords(event.time, event.month),
    how: howWords(event),
    summary: event.text.summary,
    status: full ? 'Full: waiting list' : status,
    colour: full ? 'orange' : colour,
  };
};
