import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { withdrawalReasons } from '../../domain/fact.ts';
import { type Approval, type Entry, type Offer, type Withdrawal, withdrawalKey } from '../../domain/register-entry.ts';
import {
  casePath,
  entryEditPath,
  entryHistoryPath,
  entryPath,
  occupationPath,
  providerPath,
  registerPath,
} from '../../paths.ts';
import { confirmOffers, keepRegister } from '../../policy.ts';
import { casesOf } from '../../use-cases/cases.ts';
import { stageOf } from '../../use-cases/next-stage.ts';
import { endedApprovals, historyOf, readEntry, readProviders, toComeOf } from '../../use-cases/read-register.ts';
import { type ShownOffer, shownOffer, stateSentence, stateTag, type Tag } from '../entry-words.ts';
import { entryData } from '../linked-data.ts';
import { type Band, makeBand, readAsked, sourceWords } from '../register-band.ts';
import { factLines } from './fact-lines.ts';

type Model = {
  readonly band: Band;
  readonly path: string;
  readonly title: string;
  readonly number: string;
  readonly otherNumbers: string;
  readonly tag: Tag;
  readonly verdict: string;
  readonly fictional: boolean;
  readonly details: readonly { readonly key: string; readonly value: string }[];
  readonly approvals: readonly {
    readonly title: string;
    readonly href: string;
    readonly reference: string;
    readonly version: string;
    readonly cycle: string;
    readonly approvedOn: string;
    readonly firstTeach: string;
    readonly nextReview: string;
    readonly until: string;
  }[];
  /** What it was approved for, and no longer is. */
  readonly before: readonly Readonly<
    Record<'title' | 'href' | 'reference' | 'cycle' | 'approvedOn' | 'firstTeach' | 'ended', string>
  >[];
  readonly withdrawals: readonly {
    readonly words: string;
    readonly reason: string;
    readonly note: string;
    readonly effect: string;
    readonly review: string;
    readonly reviewHref: string;
  }[];
  readonly offers: readonly OfferRow[];
  /** What is entered already and begins on a later day. */
  readonly toCome: {
    readonly approvals: readonly { readonly title: string; readonly href: string; readonly words: string }[];
    readonly offers: readonly OfferRow[];
  };
  readonly changes: readonly {
    readonly when: string;
    readonly size: string;
    readonly what: string;
    readonly answer: string;
    readonly answerHref: string;
  }[];
  readonly cases: readonly { readonly words: string; readonly href: string; readonly state: string }[];
  readonly next: readonly { readonly text: string; readonly when: string }[];
  readonly nextTitle: string;
  readonly editing: readonly { readonly text: string; readonly href: string }[];
  readonly historyHref: string;
  readonly jsonHref: string;
  readonly source: string;
};

/** Where an offer stands on the page of its entry. */
export const offerAnchor = (offer: Offer, today: string): string =>
  offer.from > today ? `later-${offer.id}-${offer.from}` : `offer-${offer.id}`;

type OfferRow = ShownOffer & {
  readonly anchor: string;
  readonly href: string;
  /** The first day of one that begins later. */
  readonly begins: string;
  readonly confirmHref: string;
  readonly changeHref: string;
};

const entryView = view<Model>('capabilities/register/pages/entry/page.njk');

const answerWords = {
  waiting: 'Proposed; not answered yet',
  accepted: 'Accepted',
  refused: 'Refused',
  'none-needed': 'A minor change needs no answer',
} as const;

export const registerCrumbs = [
  { text: 'Start', href: '/' },
  { text: 'Register', href: registerPath() },
];

/** What was, or will be, withdrawn, and what it means today: of one occupation of several, or of what was approved again since, less. */
const withdrawalWords = (
  one: Withdrawal,
  { approvals }: Entry,
  ended: readonly Approval[],
  on: string,
): { readonly words: string; readonly effect: string } => {
  const title = [...approvals, ...ended].find((each) => each.occupation === one.occupation)?.occupationTitle;
  const what = one.occupation === null ? 'Approval' : `Approval for ${title ?? one.occupation}`;
  if (one.on > on) return { words: `${what} will be withdrawn on ${day(one.on)}.`, effect: '' };
  const isBack =
    one.occupation === null ? approvals.length > 0 : approvals.some((each) => each.occupation === one.occupation);
  return {
    words: `${what} was withdrawn on ${day(one.on)}.`,
    effect: isBack
      ? 'It has been approved again since.'
      : approvals.length > 0
        ? 'For this occupation the quality mark may not be used, and it may not be called an HTQ.'
        : 'The quality mark may not be used, and it may not be called an HTQ.',
  };
};

/** What was asked for and answered by a day. */
const reviewWords = ({ review }: Withdrawal, on: string): string =>
  review === null || review.askedOn > on
    ? ''
    : review.answeredOn === null || review.answeredOn > on
      ? `A procedural review was asked for on ${day(review.askedOn)}, and is not answered yet.`
      : `A procedural review, asked for on ${day(review.askedOn)}, was answered on ${day(review.answeredOn)}: the withdrawal stands.${review.words ? ` ${review.words}` : ''}`;

const showEntry = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const id = request.params.entry ?? '';
  const { asked } = readAsked(ctx, request.query);
  const entry = await readEntry(ctx, asked.asOf, id);
  const path = entryPath(id);
  if (!entry) {
    const now = await readEntry(ctx, { ...asked.asOf, on: '9999-01-01', known: null }, id);
    throw notFound(
      now
        ? `The register did not hold “${now.title}” on ${day(asked.asOf.on)}${asked.asOf.known ? ', as far as was known then' : ''}.`
        : 'The register holds no qualification under this address.',
    );
  }
  const { on } = asked.asOf;
  const toCome = asked.isToday ? await toComeOf(ctx, id) : { approvals: [], offers: [] };
  const providers = await readProviders(ctx, asked.asOf, [...new Set(entry.offers.map((one) => one.ukprn))]);
  // A provider that is new with what it will offer is known from that day on.
  const coming = await readProviders(ctx, { on: '9999-01-01', known: null }, [
    ...new Set(toCome.offers.map((one) => one.ukprn)),
  ]);
  const ended = (await endedApprovals(ctx, asked.asOf, [id])).get(id) ?? [];
  const keeps = isAllowed(ctx.actor, keepRegister);
  const confirms = isAllowed(ctx.actor, confirmOffers) && asked.isToday;
  const query = asked.query.size > 0 ? `?${asked.query}` : '';
  const offerRow = (one: Offer): OfferRow => {
    const isToCome = one.from > on;
    const which = `?${new URLSearchParams({ offer: one.id, ...(isToCome ? { begins: one.from } : {}) })}`;
    return {
      ...shownOffer(one, (isToCome ? coming : providers).get(one.ukprn), on),
      anchor: offerAnchor(one, on),
      href: `${providerPath(one.ukprn)}${isToCome ? `?on=${one.from}` : query}`,
      begins: isToCome ? day(one.from) : '',
      confirmHref: confirms && one.confirmedBy === null ? `${entryEditPath(id, 'confirm')}${which}` : '',
      changeHref: keeps && asked.isToday ? `${entryEditPath(id, 'offer')}${which}` : '',
    };
  };
  const stage = asked.isToday ? await stageOf(ctx, entry) : null;
  return page(
    entryView,
    {
      band: await makeBand(ctx, path, request.query),
      path,
      title: entry.title,
      number: entry.numbers[0] ?? '',
      otherNumbers: entry.numbers.slice(1).join(', '),
      tag: stateTag(entry.state.kind),
      verdict: stateSentence(entry),
      fictional: entry.fictional,
      details: [
        { key: 'Number', value: entry.numbers[0] ?? 'Not said' },
        ...(entry.numbers.length > 1 ? [{ key: 'Also known as', value: entry.numbers.slice(1).join(', ') }] : []),
        { key: 'Level', value: String(entry.level) },
        { key: 'Awarding organisation', value: entry.awardingOrganisation },
        { key: 'Route', value: entry.route ?? 'Not said' },
        { key: 'Credits', value: entry.credits === null ? 'Not said' : String(entry.credits) },
      ],
      approvals: entry.approvals.map((one) => ({
        title: one.option ? `${one.occupationTitle}: ${one.option}` : one.occupationTitle,
        href: `${occupationPath(one.occupation)}${query}`,
        reference: one.occupation,
        version: one.standardVersion ?? '',
        cycle: one.cycle,
        approvedOn: day(one.approvedOn),
        firstTeach: day(one.firstTeach),
        nextReview: one.nextReview ? day(one.nextReview) : 'No date set',
        until: one.until ? day(one.until) : '',
      })),
      before: ended.map((one) => ({
        title: one.option ? `${one.occupationTitle}: ${one.option}` : one.occupationTitle,
        href: `${occupationPath(one.occupation)}${query}`,
        reference: one.occupation,
        cycle: one.cycle,
        approvedOn: day(one.approvedOn),
        firstTeach: day(one.firstTeach),
        ended: one.until ? day(one.until) : '',
      })),
      withdrawals: entry.withdrawals.map((one) => ({
        ...withdrawalWords(one, entry, ended, on),
        reason: withdrawalReasons[one.reason],
        note: one.note,
        review: reviewWords(one, on),
        reviewHref:
          keeps && asked.isToday
            ? `${entryEditPath(id, 'review')}?withdrawal=${encodeURIComponent(withdrawalKey(one))}`
            : '',
      })),
      offers: entry.offers.map(offerRow).toSorted((one, other) => one.provider.localeCompare(other.provider)),
      toCome: {
        approvals: toCome.approvals.map((one) => ({
          title: one.option ? `${one.occupationTitle}: ${one.option}` : one.occupationTitle,
          href: `${occupationPath(one.occupation)}?on=${one.from}`,
          words: `Approved from ${day(one.from)} in cycle ${one.cycle}, first teach ${day(one.firstTeach)}`,
        })),
        offers: toCome.offers.map(offerRow),
      },
      changes: entry.changes
        .toSorted((one, other) => other.proposedOn.localeCompare(one.proposedOn))
        .map((one) => ({
          when: day(one.proposedOn),
          size: one.size === 'major' ? 'Major' : 'Minor',
          what: one.what,
          answerHref:
            keeps && asked.isToday && one.answer === 'waiting'
              ? `${entryEditPath(id, 'change')}?change=${encodeURIComponent(one.id)}`
              : '',
          answer: `${answerWords[one.answer]}${one.answeredOn ? ` on ${day(one.answeredOn)}` : ''}${one.words ? `: ${one.words}` : ''}`,
        })),
      cases: (await casesOf(ctx, id)).map((one) => ({
        words: one.words,
        href: keeps ? casePath(one.id) : '',
        state: one.closedAt ? `Closed on ${day(one.closedAt)}: ${one.outcome}` : `Open since ${day(one.openedAt)}`,
      })),
      next: stage?.todo ?? [],
      nextTitle: stage?.title ?? '',
      editing:
        keeps && asked.isToday
          ? [
              { text: 'Change its details', href: entryEditPath(id, 'details') },
              { text: 'Approve it for an occupation', href: entryEditPath(id, 'approval') },
              { text: 'Enter an offer', href: entryEditPath(id, 'offer') },
              { text: 'Enter a change', href: entryEditPath(id, 'change') },
              // What is not approved has nothing to withdraw.
              ...(entry.approvals.length > 0
                ? [{ text: 'Withdraw approval', href: entryEditPath(id, 'withdrawal') }]
                : []),
            ]
          : [],
      historyHref: entryHistoryPath(id),
      jsonHref: `${path}/record${query}`,
      source: sourceWords(entry),
    },
    {
      title: entry.title,
      crumbs: registerCrumbs,
      description: stateSentence(entry),
      canonicalPath: path,
      linkedData: entryData(ctx, entry, providers, on),
    },
  );
};

type HistoryModel = {
  readonly band: Band;
  readonly title: string;
  readonly rows: readonly {
    readonly recorded: string;
    readonly what: string;
    readonly lines: readonly string[];
    readonly truth: string;
    readonly believed: string;
    readonly source: string;
  }[];
};
const historyView = view<HistoryModel>('capabilities/register/pages/entry/history.njk');

const showHistory = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const id = request.params.entry ?? '';
  const facts = await historyOf(ctx, id);
  const own = facts.findLast((one) => one.kind === 'qualification');
  if (!own) throw notFound('The register holds no qualification under this address.');
  const { title } = own.body as { readonly title: string };
  return page(
    historyView,
    {
      band: await makeBand(ctx, entryHistoryPath(id), new URLSearchParams()),
      title,
      rows: facts.toReversed().map((one) => ({
        recorded: moment(one.recordedAt),
        ...factLines(one),
        truth: one.to === null ? `from ${day(one.from)}` : `from ${day(one.from)} until ${day(one.to)}`,
        believed: one.supersededAt ? `Believed until ${moment(one.supersededAt)}` : 'Believed today',
        source: `${one.source}, retrieved on ${day(one.retrievedOn)}`,
      })),
    },
    { title: `History: ${title}`, crumbs: [...registerCrumbs, { text: title, href: entryPath(id) }], wide: true },
  );
};

export const entryRoutes: readonly Route[] = [
  { method: 'GET', path: '/register/:entry', access: 'anyone', audit: 'register.entry', handle: showEntry },
  { method: 'GET', path: '/register/:entry/history', access: 'anyone', audit: 'register.history', handle: showHistory },
];
