import { randomUUID } from 'node:crypto';
import { isExampleVisitor } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { mailboxPath } from '../../accounts/paths.ts';
import { longestLine, longestText, mostPeople } from '../domain/booking.ts';
import { freePlaces, type HeldEvent, signUpOf, ways, wayWords } from '../domain/event.ts';
import { momentWords, whenWords } from '../domain/event-words.ts';
import { readTag } from '../domain/promotion.ts';
import { bookPath, eventPath } from '../paths.ts';
import { type BookRefusal, book } from '../use-cases/book.ts';
import { closedView } from './closed.ts';
import { eventsCrumbs } from './listing.ts';
import { answerField, questionsOf } from './questions.ts';
import { eventAsked } from './show-event.ts';
import { lines, tooLong } from './typed-text.ts';

type Typed = {
  readonly way: string;
  readonly name: string;
  readonly address: string;
  readonly organisation: string;
  readonly for: string;
  readonly share: boolean;
  readonly colleagues: string;
  readonly part: boolean;
  readonly needs: string;
  readonly tag: string;
  readonly answers: readonly string[];
};
type FormModel = {
  readonly problems: readonly FormProblem[];
  readonly id: string;
  readonly event: string;
  readonly when: string;
  readonly full: boolean;
  readonly action: string;
  readonly ways: readonly { readonly value: string; readonly text: string; readonly hint: string }[];
  readonly typed: Typed;
  readonly questions: readonly { readonly field: string; readonly text: string; readonly typed: string }[];
  readonly mostColleagues: number;
};
type SentModel = {
  readonly held: boolean;
  readonly formHref: string;
  readonly eventHref: string;
  /** Where an example store keeps the message; empty where there is no mailbox for this visitor. */
  readonly mailbox: string;
};

const folder = 'capabilities/events/pages/book';
const formView = view<FormModel>(`${folder}/form.njk`);
const sentView = view<SentModel>(`${folder}/sent.njk`);

const crumbsOf = (event: HeldEvent) => [...eventsCrumbs, { text: event.text.title, href: eventPath(event.id) }];

const blank: Typed = {
  way: '',
  name: '',
  address: '',
  organisation: '',
  for: '',
  share: false,
  colleagues: '',
  part: false,
  needs: '',
  tag: '',
  answers: [],
};

const showForm = (
  event: HeldEvent,
  typed: Typed,
  more: { readonly problems?: readonly FormProblem[]; readonly id?: string } = {},
): Answer => {
  const problems = more.problems ?? [];
  const full = event.ways.every((one) => one.waiting > 0 || freePlaces(one) === 0);
  const title = full ? 'Join the waiting list' : 'Sign up';
  return page(
    formView,
    {
      problems,
      id: more.id ?? randomUUID(),
      event: event.text.title,
      when: whenWords(event.time, event.month),
      full,
      action: bookPath(event.id),
      ways: event.ways.map((one) => ({
        value: one.way,
        text: wayWords[one.way],
        hint:
          one.waiting > 0 || freePlaces(one) === 0
            ? 'Full: you join the waiting list'
            : `${counted(freePlaces(one), 'place')} free`,
      })),
      typed,
      questions: questionsOf(event, typed.answers),
      mostColleagues: mostPeople - 1,
    },
    {
      title: `${title}: ${event.text.title}`,
      crumbs: crumbsOf(event),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const refusalWords: Readonly<Record<BookRefusal, string>> = {
  unknown: 'There is no event at this address any more.',
  'not open': 'Signing up is over: the event has begun, was cancelled, or takes no more people.',
  'no such way': 'The event is not held this way any more.',
};

/** What stands where the form would be when nobody can sign up. */
const showClosed = (event: HeldEvent, words: string): Answer =>
  page(
    closedView,
    { title: 'You cannot sign up now', words, href: eventPath(event.id), text: 'See the event' },
    {
      title: 'You cannot sign up now',
      crumbs: crumbsOf(event),
      status: 410,
    },
  );

const closedWords = (event: HeldEvent, ctx: Context): string | null => {
  const signUp = signUpOf(event, ctx.clock());
  switch (signUp.kind) {
    case 'open':
      return null;
    case 'not yet':
      return `Signing up opens on ${momentWords(signUp.opens)}.`;
    case 'cancelled':
      return 'This event is cancelled. It does not take place.';
    case 'over':
    case 'none':
      return refusalWords['not open'];
  }
};

const problemsOf = (event: HeldEvent, typed: Typed, address: string | null): readonly FormProblem[] => {
  const colleagues = lines(typed.colleagues);
  return [
    ...(event.ways.some((one) => one.way === typed.way) ? [] : [{ field: 'way', text: 'Say how you want to come' }]),
    ...(typed.name === ''
      ? [{ field: 'name', text: 'Enter your name' }]
      : tooLong('name', typed.name, longestLine, 'your name')),
    ...(address === null ? [{ field: 'address', text: 'Enter an email address such as name@company.co.uk' }] : []),
    ...tooLong('organisation', typed.organisation, longestLine, 'your organisation'),
    ...(typed.for === 'employer' && typed.organisation === ''
      ? [{ field: 'organisation', text: 'Enter the employer that you come for' }]
      : []),
    ...(typed.for === 'employer' || typed.for === 'other'
      ? []
      : [{ field: 'for', text: 'Say whether you come for an employer' }]),
    ...(colleagues.length >= mostPeople || colleagues.some((one) => one.length > longestLine)
      ? [{ field: 'colleagues', text: `Enter up to ${mostPeople - 1} names. For a larger group, ask the organiser` }]
      : []),
    ...typed.answers.flatMap((one, at) => tooLong(answerField(at), one, longestText, `your answer ${at + 1}`)),
    ...tooLong('needs', typed.needs, longestText, 'what you need'),
  ];
};

export const signingUpRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/events/:event/book',
    access: 'anyone',
    audit: 'events.book-form',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const done = request.query.get('done');
      if (done === 'held' || done === 'waiting')
        return page(
          sentView,
          {
            held: done === 'held',
            formHref: bookPath(event.id),
            eventHref: eventPath(event.id),
            mailbox: isExampleVisitor(request, ctx) ? mailboxPath : '',
          },
          { title: 'Check your email', crumbs: crumbsOf(event) },
        );
      const closed = closedWords(event, ctx);
      if (closed !== null) return showClosed(event, closed);
      return showForm(event, { ...blank, tag: readTag(request.query.get('from') ?? '') });
    },
  },
  {
    method: 'POST',
    path: '/events/:event/book',
    access: 'anyone',
    audit: 'events.book',
    // A room of people behind one address may sign up at once.
    perMinute: 60,
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const typed: Typed = {
        way: text('way'),
        name: text('name'),
        address: text('address'),
        organisation: text('organisation'),
        for: text('for'),
        share: fields.get('share') === 'yes',
        colleagues: text('colleagues'),
        part: fields.get('part') === 'yes',
        needs: text('needs'),
        tag: readTag(text('from')),
        answers: event.text.questions.map((_, at) => text(answerField(at))),
      };
      const closed = closedWords(event, ctx);
      if (closed !== null) return showClosed(event, closed);
      const id = formId(fields);
      const address = readAddress(typed.address);
      const problems = problemsOf(event, typed, address);
      const way = ways.find((one) => one === typed.way);
      if (problems.length > 0 || address === null || !way) return showForm(event, typed, { problems, id });
      const booked = await book(ctx, event.id, {
        id,
        way,
        names: [typed.name, ...lines(typed.colleagues)],
        address,
        organisation: typed.organisation,
        forEmployer: typed.for === 'employer',
        consentToShare: typed.for === 'employer' && typed.share,
        partWillDo: typed.part,
        accessNeeds: typed.needs,
        answers: typed.answers,
        tag: typed.tag,
      });
      if (booked.kind === 'refused') return showClosed(event, refusalWords[booked.refusal]);
      return redirect(`${bookPath(event.id)}?done=${booked.value}`);
    },
  },
];
