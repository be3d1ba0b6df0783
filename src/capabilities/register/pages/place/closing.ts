import { randomUUID } from 'node:crypto';
import { NotAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { closingAssertions } from '../../domain/edit-assertions.ts';
import { proposalPath, providerPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import { propose } from '../../use-cases/propose.ts';
import { asOfToday, offersFromToday, readEntries, readProviders, standingFrom } from '../../use-cases/read-register.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly kindWords: string;
  readonly name: string;
  readonly action: string;
  readonly id: string;
  readonly closedOn: string;
  readonly basis: string;
  readonly offers: readonly string[];
};
const closingView = view<Model>('capabilities/register/pages/place/closing.njk');

/** What the provider offers today, and what it is to offer later: all of it ends. */
const offersWords = async (ctx: Context, ukprn: string): Promise<readonly string[]> => {
  const today = asOfToday(ctx).on;
  const offers = await offersFromToday(ctx, ukprn);
  const entries = await readEntries(ctx, asOfToday(ctx), [...new Set(offers.map((one) => one.qualification))]);
  return offers.map((one) => {
    const title = entries.find((entry) => entry.id === one.qualification)?.title ?? one.qualification;
    return `${title}, ${one.site}${one.from > today ? `, from ${day(one.from)}` : ''}`;
  });
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: Partial<Pick<Model, 'problems' | 'id' | 'closedOn' | 'basis'>> = {},
): Promise<Answer> => {
  const ukprn = request.params.ukprn ?? '';
  const provider = (await readProviders(ctx, asOfToday(ctx), [ukprn])).get(ukprn);
  if (!provider) throw notFound('The register holds no provider with this UKPRN today.');
  const problems = more.problems ?? [];
  return page(
    closingView,
    {
      problems,
      kindWords: await kindWords(ctx),
      name: provider.name,
      action: `${providerPath(ukprn)}/close`,
      id: more.id ?? randomUUID(),
      closedOn: more.closedOn ?? '',
      basis: more.basis ?? '',
      offers: await offersWords(ctx, ukprn),
    },
    {
      title: `${provider.name} has closed`,
      crumbs: [...registerCrumbs, { text: provider.name, href: providerPath(ukprn) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const close = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  const { fields } = await request.form();
  const typedDay = (fields.get('closedOn') ?? '').trim();
  const closedOn = readTypedDay(typedDay);
  const basis = (fields.get('basis') ?? '').trim();
  const id = formId(fields);
  const problems: FormProblem[] = [
    ...(closedOn !== null ? [] : [{ field: 'closedOn', text: 'Enter the day on which it closed, such as 31/7/2026' }]),
    ...(basis === '' ? [{ field: 'basis', text: 'Say what it rests on' }] : []),
  ];
  if (closedOn === null || problems.length > 0) return show(request, ctx, { problems, id, closedOn: typedDay, basis });
  const ukprn = request.params.ukprn ?? '';
  const provider = (await readProviders(ctx, asOfToday(ctx), [ukprn])).get(ukprn);
  if (!provider) throw notFound('The register holds no provider with this UKPRN today.');
  await propose(ctx, ctx.actor, {
    id,
    words: `Closed: ${provider.name}`,
    reason: basis,
    assertions: closingAssertions(
      provider,
      await standingFrom(ctx, closedOn, { ukprns: [ukprn], kinds: ['offer'] }),
      closedOn,
    ),
  });
  return redirect(`${proposalPath(id)}?done=proposed`);
};

export const closingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/providers/:ukprn/close',
    access: keepRegister,
    audit: 'register.close-form',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/providers/:ukprn/close',
    access: keepRegister,
    audit: 'register.propose-closing',
    handle: close,
  },
];
