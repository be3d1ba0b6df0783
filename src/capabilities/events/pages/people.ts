import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { longestLine } from '../domain/booking.ts';
import { canHaveCome, type HeldEvent, wayWords } from '../domain/event.ts';
import { dayOf, momentWords } from '../domain/event-words.ts';
import { eventPath, peopleActPath, peopleFilePath, peoplePath } from '../paths.ts';
import { runEvents } from '../policy.ts';
import {
  checkIn,
  dayList,
  importAttendance,
  letIn,
  type OnTheList,
  takeBackCheckIn,
  waitingList,
} from '../use-cases/attendance.ts';
import { eventsCrumbs } from './listing.ts';
import { eventAsked } from './show-event.ts';
import { tooLong } from './typed-text.ts';

type TypedWalkIn = {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly employer: boolean;
  readonly share: boolean;
};
type PeopleModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly event: string;
  readonly counts: string;
  readonly checkIn: string;
  readonly letIn: string;
  readonly walkIn: TypedWalkIn;
  readonly waiting: readonly {
    readonly name: string;
    readonly organisation: string;
    readonly wants: string;
    readonly stands: string;
  }[];
  /** When checking in begins; empty: it has. */
  readonly notYet: string;
  readonly takeBack: string;
  readonly importAction: string;
  readonly file: string;
  readonly code: string;
  readonly unknown: readonly string[];
  readonly people: readonly {
    readonly name: string;
    readonly organisation: string;
    readonly code: string;
    readonly how: string;
    readonly came: string;
    readonly booking: string;
    readonly number: number;
  }[];
  readonly needs: readonly { readonly name: string; readonly words: string }[];
  readonly answers: readonly { readonly question: string; readonly lines: readonly string[] }[];
};
const peopleView = view<PeopleModel>('capabilities/events/pages/people/page.njk');

const firstOnes = (list: readonly OnTheList[]): readonly OnTheList[] =>
  list.filter(({ person }) => person.number === 1);

const show = async (
  request: PageRequest,
  ctx: Context,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly done?: string;
    readonly unknown?: readonly string[];
    readonly code?: string;
    readonly walkIn?: TypedWalkIn;
  } = {},
): Promise<Answer> => {
  const event = await eventAsked(request, ctx);
  const list = await dayList(ctx, event.id);
  const came = list.filter(({ person }) => person.attended !== null).length;
  const problems = more.problems ?? [];
  return page(
    peopleView,
    {
      problems,
      doneWords:
        more.done ??
        (request.query.get('done') === 'in'
          ? 'Checked in.'
          : request.query.get('done') === 'back'
            ? 'Taken back.'
            : request.query.get('done') === 'let-in'
              ? 'Let in, and noted as having come.'
              : ''),
      event: event.text.title,
      counts: `${counted(list.length, 'person has', 'people have')} a place; ${came === 0 ? 'nobody has come yet' : counted(came, 'has come', 'have come')}.`,
      letIn: event.ways.some((one) => one.way === 'in person') ? peopleActPath(event.id, 'let-in') : '',
      walkIn: more.walkIn ?? { id: randomUUID(), name: '', organisation: '', employer: false, share: false },
      waiting: (await waitingList(ctx, event.id)).map((one) => ({
        name: one.attendees[0]?.name ?? '',
        organisation: one.organisation,
        wants: `${counted(one.wanted, 'place')}, ${one.way}`,
        stands: one.state === 'offered' && one.until ? `Offered until ${momentWords(one.until)}` : 'Waits',
      })),
      notYet: canHaveCome(event, ctx.clock()) ? '' : notYetWords(event),
      checkIn: peopleActPath(event.id, 'check-in'),
      takeBack: peopleActPath(event.id, 'take-back'),
      importAction: peopleActPath(event.id, 'import'),
      file: peopleFilePath(event.id),
      code: more.code ?? '',
      unknown: more.unknown ?? [],
      people: list.map(({ booking, person }) => ({
        name: person.name,
        organisation: booking.organisation,
        code: person.code,
        how: wayWords[booking.way],
        came: person.attended === null ? '' : wayWords[person.attended],
        booking: booking.id,
        number: person.number,
      })),
      needs: firstOnes(list)
        .filter(({ booking }) => booking.accessNeeds !== '')
        .map(({ booking, person }) => ({ name: person.name, words: booking.accessNeeds })),
      answers: event.text.questions
        .map((question, at) => ({
          question,
          lines: firstOnes(list).flatMap(({ booking, person }) =>
            booking.answers[at] ? [`${person.name}: ${booking.answers[at]}`] : [],
          ),
        }))
        .filter((one) => one.lines.length > 0),
    },
    {
      title: `Who comes: ${event.text.title}`,
      crumbs: [...eventsCrumbs, { text: event.text.title, href: eventPath(event.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
      wide: true,
    },
  );
};

const notYetWords = (event: HeldEvent): string =>
  event.time && event.state === 'published'
    ? `Checking in opens on ${dayOf(event.time.starts)}, the day of the event.`
    : 'Nobody can be checked in: the event has no day, or does not take place.';

/** No text: a byte that no CSV in UTF-8 or Windows-1252 has, in a file that does not say that it is UTF-16. */
const looksBinary = (bytes: Uint8Array): boolean => {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !utf16 && bytes.subarray(0, 4096).includes(0);
};

const header = ['Name', 'Organisation', 'Email', 'For an employer', 'How', 'Code', 'Came', 'Needs'];

export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/events/:event/people',
    access: runEvents,
    audit: 'events.people',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'GET',
    path: '/events/:event/people.csv',
    access: runEvents,
    audit: 'events.people-file',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const rows = (await dayList(ctx, event.id)).map(({ booking, person }) => [
        person.name,
        booking.organisation,
        person.number === 1 ? (booking.address ?? '') : '',
        booking.forEmployer ? 'yes' : 'no',
        wayWords[booking.way],
        person.code,
        person.attended ? wayWords[person.attended] : '',
        person.number === 1 ? booking.accessNeeds : '',
        ...event.text.questions.map((_, at) => (person.number === 1 ? (booking.answers[at] ?? '') : '')),
      ]);
      return {
        kind: 'file',
        name: 'people.csv',
        type: 'text/csv; charset=utf-8',
        body: writeCsv([[...header, ...event.text.questions], ...rows]),
      };
    },
  },
  {
    method: 'POST',
    path: '/events/:event/people/check-in',
    access: runEvents,
    audit: 'events.check-in',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const code = ((await request.form()).fields.get('code') ?? '').trim();
      const found = await checkIn(ctx, event.id, code);
      if (found.kind === 'unknown')
        return show(request, ctx, {
          problems: [{ field: 'code', text: 'Nobody with a place at this event has this code' }],
          code,
        });
      if (found.kind === 'too early')
        return show(request, ctx, { problems: [{ field: 'code', text: notYetWords(event) }], code });
      return found.kind === 'in'
        ? redirect(`${peoplePath(event.id)}?done=in`)
        : show(request, ctx, { done: `${found.name} was checked in before.` });
    },
  },
  {
    method: 'POST',
    path: '/events/:event/people/let-in',
    access: runEvents,
    audit: 'events.let-in',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').trim();
      const walkIn: TypedWalkIn = {
        id: formId(fields),
        name: text('name'),
        organisation: text('organisation'),
        employer: fields.get('employer') === 'yes',
        share: fields.get('share') === 'yes',
      };
      const again = (...problems: readonly FormProblem[]) => show(request, ctx, { problems, walkIn });
      const problems: FormProblem[] = [
        ...(walkIn.name === '' ? [{ field: 'name', text: 'Enter the name of whoever came' }] : []),
        ...tooLong('name', walkIn.name, longestLine, 'the name'),
        ...(walkIn.employer && walkIn.organisation === ''
          ? [{ field: 'organisation', text: 'Enter the employer that they come for' }]
          : []),
        ...tooLong('organisation', walkIn.organisation, longestLine, 'the organisation'),
      ];
      if (problems.length > 0) return again(...problems);
      const { employer, share, ...one } = walkIn;
      const came = await letIn(ctx, event.id, { ...one, forEmployer: employer, consentToShare: employer && share });
      if (came === 'too early') return again({ field: 'name', text: notYetWords(event) });
      if (came === 'full')
        return again({
          field: 'name',
          text: 'No place in person is free. Where the room has more, raise the places of the event first',
        });
      return redirect(`${peoplePath(event.id)}?done=let-in`);
    },
  },
  {
    method: 'POST',
    path: '/events/:event/people/take-back',
    access: runEvents,
    audit: 'events.take-back-check-in',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const { fields } = await request.form();
      if (!(await takeBackCheckIn(ctx, event.id, fields.get('booking') ?? '', Number(fields.get('number')))))
        throw notFound('There is no such person on the list.');
      return redirect(`${peoplePath(event.id)}?done=back`);
    },
  },
  {
    method: 'POST',
    path: '/events/:event/people/import',
    access: runEvents,
    audit: 'events.import-attendance',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const [file] = (await request.form()).files;
      const wrong = (text: string) => show(request, ctx, { problems: [{ field: 'file', text }] });
      if (!file) return wrong('Choose the list');
      if (looksBinary(file.bytes))
        return wrong('Choose the list as a CSV file: this one is a picture or another kind of file');
      const read = readCsv('The list', file.bytes);
      if (read.kind === 'refused') return wrong(read.refusal.message);
      const rows = read.value.rows.map((row) => row.map((cell) => String(cell ?? '')));
      const imported = await importAttendance(ctx, event.id, rows);
      if (imported.kind === 'no columns')
        return wrong('No row of the list has a heading such as “Name” or “Email”, so nothing was noted');
      if (imported.kind === 'too early') return wrong(notYetWords(event));
      const short =
        imported.tooShort > 0
          ? ` ${counted(imported.tooShort, 'person was', 'people were')} there for less than 5 minutes and not noted.`
          : '';
      return show(request, ctx, {
        done: `Noted ${counted(imported.came, 'person', 'people')}.${short}`,
        unknown: imported.unknown,
      });
    },
  },
];
