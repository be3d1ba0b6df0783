import type { Context } from '#platform/context.ts';
import type { MailBlock } from '#platform/mail/mail.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { type Booking, holdMinutes, passedOver } from '../domain/booking.ts';
import type { HeldEvent } from '../domain/event.ts';
import { momentWords, whenWords } from '../domain/event-words.ts';
import { bookingPath, bookPath, eventPath } from '../paths.ts';
import { mailedCalendar } from './calendars.ts';

/** What somebody who signed up is told of. */
export type Step =
  | 'held'
  | 'waiting, unconfirmed'
  | 'has one already'
  | 'confirmed'
  | 'waiting'
  | 'offered'
  | 'offer over'
  | 'declined'
  | 'part declined'
  | 'waited in vain'
  | 'changed booking'
  | 'cancelled'
  | 'left the list'
  | 'event changed'
  | 'event cancelled'
  | 'reminder'
  | 'thanks';

type Words = {
  readonly subject: string;
  readonly body: readonly MailBlock[];
  readonly calendar?: 'REQUEST' | 'CANCEL';
};

const people = (count: number): string => (count === 1 ? 'a place' : `${count} places`);

/** What a freed place is good for, where somebody waits for it. */
const goesOn = (event: HeldEvent, booking: Booking): string =>
  event.ways.some((one) => one.way === booking.way && one.waiting > 0) ? ' It goes to someone who waits.' : '';

/** Who comes with a booking; to the door, with the code that each says there. */
const whoComes = ({ way, attendees }: Booking): readonly MailBlock[] =>
  way === 'in person'
    ? [
        { kind: 'text', text: 'Codes to say at the door:' },
        { kind: 'list', items: attendees.map((one) => `${one.name}: ${one.code}`) },
      ]
    : [{ kind: 'list', items: attendees.map((one) => one.name) }];

const wordsOf = (ctx: Context, event: HeldEvent, booking: Booking, step: Step): Words => {
  const { title } = event.text;
  const when = whenWords(event.time, event.month);
  const to = `${ctx.address}${bookingPath(booking.token)}`;
  const link = (text: string): MailBlock => ({ kind: 'link', text, href: to });
  const again: MailBlock = { kind: 'link', text: 'Sign up again', href: `${ctx.address}${bookPath(event.id)}` };
  const text = (words: string): MailBlock => ({ kind: 'text', text: words });
  const what = `${title}: ${when}, ${booking.way === 'online' ? 'online' : `in person, ${event.text.place.replaceAll('\n', ', ')}`}.`;
  switch (step) {
    case 'held':
      return {
        subject: `Confirm your place: ${title}`,
        body: [
          text(`${what} We hold ${people(booking.places)} for you for ${holdMinutes} minutes.`),
          link('Confirm it'),
          text('If you did not sign up, you need do nothing: the place is let go.'),
        ],
      };
    case 'waiting, unconfirmed':
      return {
        subject: `Confirm that you want to wait: ${title}`,
        body: [
          text(
            `${what} All places are taken. Confirm within ${holdMinutes} minutes, and you wait in the order in which people asked.`,
          ),
          link('Confirm that I want to wait'),
          text('If you did not ask, you need do nothing.'),
        ],
      };
    case 'has one already':
      return {
        subject: `You have signed up already: ${title}`,
        body: [
          text(`${what} This address signed up before, and has one booking for an event. You can change it.`),
          link('See or change it'),
        ],
      };
    case 'confirmed':
      return {
        subject: `Your place: ${title}`,
        body: [
          text(`${what} You have ${people(booking.places)}.`),
          ...(booking.way === 'in person' && event.text.placeInstructions ? [text(event.text.placeInstructions)] : []),
          ...(booking.way === 'online' && event.text.onlineInstructions ? [text(event.text.onlineInstructions)] : []),
          ...(booking.way === 'online'
            ? [text('The joining link is on the page of your booking from a day before.')]
            : []),
          ...whoComes(booking),
          link('Change it, cancel it, or put it into your calendar'),
        ],
        calendar: 'REQUEST',
      };
    case 'waiting':
      return {
        subject: `You are on the waiting list: ${title}`,
        body: [
          text(
            `${what} ${booking.wanted === 1 ? 'When a place comes free, it goes' : `When ${booking.wanted} places come free, they go`} to whoever has waited longest. ${passedOver(booking)}You are told by email.`,
          ),
          link('See where you stand, or leave the list'),
        ],
      };
    case 'offered':
      return {
        subject: `${booking.places === 1 ? 'A place is' : `${booking.places} places are`} free for you: ${title}`,
        body: [
          text(
            `${what} ${booking.places < booking.wanted ? `You asked for ${booking.wanted}; ${booking.places} came free.` : ''} Say yes or no by ${booking.until ? momentWords(booking.until) : 'the event begins'}: after that ${booking.places === 1 ? 'it goes' : 'they go'} to whoever comes next.`,
          ),
          link('Take it, or say no'),
        ],
      };
    case 'offer over':
      return {
        subject: `The place went to someone else: ${title}`,
        body: [text(`${what} The place was offered to you, and the time to take it is over.`), again],
      };
    case 'declined':
      return {
        subject: `You said no: ${title}`,
        body: [text(`${what} You do not wait any more.`), again],
      };
    case 'waited in vain':
      return {
        subject: `No place came free: ${title}`,
        body: [
          text(`${what} You were on the waiting list until it began, and no place came free for you. We are sorry.`),
          { kind: 'link', text: 'See the event', href: `${ctx.address}${eventPath(event.id)}` },
        ],
      };
    case 'part declined':
      return {
        subject: `You go on waiting: ${title}`,
        body: [
          text(`${what} You said no to ${people(booking.places)}. You keep your rank, and wait for ${booking.wanted}.`),
          link('See where you stand, or leave the list'),
        ],
      };
    case 'changed booking':
      return {
        subject: `Your booking was changed: ${title}`,
        body: [text(`${what} You have ${people(booking.places)}.`), ...whoComes(booking), link('See it')],
        calendar: 'REQUEST',
      };
    case 'cancelled':
      return {
        subject: `Cancelled, as you asked: ${title}`,
        body: [text(`${what} You have no place any more.${goesOn(event, booking)} Thank you for telling us.`), again],
        // Only what was confirmed is in a calendar.
        ...(booking.state === 'confirmed' ? { calendar: 'CANCEL' as const } : {}),
      };
    case 'left the list':
      return {
        subject: `You left the waiting list: ${title}`,
        body: [text(`${what} You do not wait for a place any more.`), again],
      };
    case 'event changed':
      return {
        subject: `Changed: ${title}`,
        body: [
          text(`The event was changed. ${what}`),
          ...(booking.state === 'confirmed'
            ? [text('Your place is kept. If you cannot come, cancel it, and someone else can come.')]
            : []),
          ...(booking.state === 'offered' && booking.until
            ? [text(`Places are free for you: say yes or no by ${momentWords(booking.until)}.`)]
            : []),
          link('See your booking'),
        ],
        ...(booking.state === 'confirmed' ? { calendar: 'REQUEST' as const } : {}),
      };
    case 'event cancelled':
      return {
        subject: `Cancelled: ${title}`,
        body: [
          text(`The event is cancelled, and does not take place: ${what}`),
          ...(event.text.cancelledBecause ? [text(event.text.cancelledBecause)] : []),
          { kind: 'link', text: 'See the event', href: `${ctx.address}${eventPath(event.id)}` },
        ],
        ...(booking.inCalendar ? { calendar: 'CANCEL' as const } : {}),
      };
    case 'reminder':
      return {
        subject: `Soon: ${title}, ${when}`,
        body: [
          text(`${what} You have ${people(booking.places)}.`),
          ...(booking.way === 'in person' && event.text.placeInstructions ? [text(event.text.placeInstructions)] : []),
          ...whoComes(booking),
          link(booking.way === 'online' ? 'The joining link is on the page of your booking' : 'See your booking'),
          text('If you cannot come, cancel on that page, and someone else can come.'),
        ],
      };
    case 'thanks':
      return {
        subject: `Thank you for coming: ${title}`,
        body: [
          text(
            `Thank you for coming. ${event.text.recording || event.text.slides ? 'The recording and the slides are on the page of the event.' : ''}`.trim(),
          ),
          { kind: 'link', text: 'The event', href: `${ctx.address}${eventPath(event.id)}` },
          link('Your certificate of attendance, and how to say what you thought'),
        ],
      };
  }
};

/** Writes the message of a step into the outbox, in the step's own transaction. */
export const tell = async (ctx: Context, event: HeldEvent, booking: Booking, step: Step): Promise<void> => {
  if (booking.address === null) return;
  const { calendar, ...words } = wordsOf(ctx, event, booking, step);
  await sendMail(ctx, {
    name: `events.${step.replaceAll(/[^a-z]+/g, '-')}`,
    to: { address: booking.address, name: null },
    person: null,
    ...words,
    ...(calendar ? await mailedCalendar(ctx, event, booking, calendar) : {}),
  });
};
