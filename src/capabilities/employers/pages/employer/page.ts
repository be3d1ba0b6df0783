import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound, WebProblem } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { meetingKindWords, offerWords, sizeWords } from '../../domain/employer.ts';
import {
  editEmployerPath,
  employerActPath,
  employersPath,
  newPartPath,
  partPath,
  sharePath,
  sharingActPath,
} from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { dropEmployer, type OpenedEmployer } from '../../use-cases/keep-employers.ts';
import { sectors } from '../../use-cases/reference-data.ts';
import { sharingNames } from '../../use-cases/share-employers.ts';
import { type EmployerLetters, employerLetters } from '../letter/of-employer.ts';
import { crumbs, employerAsked, namesIn, ownEmployerAsked } from '../opened.ts';
import { type StepLine, stepLines } from '../step-lines.ts';

type Fact = { readonly key: string; readonly value: string };
type Model = {
  readonly doneWords: string;
  readonly name: string;
  readonly caption: string;
  readonly own: boolean;
  readonly facts: readonly Fact[];
  readonly offers: readonly string[];
  readonly notes: string;
  readonly editHref: string;
  readonly removeAction: string;
  readonly steps: readonly StepLine[];
  readonly stepsDone: readonly string[];
  readonly contacts: readonly {
    readonly name: string;
    readonly role: string;
    readonly href: string;
    readonly email: string;
    readonly telephone: string;
    readonly consent: string;
  }[];
  readonly meetings: readonly {
    readonly title: string;
    readonly href: string;
    readonly said: string;
    readonly present: string;
    readonly confidential: boolean;
    readonly by: string;
  }[];
  readonly asks: readonly {
    readonly title: string;
    readonly href: string;
    readonly facts: readonly string[];
    readonly ksbs: readonly string[];
  }[];
  readonly newHrefs: Readonly<Record<'contacts' | 'meetings' | 'next-steps' | 'asks', string>>;
  readonly shareHref: string;
  /** `null`: the record is another organisation’s. */
  readonly letters: EmployerLetters | null;
  readonly sharings: readonly { readonly text: string; readonly action: string; readonly button: string }[];
};
const employerView = view<Model>('capabilities/employers/pages/employer/page.njk');

const doneWords: Readonly<Record<string, string>> = {
  added: 'The employer is in your list. Write down what comes next with them.',
  saved: 'It is saved.',
  gone: 'It is gone.',
  'step-done': 'The step is done.',
  offered: 'The record is offered. They see nothing of it but the name until they accept.',
  accepted: 'The record is shared with you.',
  'sharing-ended': 'The record is shared no more.',
};

const consentWords = (one: OpenedEmployer['contacts'][number]): string =>
  one.consent === null || one.consentOn === null
    ? 'No consent: nothing more is kept.'
    : `Agreed on ${day(one.consentOn)}${one.consentUntil ? `, until ${day(one.consentUntil)}` : ''}: ${one.consent}${one.mayShare ? ' (and to being shared)' : ''}`;

const show = async (opened: OpenedEmployer, ctx: Context, query: URLSearchParams): Promise<Answer> => {
  const { employer, own } = opened;
  const { id } = employer;
  const names = await namesIn(ctx, employer.organisation);
  const nameOf = await sharingNames(ctx, opened.sharings);
  const asStep = (one: OpenedEmployer['steps'][number]) => ({
    ...one,
    employerName: employer.name,
    organisation: employer.organisation,
  });
  const facts: readonly Fact[] = [
    { key: 'Place', value: [employer.town, employer.region ?? ''].filter((word) => word !== '').join(', ') },
    { key: 'Size', value: employer.size ? sizeWords[employer.size] : '' },
    { key: 'Sector', value: sectors.find((one) => one.section === employer.sector)?.title ?? '' },
    { key: 'Routes', value: employer.routes.join('; ') },
    { key: 'Occupations', value: employer.occupations.join(', ') },
    { key: 'Company number', value: employer.companyNumber ?? '' },
  ].filter((one) => one.value !== '');
  return page(
    employerView,
    {
      doneWords: doneWords[query.get('done') ?? ''] ?? '',
      name: employer.name,
      caption: own ? 'Employer' : `Shared with you by ${nameOf(employer.organisation)}, by agreement with the employer`,
      own,
      facts,
      offers: employer.offers.map((one) => offerWords[one]),
      notes: employer.notes,
      editHref: editEmployerPath(id),
      removeAction: employerActPath(id, 'remove'),
      steps: await stepLines(ctx, employer.organisation, opened.steps.filter((one) => one.doneAt === null).map(asStep)),
      stepsDone: opened.steps.flatMap((one) => (one.doneAt ? [`${one.what}, done on ${day(one.doneAt)}`] : [])),
      contacts: opened.contacts.map((one) => ({
        name: one.name,
        role: one.role,
        href: partPath(id, 'contacts', one.id),
        email: one.email ?? '',
        telephone: one.telephone ?? '',
        consent: consentWords(one),
      })),
      meetings: opened.meetings.map((one) => ({
        title: `${meetingKindWords[one.kind]} on ${day(one.heldOn)}`,
        href: partPath(id, 'meetings', one.id),
        said: one.said,
        present: one.present.map((who) => (who.role ? `${who.name} (${who.role})` : who.name)).join(', '),
        confidential: one.confidential,
        by: one.recordedBy === null ? 'someone who has left' : names(one.recordedBy),
      })),
      asks: opened.asks.map((one) => ({
        title: [one.jobTitle, one.occupation ?? ''].filter((word) => word !== '').join(', '),
        href: partPath(id, 'asks', one.id),
        facts: [
          one.howMany === null ? '' : counted(one.howMany, 'person', 'people'),
          [one.town, one.region].filter((word) => word !== '').join(', '),
          one.route,
          `asked on ${day(one.askedOn)}`,
          one.source,
        ].filter((fact) => fact !== ''),
        ksbs: one.ksbs,
      })),
      newHrefs: {
        contacts: newPartPath(id, 'contacts'),
        meetings: newPartPath(id, 'meetings'),
        'next-steps': newPartPath(id, 'next-steps'),
        asks: newPartPath(id, 'asks'),
      },
      letters: own ? await employerLetters(ctx, employer) : null,
      shareHref: sharePath(id),
      sharings: opened.sharings.map((one) => ({
        text: own
          ? `${nameOf(one.receiver)}: ${one.acceptedAt ? `since ${day(one.acceptedAt)}` : `offered on ${day(one.offeredAt)}, not accepted yet`}; the employer agreed on ${day(one.employerAgreedOn)}`
          : `${nameOf(one.giver)} keeps this record, and shares it with ${nameOf(one.receiver)} since ${day(one.acceptedAt ?? one.offeredAt)}; the employer agreed on ${day(one.employerAgreedOn)}`,
        action: sharingActPath(one.id, 'end'),
        button: one.acceptedAt ? 'End it' : 'Take the offer back',
      })),
    },
    { title: employer.name, crumbs },
  );
};

export const employerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/employers/:employer',
    access: keepEmployers,
    audit: 'employers.record',
    handle: async (request: PageRequest, ctx) => show(await employerAsked(request, ctx), ctx, request.query),
  },
  {
    method: 'POST',
    path: '/employers/:employer/remove',
    access: keepEmployers,
    audit: 'employers.remove',
    handle: async (request, ctx) => {
      const { employer } = await ownEmployerAsked(request, ctx);
      const dropped = await dropEmployer(ctx, employer.id);
      if (dropped.kind === 'refused') {
        if (dropped.refusal === 'unknown') throw notFound('There is no such employer.');
        throw new WebProblem(409, 'This employer has signed a letter, which is kept for good. So its record stays.');
      }
      return redirect(`${employersPath}?organisation=${employer.organisation}&done=removed`);
    },
  },
];
