import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { isAllowed, NotAllowed, type Permission } from '#kernel/permission.ts';
import { slugOf } from '#kernel/slug.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { editAssertions } from '../../domain/edit-assertions.ts';
import {
  type EditField,
  type EditKind,
  editFaults,
  editFields,
  editStart,
  editTitles,
  lines,
  type Typed,
} from '../../domain/edit-forms.ts';
import { type Assertion, withdrawalReasons } from '../../domain/fact.ts';
import { type Change, type Entry, type Offer, type Withdrawal, withdrawalKey } from '../../domain/register-entry.ts';
import { entryEditPath, entryPath, newEntryPath, proposalPath } from '../../paths.ts';
import { confirmOffers, keepRegister } from '../../policy.ts';
import { changedMeanwhile } from '../../use-cases/changed-meanwhile.ts';
import { confirmOffer } from '../../use-cases/confirm-offer.ts';
import { knownProviders } from '../../use-cases/import-register.ts';
import { occupationTitle } from '../../use-cases/occupations.ts';
import { findProposal, propose } from '../../use-cases/propose.ts';
import {
  asOfToday,
  entryNumbered,
  readEntry,
  readProviders,
  standingFrom,
  toComeOf,
} from '../../use-cases/read-register.ts';
import { endedBy } from '../../use-cases/take-back.ts';
import { titleFault } from '../../use-cases/title-rule.ts';
import { offerAnchor, registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

/** A form that says something to the register. */
export type EditModel = {
  readonly problems: readonly FormProblem[];
  readonly kindWords: string;
  readonly caption: string;
  readonly title: string;
  readonly action: string;
  /** What goes with the form unseen, by its name. */
  readonly kept: Readonly<Record<string, string>> & {
    readonly id: string;
    /** When the form was opened: what it shows stood then. */
    readonly opened: string;
  };
  readonly about: string;
  readonly fields: readonly (EditField & { readonly value: string })[];
  readonly basis: string;
  readonly asksReason: boolean;
  readonly button: string;
};

export const editView = view<EditModel>('capabilities/register/pages/edit/page.njk');

const personOf = (ctx: Context, permission: Permission): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(permission);
  return ctx.actor;
};

type Work = {
  readonly kind: EditKind | 'new';
  readonly entry: Entry | null;
  readonly offer: Offer | null;
  /** The change that is answered; `null`: a new one. */
  readonly change: Change | null;
  /** The withdrawal that is reviewed. */
  readonly withdrawal: Withdrawal | null;
};

const readWork = async (
  request: PageRequest,
  ctx: Context,
  named: (name: 'offer' | 'begins' | 'change' | 'withdrawal') => string,
): Promise<Work> => {
  const what = request.params.what;
  if (what === undefined) return { kind: 'new', entry: null, offer: null, change: null, withdrawal: null };
  if (!Object.hasOwn(editTitles, what)) throw notFound('There is no such form.');
  const kind = what as EditKind;
  const entry = await readEntry(ctx, asOfToday(ctx), request.params.entry ?? '');
  if (!entry) throw notFound('The register holds no qualification under this address today.');
  const begins = named('begins');
  const offer =
    (begins === '' ? entry.offers : (await toComeOf(ctx, entry.id)).offers).find(
      (one) => one.id === named('offer') && (begins === '' || one.from === begins),
    ) ?? null;
  const change = entry.changes.find((one) => one.id === named('change')) ?? null;
  const withdrawal = entry.withdrawals.find((one) => withdrawalKey(one) === named('withdrawal')) ?? null;
  if (kind === 'review' && !withdrawal) throw notFound('There is no such withdrawal.');
  if (kind === 'confirm') {
    if (!offer) throw notFound('There is no such offer today.');
    mayConfirm(ctx, entry);
  }
  return { kind, entry, offer, change, withdrawal };
};

/** The awarding organisation's own people confirm by themselves; an editor enters its word, which a second editor checks. */
const isOfAwarding = (ctx: Context, entry: Entry | null): boolean =>
  personOf(ctx, confirmOffers).memberships.some(
    (one) => one.kind === 'awarding-organisation' && one.name === entry?.awardingOrganisation,
  );
const mayConfirm = (ctx: Context, entry: Entry): void => {
  if (!isOfAwarding(ctx, entry) && !isAllowed(ctx.actor, keepRegister)) throw new NotAllowed(confirmOffers);
};

const show = async (
  ctx: Context,
  { kind, entry, offer, change, withdrawal }: Work,
  typed: Typed,
  more: Partial<Pick<EditModel, 'problems' | 'basis'>> & { readonly id?: string; readonly opened?: string } = {},
): Promise<Answer> => {
  const problems = more.problems ?? [];
  const onItsWord = kind === 'confirm' && !isOfAwarding(ctx, entry);
  const title =
    kind === 'new'
      ? 'Enter a qualification'
      : kind === 'offer' && offer
        ? 'Change an offer'
        : kind === 'change' && change
          ? 'Answer a change'
          : editTitles[kind];
  return page(
    editView,
    {
      problems,
      kindWords: await kindWords(ctx),
      caption: entry?.title ?? 'Register',
      title,
      action: entry && kind !== 'new' ? entryEditPath(entry.id, kind) : newEntryPath,
      kept: {
        id: more.id ?? randomUUID(),
        opened: more.opened ?? ctx.clock().toISOString(),
        offer: offer?.id ?? '',
        begins: offer && offer.from > londonDay(ctx.clock()) ? offer.from : '',
        change: change?.id ?? '',
        withdrawal: withdrawal ? withdrawalKey(withdrawal) : '',
      },
      about: offer
        ? `${offer.site}, UKPRN ${offer.ukprn}.${onItsWord ? ` You enter the word of ${entry?.awardingOrganisation}: a second editor checks it before the offer counts.` : ''}`
        : withdrawal
          ? `Withdrawn on ${day(withdrawal.on)}${withdrawal.occupation ? ` for ${withdrawal.occupation}` : ''}. ${withdrawalReasons[withdrawal.reason]}.`
          : '',
      fields: editFields[kind].map((one) => ({ ...one, value: typed[one.name] ?? '' })),
      basis: more.basis ?? '',
      asksReason: kind !== 'confirm',
      button: kind === 'confirm' && !onItsWord ? 'Confirm it' : 'Put it before a second person',
    },
    {
      title,
      crumbs: entry ? [...registerCrumbs, { text: entry.title, href: entryPath(entry.id) }] : registerCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const showForm = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const work = await readWork(request, ctx, (name) => request.query.get(name) ?? '');
  return show(ctx, work, editStart(work.kind, work.entry, work, londonDay(ctx.clock())));
};

/** The instant at which a form was opened, as it says; now, when it says none that can be. */
export const openedAt = (said: string, now: Date): Date => {
  const instant = new Date(said);
  return instant <= now ? instant : now;
};

/** Told when what a form shows stands no longer. */
export const changedWords = 'The register has changed since you opened this form: look at it again, then send it';

const send = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const { fields } = await request.form();
  const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const now = ctx.clock();
  const work = await readWork(request, ctx, text);
  const { kind, entry, offer, change, withdrawal } = work;
  const typed = Object.fromEntries(editFields[kind].map((one) => [one.name, text(one.name)]));
  const id = formId(fields);
  const basis = text('basis');
  const ukprn = typed.ukprn ?? '';
  const knownProvider = (await readProviders(ctx, asOfToday(ctx), [ukprn])).size > 0;
  // What the accounts say of a provider is not asked again.
  const account =
    ukprn === '' || knownProvider ? undefined : (await knownProviders(ctx)).all.find((one) => one.ukprn === ukprn);
  const wrongTitle = typed.title === undefined || typed.title === entry?.title ? null : titleFault(ctx, typed.title);
  const read = Object.fromEntries(
    editFields[kind].map(({ name, kind: sort }) => {
      const value = typed[name] ?? '';
      return [name, sort === 'day' ? (readTypedDay(value) ?? value) : value];
    }),
  );
  const problems = [
    ...(wrongTitle === null ? [] : [{ field: 'title', text: wrongTitle }]),
    ...editFaults(kind, read, entry, knownProvider || account !== undefined, londonDay(now)),
    ...(kind !== 'confirm' && basis === '' ? [{ field: 'basis', text: 'Say what it rests on' }] : []),
  ];
  const opened = openedAt(text('opened'), now);
  const again = (more: readonly FormProblem[], from = opened) =>
    show(ctx, work, typed, { problems: more, id, basis, opened: from.toISOString() });
  if (problems.length > 0) return again(problems);
  const entryId = entry?.id ?? slugOf((typed.numbers ?? '').split(/[;,]/)[0]?.trim() || (typed.title ?? ''));
  if (entryId === '') return again([{ field: 'numbers', text: 'Numbers: enter one with digits or letters in it' }]);
  if (kind === 'new' || kind === 'details') {
    const other = await entryNumbered(ctx, lines(typed.numbers ?? '', /[;,]/), entry?.id ?? null);
    const there = kind === 'new' ? await readEntry(ctx, { on: '9999-01-01', known: null }, entryId) : null;
    const holder = other ?? there?.title;
    if (holder !== undefined)
      return again([{ field: 'numbers', text: `The register holds this number already: ${holder}` }]);
  }
  const title =
    typed.occupation && kind === 'approval' ? await occupationTitle(ctx, typed.occupation.toUpperCase()) : '';
  if (title === null)
    return again([{ field: 'occupation', text: 'The standards here do not know this occupation: import it first' }]);
  const from = kind === 'approval' ? read.approvedOn : kind === 'offer' ? read.from : undefined;
  if (entry && from !== undefined && !(await readEntry(ctx, { on: from, known: null }, entry.id)))
    return again([
      {
        field: kind === 'approval' ? 'approvedOn' : 'from',
        text: 'The register holds this qualification only from a later day on: change its details from an earlier day first',
      },
    ]);
  const person = personOf(ctx, confirmOffers);
  if (await findProposal(ctx, id)) return redirect(`${proposalPath(id)}?done=proposed`);
  const said =
    kind === 'confirm' && entry && !isOfAwarding(ctx, entry)
      ? { ...read, confirmedWith: `${typed.confirmedWith}; entered by an editor for ${entry.awardingOrganisation}` }
      : read;
  const assertions = editAssertions(kind, said, {
    id: entryId,
    entry,
    offer,
    change,
    ending:
      kind === 'withdrawal'
        ? await standingFrom(ctx, read.on ?? '', { qualifications: [entryId], kinds: ['approval', 'offer'] })
        : [],
    withdrawal,
    again: kind === 'review' && withdrawal ? await endedBy(ctx, entryId, withdrawal) : [],
    occupationTitle: title,
    confirmer: entry?.awardingOrganisation ?? '',
    fictional: entry?.fictional ?? ctx.storeKind === 'example',
    formId: id,
    newProvider: knownProvider
      ? null
      : {
          name: typed.providerName || account?.name || ukprn,
          type: account?.type ?? null,
          region: account?.region ?? null,
          town: account?.town ?? null,
          postcode: account?.postcode ?? null,
          closedOn: null,
        },
  });
  const changed = () => again([{ field: '', text: changedWords }], now);
  if (kind === 'confirm' && entry && isOfAwarding(ctx, entry)) {
    const done = await confirmOffer(ctx, entry, assertions, opened);
    if (done.kind === 'refused' && !isSaid(offer, assertions)) return changed();
    return redirect(`${entryPath(entry.id)}#${offer ? offerAnchor(offer, londonDay(now)) : ''}`);
  }
  if (await changedMeanwhile(ctx, assertions, opened)) return changed();
  await propose(ctx, person, {
    id,
    reason: kind === 'confirm' ? `The word of ${entry?.awardingOrganisation ?? ''}: ${typed.confirmedWith}` : basis,
    assertions,
    words: `${kind === 'new' ? 'Enter' : editTitles[kind]}: ${entry?.title ?? typed.title ?? ''}`,
  });
  return redirect(`${proposalPath(id)}?done=proposed`);
};

/** Whether the very same was confirmed already: a form that was sent twice. */
const isSaid = (offer: Offer | null, [said]: readonly Assertion[]): boolean =>
  said?.kind === 'offer' &&
  said.body !== null &&
  offer?.confirmedBy === said.body.confirmedBy &&
  offer.confirmedOn === said.body.confirmedOn &&
  offer.confirmedWith === said.body.confirmedWith;

const guard =
  (handle: Route['handle'], confirms: boolean): Route['handle'] =>
  (request, ctx) => {
    if (!confirms && !isAllowed(ctx.actor, keepRegister)) throw new NotAllowed(keepRegister);
    return handle(request, ctx);
  };

export const editRoutes: readonly Route[] = [
  { method: 'GET', path: newEntryPath, access: keepRegister, audit: 'register.new-form', handle: showForm },
  { method: 'POST', path: newEntryPath, access: keepRegister, audit: 'register.propose-new', handle: send },
  {
    method: 'GET',
    path: '/register/:entry/edit/:what',
    access: confirmOffers,
    audit: 'register.edit-form',
    handle: (request, ctx) => guard(showForm, request.params.what === 'confirm')(request, ctx),
  },
  {
    method: 'POST',
    path: '/register/:entry/edit/:what',
    access: confirmOffers,
    audit: 'register.propose',
    handle: (request, ctx) => guard(send, request.params.what === 'confirm')(request, ctx),
  },
];
