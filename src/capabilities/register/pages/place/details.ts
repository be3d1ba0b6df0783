import { randomUUID } from 'node:crypto';
import { londonDay } from '#kernel/london-time.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { providerAssertions } from '../../domain/edit-assertions.ts';
import { type EditField, fieldFaults, providerFields, type Typed } from '../../domain/edit-forms.ts';
import type { Provider } from '../../domain/register-entry.ts';
import { proposalPath, providerDetailsPath, providerPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import { changedMeanwhile } from '../../use-cases/changed-meanwhile.ts';
import { findProposal, propose } from '../../use-cases/propose.ts';
import { asOfToday, readProviders, standingFrom } from '../../use-cases/read-register.ts';
import { changedWords, editView, openedAt } from '../edit/page.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

const heldProvider = async (request: PageRequest, ctx: Context): Promise<Provider> => {
  const ukprn = request.params.ukprn ?? '';
  const provider = (await readProviders(ctx, asOfToday(ctx), [ukprn])).get(ukprn);
  if (!provider) throw notFound('The register holds no provider with this UKPRN today.');
  return provider;
};

/** The fields of the form: a region that a file spelt otherwise can be kept. */
const fieldsFor = ({ region }: Provider): readonly EditField[] =>
  providerFields.map((one) =>
    one.name === 'region' && region !== null && !one.choices.some((each) => each.value === region)
      ? { ...one, choices: [...one.choices, { value: region, text: region }] }
      : one,
  );

type Sent = {
  readonly typed: Typed;
  readonly basis: string;
  readonly id: string;
  readonly opened: Date;
  readonly problems: readonly FormProblem[];
};

const show = async (ctx: Context, provider: Provider, sent: Sent | null): Promise<Answer> => {
  const { name, type, region, town, postcode, ukprn } = provider;
  const typed: Typed = sent?.typed ?? {
    name,
    type: type ?? '',
    region: region ?? '',
    town: town ?? '',
    postcode: postcode ?? '',
    from: londonDay(ctx.clock()),
  };
  const problems = sent?.problems ?? [];
  const title = 'Change a provider’s details';
  return page(
    editView,
    {
      problems,
      kindWords: await kindWords(ctx),
      caption: name,
      title,
      action: providerDetailsPath(ukprn),
      kept: { id: sent?.id ?? randomUUID(), opened: (sent?.opened ?? ctx.clock()).toISOString() },
      about: `UKPRN ${ukprn}.`,
      fields: fieldsFor(provider).map((one) => ({ ...one, value: typed[one.name] ?? '' })),
      basis: sent?.basis ?? '',
      asksReason: true,
      button: 'Put it before a second person',
    },
    {
      title,
      crumbs: [...registerCrumbs, { text: name, href: providerPath(ukprn) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const send = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  const now = ctx.clock();
  const provider = await heldProvider(request, ctx);
  const { ukprn } = provider;
  const { fields } = await request.form();
  const text = (name: string) => (fields.get(name) ?? '').trim();
  const typed: Typed = Object.fromEntries(providerFields.map((one) => [one.name, text(one.name)]));
  const value = (name: string): string => typed[name] ?? '';
  const from = readTypedDay(value('from')) ?? value('from');
  const basis = text('basis');
  const id = formId(fields);
  const opened = openedAt(text('opened'), now);
  const again = (problems: readonly FormProblem[], since = opened) =>
    show(ctx, provider, { typed, basis, id, opened: since, problems });
  const problems: readonly FormProblem[] = [
    ...fieldFaults(fieldsFor(provider), { ...typed, from }),
    ...(basis === '' ? [{ field: 'basis', text: 'Say what it rests on' }] : []),
  ];
  if (problems.length > 0) return again(problems);
  if (await findProposal(ctx, id)) return redirect(`${proposalPath(id)}?done=proposed`);
  const assertions = providerAssertions(
    ukprn,
    {
      name: value('name'),
      type: value('type') || null,
      region: value('region') || null,
      town: value('town') || null,
      postcode: value('postcode').toUpperCase() || null,
    },
    await standingFrom(ctx, from, { kinds: ['provider'], subjects: [ukprn] }),
    from,
  );
  if (await changedMeanwhile(ctx, assertions, opened)) return again([{ field: '', text: changedWords }], now);
  await propose(ctx, ctx.actor, { id, words: `Change details: ${value('name')}`, reason: basis, assertions });
  return redirect(`${proposalPath(id)}?done=proposed`);
};

export const providerDetailsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/providers/:ukprn/edit',
    access: keepRegister,
    audit: 'register.provider-form',
    handle: async (request, ctx) => show(ctx, await heldProvider(request, ctx), null),
  },
  {
    method: 'POST',
    path: '/providers/:ukprn/edit',
    access: keepRegister,
    audit: 'register.propose-provider',
    handle: send,
  },
];
