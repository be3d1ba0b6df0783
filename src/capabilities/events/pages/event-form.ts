import { dayWords } from '#kernel/london-time.ts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { readAddress } from '#platform/mail/address.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { HeldEvent, Way } from '../domain/event.ts';
import { clockTime, monthOf } from '../domain/event-words.ts';
import type { Capacities, EventToKeep } from '../use-cases/run-events.ts';
import { lines, tooLong } from './typed-text.ts';
import { readClock, readDayAndTime, readMoment } from './typed-time.ts';

/** What the form of an event holds, as it was typed. */
export type TypedEvent = {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly agenda: string;
  readonly speakers: string;
  readonly audience: string;
  readonly routes: readonly string[];
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly opens: string;
  readonly closes: string;
  readonly inPerson: string;
  readonly place: string;
  readonly placeInstructions: string;
  readonly online: string;
  readonly joiningLink: string;
  readonly onlineInstructions: string;
  readonly questions: string;
  readonly contact: string;
  readonly recording: string;
  readonly slides: string;
  readonly evaluation: string;
  readonly tell: boolean;
  /** Lowering the places below what is taken is meant. */
  readonly below: boolean;
};

export const blankEvent: TypedEvent = {
  title: '',
  summary: '',
  description: '',
  agenda: '',
  speakers: '',
  audience: '',
  routes: [],
  day: '',
  starts: '',
  ends: '',
  opens: '',
  closes: '',
  inPerson: '',
  place: '',
  placeInstructions: '',
  online: '',
  joiningLink: '',
  onlineInstructions: '',
  questions: '',
  contact: '',
  recording: '',
  slides: '',
  evaluation: '',
  tell: false,
  below: false,
};

const momentTyped = (date: Date | null): string => (date ? `${dayWords(date)}, ${clockTime(date)}` : '');
const capacityOf = (event: HeldEvent, way: Way): string =>
  String(event.ways.find((one) => one.way === way)?.capacity ?? '');

export const typedOf = (event: HeldEvent): TypedEvent => {
  const { text, time } = event;
  return {
    ...text,
    agenda: text.agenda.join('\n'),
    speakers: text.speakers.join('\n'),
    questions: text.questions.join('\n'),
    day: time ? dayWords(time.starts) : '',
    starts: time ? clockTime(time.starts) : '',
    ends: time ? clockTime(time.ends) : '',
    opens: momentTyped(event.opensAt),
    closes: momentTyped(event.closesAt),
    inPerson: capacityOf(event, 'in person'),
    online: capacityOf(event, 'online'),
    tell: false,
    below: false,
  };
};

export const readTyped = (fields: URLSearchParams): TypedEvent => {
  const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const words = Object.fromEntries(
    Object.keys(blankEvent)
      .filter((name) => name !== 'routes' && name !== 'tell' && name !== 'below')
      .map((name) => [name, text(name)]),
  );
  const ticked = (name: string) => fields.get(name) === 'yes';
  return {
    ...blankEvent,
    ...words,
    routes: fields.getAll('routes'),
    tell: ticked('tell'),
    below: ticked('below'),
  };
};

const mostQuestions = 5;
const mostPlaces = 100_000;
const longest = { title: 120, summary: 400, other: 5000 };

/** What stands above the fields, where a message names one. */
const labels: Readonly<Record<string, string>> = {
  title: 'the title',
  summary: 'the one or two sentences',
  description: 'the text about the event',
  agenda: 'the agenda',
  speakers: 'the speakers',
  audience: 'who it is for',
  place: 'the place',
  placeInstructions: 'what people who come need to know',
  onlineInstructions: 'what people online need to know',
  joiningLink: 'the joining link',
  questions: 'the questions',
  contact: 'the address',
  recording: 'the recording',
  slides: 'the slides',
  evaluation: 'the round',
};

/** Pictures have their texts cut to these; a title in a calendar is read on a phone. */
const lengthProblems = (typed: TypedEvent): readonly FormProblem[] =>
  Object.entries(typed).flatMap(([field, value]) => {
    const most = field === 'title' ? longest.title : field === 'summary' ? longest.summary : longest.other;
    return typeof value === 'string' ? tooLong(field, value, most, labels[field]) : [];
  });

const linkProblem = (field: string, value: string): readonly FormProblem[] =>
  value === '' || (URL.canParse(value) && new URL(value).protocol === 'https:')
    ? []
    : [{ field, text: `Enter ${labels[field]} as an address that begins with https://` }];

const placesTyped = (value: string): number | null | undefined =>
  value === '' ? null : /^\d{1,6}$/.test(value) && Number(value) <= mostPlaces ? Number(value) : undefined;

/** What is wrong with the day and its times, each named once. */
const timeProblems = (typed: TypedEvent): readonly FormProblem[] => {
  const clockProblem = (field: 'starts' | 'ends', what: string, example: string): readonly FormProblem[] => {
    if (readClock(typed[field]) === null) return [{ field, text: `Enter when it ${what}, such as ${example}` }];
    const leftOut = readTypedDay(typed.day) !== null && readMoment(typed.day, typed[field]) === null;
    return leftOut
      ? [
          {
            field,
            text: `Enter another time at which it ${what}: clocks go forward on that day, and an hour is left out`,
          },
        ]
      : [];
  };
  return [
    ...(readTypedDay(typed.day) === null
      ? [{ field: 'day', text: 'Enter the day, such as 4 March 2027 or 4/3/2027' }]
      : []),
    ...clockProblem('starts', 'begins', '11:00'),
    ...clockProblem('ends', 'ends', '12:35'),
  ];
};

export type ReadEvent = { readonly keep: EventToKeep; readonly capacities: Capacities };

/** What was typed as an event, or all that is wrong with it. A draft may lack what publishing wants. */
export const readEventForm = (
  typed: TypedEvent,
  before: HeldEvent | null,
  now: Date,
):
  | { readonly kind: 'ok'; readonly value: ReadEvent }
  | { readonly kind: 'faulty'; readonly problems: readonly FormProblem[] } => {
  const mustBeWhole = before?.state === 'published';
  const monthOnly = before?.time === null && typed.day === '' && typed.starts === '' && typed.ends === '';
  const starts = readMoment(typed.day, typed.starts);
  const ends = readMoment(typed.day, typed.ends);
  const opens = typed.opens === '' ? null : readDayAndTime(typed.opens);
  const closes = typed.closes === '' ? null : readDayAndTime(typed.closes);
  const inPerson = placesTyped(typed.inPerson);
  const online = placesTyped(typed.online);
  const contact = typed.contact === '' ? '' : readAddress(typed.contact);
  const routes = occupationalRoutes.filter((one) => typed.routes.includes(one));
  const noTime = typed.day === '' && typed.starts === '' && typed.ends === '' && !mustBeWhole;
  const problems: FormProblem[] = [
    ...(typed.title === '' ? [{ field: 'title', text: 'Enter a title' }] : []),
    ...(typed.summary === '' ? [{ field: 'summary', text: 'Say in one or two sentences what it is' }] : []),
    ...lengthProblems(typed),
    ...(noTime || monthOnly ? [] : timeProblems(typed)),
    ...(starts && ends && ends <= starts
      ? [{ field: 'ends', text: 'Enter an end that comes after the beginning' }]
      : []),
    ...(typed.opens !== '' && opens === null
      ? [{ field: 'opens', text: 'Enter a day and a time, such as 1 February 2027, 9:00' }]
      : []),
    ...(typed.closes !== '' && closes === null
      ? [{ field: 'closes', text: 'Enter a day and a time, such as 3 March 2027, 17:00' }]
      : []),
    ...(opens && closes && closes <= opens ? [{ field: 'closes', text: 'Enter a time after signing up opens' }] : []),
    ...(closes && ends && closes > ends ? [{ field: 'closes', text: 'Enter a time before the event ends' }] : []),
    ...(inPerson === undefined ? [{ field: 'inPerson', text: 'Enter the places in person as a whole number' }] : []),
    ...(online === undefined ? [{ field: 'online', text: 'Enter the places online as a whole number' }] : []),
    ...(mustBeWhole && inPerson === null && online === null && before.text.source === ''
      ? [{ field: 'inPerson', text: 'Give places in person, online, or both: the event is published' }]
      : []),
    ...(inPerson !== null && typed.place === '' ? [{ field: 'place', text: 'Say where it is' }] : []),
    ...(contact === null || (mustBeWhole && contact === '' && before.text.source === '')
      ? [{ field: 'contact', text: 'Enter an email address' }]
      : []),
    ...linkProblem('joiningLink', typed.joiningLink),
    ...linkProblem('recording', typed.recording),
    ...linkProblem('slides', typed.slides),
    ...(lines(typed.questions).length > mostQuestions
      ? [{ field: 'questions', text: `Ask up to ${mostQuestions} questions` }]
      : []),
  ];
  if (problems.length > 0) return { kind: 'faulty', problems };
  const time = starts && ends ? { starts, ends } : null;
  return {
    kind: 'ok',
    value: {
      keep: {
        text: {
          title: typed.title,
          summary: typed.summary,
          description: typed.description,
          agenda: [...lines(typed.agenda)],
          speakers: [...lines(typed.speakers)],
          routes,
          audience: typed.audience,
          place: typed.place,
          placeInstructions: typed.placeInstructions,
          onlineInstructions: typed.onlineInstructions,
          joiningLink: typed.joiningLink,
          questions: [...lines(typed.questions)],
          contact: contact ?? '',
          recording: typed.recording,
          slides: typed.slides,
          evaluation: typed.evaluation,
          cancelledBecause: '',
          source: before?.text.source ?? '',
        },
        time,
        month: time ? monthOf(time.starts) : (before?.month ?? monthOf(now)),
        opensAt: opens,
        closesAt: closes,
      },
      capacities: { 'in person': inPerson ?? null, online: online ?? null },
    },
  };
};
