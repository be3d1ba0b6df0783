import type { Result } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, listed } from '#web/words.ts';
import { type Booking, isLive, longestLine, longestText, mostPeople, passedOver } from '../domain/booking.ts';
import { type HeldEvent, joiningHours, joiningIsDue, ways, wayWords } from '../domain/event.ts';
import { momentWords, whenWords } from '../domain/event-words.ts';
import { bookingActPath, bookingPath, bookPath, eventPath } from '../paths.ts';
import { bookingCalendar } from '../use-cases/calendars.ts';
import { certificate } from '../use-cases/certificate.ts';
import {
  acceptOffer,
  type BookingRefusal,
  cancelBooking,
  changeTheBooking,
  confirm,
  declineOffer,
  lookAtBooking,
  placeInLine,
} from '../use-cases/look-after-booking.ts';
import { eventsCrumbs } from './listing.ts';
import { answerField, questionsOf } from './questions.ts';
import { lines, tooLong } from './typed-text.ts';

type Typed = {
  readonly way: string;
  readonly names: string;
  readonly organisation: string;
  readonly needs: string;
  readonly answers: readonly string[];
};
type Link = { readonly text: string; readonly href: string };
type BookingModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly event: string;
  readonly title: string;
  readonly words: string;
  readonly acts: readonly { readonly action: string; readonly text: string; readonly kind: string }[];
  readonly rows: readonly { readonly name: string; readonly words: string }[];
  readonly joiningTitle: string;
  readonly joining: { readonly href: string; readonly words: string } | null;
  /** `code`: said at the door; empty for who comes online. */
  readonly people: readonly { readonly name: string; readonly code: string; readonly attended: boolean }[];
  readonly files: readonly Link[];
  readonly change: {
    readonly action: string;
    readonly ways: readonly { readonly value: string; readonly text: string; readonly hint: string }[];
    readonly typed: Typed;
    readonly questions: readonly { readonly field: string; readonly text: string; readonly typed: string }[];
  } | null;
  readonly cancel: {
    readonly action: string;
    readonly title: string;
    readonly words: string;
    readonly text: string;
  } | null;
  readonly eventHref: string;
};
const bookingView = view<BookingModel>('capabilities/events/pages/booking/page.njk');

const doneWords: Readonly<Record<string, string>> = {
  confirmed: 'Your address is confirmed.',
  accepted: 'The place is yours.',
  declined: 'You have said no.',
  changed: 'The booking is changed. You have a message that says so.',
  cancelled: 'It is cancelled.',
};

const refusalWords: Readonly<Record<BookingRefusal, string>> = {
  unknown: 'There is no booking at this address.',
  gone: 'The time for this is over, and the place has gone to someone else. You can sign up again.',
  taken: 'You have taken the place already. To give it back, cancel the booking.',
  over: 'The event is over, or was cancelled.',
  came: 'Somebody whom this takes out has been checked in. Ask the organiser, who can take the check-in back.',
  'no room': 'There are not enough free places for this, so nothing was changed. Someone may have been offered them.',
};

const asked = async (request: PageRequest, ctx: Context) => {
  const found = await lookAtBooking(ctx, request.params.token ?? '');
  if (!found) throw notFound('There is no booking at this address. Old ones are deleted.');
  return found;
};

/** What the page says first, by where the booking stands. */
const standing = (booking: Booking, event: HeldEvent, now: Date, ahead: number): { title: string; words: string } => {
  const over = event.time !== null && event.time.ends <= now;
  const until = booking.until ? momentWords(booking.until) : '';
  const comers = booking.attendees.slice(0, booking.places).map((one) => one.name);
  switch (booking.state) {
    case 'held':
      return {
        title: 'Confirm your place',
        words: `${counted(booking.places, 'place is', 'places are')} held for you until ${until}. Confirm, and ${booking.places === 1 ? 'it is' : 'they are'} yours.`,
      };
    case 'waiting':
      if (booking.confirmedAt === null)
        return {
          title: 'Confirm that you want to wait',
          words: `All places are taken. Confirm by ${until}, and you wait in the order in which people asked.`,
        };
      return {
        title: 'You are on the waiting list',
        words: `${ahead === 0 ? 'You are first in line' : `${counted(ahead, 'booking is', 'bookings are')} ahead of you`}. ${passedOver(booking)}When ${counted(booking.wanted, 'place comes', 'places come')} free for you, you have an email.`,
      };
    case 'offered':
      return {
        title: booking.places === 1 ? 'A place is free for you' : `${booking.places} places are free for you`,
        words: `${
          booking.places < booking.wanted
            ? `You asked for ${booking.wanted}. What you take now is for ${listed(comers)}; you can change the names afterwards. `
            : ''
        }Say yes or no by ${until}. After that ${booking.places === 1 ? 'it goes' : 'they go'} to whoever comes next.`,
      };
    case 'confirmed':
      return {
        title: over ? 'You had a place' : 'You have a place',
        words: over ? 'The event is over.' : `${counted(booking.places, 'place')}, ${booking.way}.`,
      };
    case 'lapsed':
      if (event.time !== null && event.time.starts <= now)
        return { title: 'You have no place', words: 'The event has begun, and no place can be waited for any more.' };
      return { title: 'The place was let go', words: 'The time to confirm or take it is over. You can sign up again.' };
    case 'cancelled':
      return { title: 'This booking is cancelled', words: 'You have no place any more.' };
    case 'called off':
      return { title: 'The event is cancelled', words: 'It does not take place.' };
  }
};

const actsOf = (booking: Booking, event: HeldEvent): BookingModel['acts'] => {
  const at = (act: string) => bookingActPath(booking.token, act);
  if (booking.state === 'held') return [{ action: at('confirm'), text: 'Confirm my place', kind: '' }];
  if (booking.state === 'waiting' && booking.confirmedAt === null)
    return [{ action: at('confirm'), text: 'Confirm that I want to wait', kind: '' }];
  if (booking.state === 'lapsed' && booking.confirmedAt === null && event.state === 'published')
    return [{ action: at('confirm'), text: 'Take it if it is still there', kind: '' }];
  if (booking.state === 'offered')
    return [
      { action: at('accept'), text: booking.places === 1 ? 'Take the place' : 'Take the places', kind: '' },
      {
        action: at('decline'),
        text: booking.places < booking.wanted ? 'No, I wait for all of them' : 'No, thank you',
        kind: 'govuk-button--secondary',
      },
    ];
  return [];
};

const joiningOf = (booking: Booking, event: HeldEvent, now: Date): BookingModel['joining'] => {
  if (booking.state !== 'confirmed' || event.state !== 'published' || (event.time && event.time.ends <= now))
    return null;
  const { text } = event;
  if (booking.way === 'in person') return text.placeInstructions ? { href: '', words: text.placeInstructions } : null;
  const due = joiningIsDue(event, now);
  const words = due
    ? text.joiningLink === ''
      ? 'The organiser has not given a link yet.'
      : ''
    : `The link is shown here from ${joiningHours} hours before the event.`;
  return { href: due ? text.joiningLink : '', words: [text.onlineInstructions, words].filter(Boolean).join('\n') };
};

const cancelOf = (booking: Booking, event: HeldEvent, now: Date): BookingModel['cancel'] => {
  if (booking.attendees.some((one) => one.attended !== null)) return null;
  if (!isLive(booking.state) || event.state !== 'published' || (event.time && event.time.ends <= now)) return null;
  // Saying no to all that was asked for is an act of its own.
  if (booking.state === 'offered' && booking.places === booking.wanted) return null;
  const action = bookingActPath(booking.token, 'cancel');
  return booking.state === 'waiting' || booking.state === 'offered'
    ? {
        action,
        title: 'Leave the waiting list',
        words: 'You lose your rank. You can join again at the end of the list.',
        text: 'Leave it',
      }
    : {
        action,
        title: 'Cancel the booking',
        words: `${event.ways.some((one) => one.way === booking.way && one.waiting > 0) ? 'Your places go to someone who waits.' : 'Your places are free for others.'} You can sign up again while there are places.`,
        text: 'Cancel it',
      };
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed } = {},
): Promise<Answer> => {
  const { booking, event } = await asked(request, ctx);
  const now = ctx.clock();
  const problems = more.problems ?? [];
  const { title, words } = standing(booking, event, now, await placeInLine(ctx, booking));
  const before = event.state === 'published' && event.time !== null && now < event.time.ends;
  const confirmed = booking.state === 'confirmed';
  const typed = more.typed ?? {
    way: booking.way,
    names: booking.attendees.map((one) => one.name).join('\n'),
    organisation: booking.organisation,
    needs: booking.accessNeeds,
    answers: booking.answers,
  };
  return page(
    bookingView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      event: event.text.title,
      title,
      words,
      acts: actsOf(booking, event),
      rows: [
        { name: 'When', words: whenWords(event.time, event.month) },
        { name: 'How', words: wayWords[booking.way] },
        ...(booking.way === 'in person' && event.text.place ? [{ name: 'Where', words: event.text.place }] : []),
        ...(booking.organisation ? [{ name: 'Organisation', words: booking.organisation }] : []),
        ...event.text.questions.flatMap((name, at) => {
          const words = booking.answers[at] ?? '';
          return words === '' ? [] : [{ name, words }];
        }),
        ...(isLive(booking.state) && !confirmed
          ? [{ name: 'For', words: booking.attendees.map((one) => one.name).join('\n') }]
          : []),
      ],
      joiningTitle: booking.way === 'in person' ? 'Before you come' : 'Joining',
      joining: joiningOf(booking, event, now),
      people: confirmed
        ? booking.attendees.map((one) => ({
            name: one.name,
            code: booking.way === 'in person' ? one.code : '',
            attended: one.attended !== null,
          }))
        : [],
      files: [
        ...(confirmed && before
          ? [{ text: 'Put it into your calendar', href: bookingActPath(booking.token, 'calendar.ics') }]
          : []),
        ...(confirmed && !before
          ? booking.attendees
              .filter((one) => one.attended !== null)
              .map((one) => ({
                text: `Certificate of attendance: ${one.name} (PDF)`,
                href: bookingActPath(booking.token, `certificates/${one.number}.pdf`),
              }))
          : []),
        ...(confirmed && !before && event.text.evaluation ? await evaluationLink(ctx, event) : []),
        ...(booking.inCalendar && (booking.state === 'cancelled' || booking.state === 'called off')
          ? [{ text: 'Take it out of your calendar', href: bookingActPath(booking.token, 'calendar.ics') }]
          : []),
        ...(isLive(booking.state) ? [] : [{ text: 'Sign up again', href: bookPath(event.id) }]),
      ],
      change:
        confirmed && before
          ? {
              action: bookingActPath(booking.token, 'change'),
              ways: event.ways.map((one) => ({ value: one.way, text: wayWords[one.way], hint: '' })),
              typed,
              questions: questionsOf(event, typed.answers),
            }
          : null,
      cancel: cancelOf(booking, event, now),
      eventHref: eventPath(event.id),
    },
    { title, crumbs: eventsCrumbs, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

/** The round of have your say in which the event is evaluated, if there is one of that id. */
const evaluationLink = async (ctx: Context, event: HeldEvent): Promise<readonly Link[]> => {
  const round = await ctx.references.find(ctx, { kind: 'round', id: event.text.evaluation });
  return round ? [{ text: `Say what you thought: ${round.title}`, href: round.href }] : [];
};

const act = (
  name: string,
  run: (ctx: Context, token: string) => Promise<Result<void, BookingRefusal>>,
  done: string,
): Route => ({
  method: 'POST',
  path: `/bookings/:token/${name}`,
  access: 'anyone',
  audit: `events.booking-${name}`,
  perMinute: 60,
  handle: async (request, ctx) => {
    const { booking } = await asked(request, ctx);
    const answer = await run(ctx, booking.token);
    if (answer.kind === 'refused')
      return show(request, ctx, { problems: [{ field: '', text: refusalWords[answer.refusal] }] });
    return redirect(`${bookingPath(booking.token)}?done=${done}`);
  },
});

export const lookingAfterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/bookings/:token',
    access: 'anyone',
    audit: 'events.booking',
    perMinute: 60,
    handle: (request, ctx) => show(request, ctx),
  },
  act('confirm', confirm, 'confirmed'),
  act('accept', acceptOffer, 'accepted'),
  act('decline', declineOffer, 'declined'),
  act('cancel', cancelBooking, 'cancelled'),
  {
    method: 'POST',
    path: '/bookings/:token/change',
    access: 'anyone',
    audit: 'events.booking-change',
    perMinute: 60,
    handle: async (request, ctx) => {
      const { booking, event } = await asked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const typed: Typed = {
        way: text('way'),
        names: text('names'),
        organisation: text('organisation'),
        needs: text('needs'),
        answers: event.text.questions.map((_, at) => text(answerField(at))),
      };
      const names = lines(typed.names);
      const way = ways.find((one) => one === typed.way);
      const problems: FormProblem[] = [
        ...(way ? [] : [{ field: 'way', text: 'Say how you want to come' }]),
        ...(names.length === 0
          ? [{ field: 'names', text: 'Enter who comes. To give all places back, cancel the booking' }]
          : []),
        ...(names.length > mostPeople ? [{ field: 'names', text: `Enter up to ${mostPeople} names` }] : []),
        ...(names.some((one) => one.length > longestLine)
          ? [{ field: 'names', text: `Use up to ${longestLine} characters for a name` }]
          : []),
        ...tooLong('organisation', typed.organisation, longestLine, 'your organisation'),
        ...tooLong('needs', typed.needs, longestText, 'what you need'),
        ...typed.answers.flatMap((one, at) => tooLong(answerField(at), one, longestText, `your answer ${at + 1}`)),
      ];
      if (problems.length > 0 || !way) return show(request, ctx, { problems, typed });
      const changed = await changeTheBooking(ctx, booking.token, {
        way,
        names,
        organisation: typed.organisation,
        accessNeeds: typed.needs,
        answers: typed.answers,
      });
      if (changed.kind === 'refused')
        return show(request, ctx, { problems: [{ field: 'names', text: refusalWords[changed.refusal] }], typed });
      return redirect(`${bookingPath(booking.token)}?done=changed`);
    },
  },
  {
    method: 'GET',
    path: '/bookings/:token/calendar.ics',
    access: 'anyone',
    audit: 'events.booking-calendar',
    perMinute: 60,
    handle: async (request, ctx) => {
      const { booking, event } = await asked(request, ctx);
      return {
        kind: 'file',
        name: 'booking.ics',
        type: 'text/calendar; charset=utf-8',
        body: await bookingCalendar(ctx, event, booking),
      };
    },
  },
  {
    method: 'GET',
    path: '/bookings/:token/certificates/:number.pdf',
    access: 'anyone',
    audit: 'events.certificate',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { booking, event } = await asked(request, ctx);
      const person = booking.attendees.find(
        (one) => String(one.number) === request.params.number && one.attended !== null,
      );
      if (!person || booking.state !== 'confirmed')
        throw notFound('There is no certificate: nobody of this number was noted as having come.');
      return {
        kind: 'file',
        name: 'certificate.pdf',
        type: 'application/pdf',
        body: await certificate(ctx, event, booking, person),
      };
    },
  },
];
