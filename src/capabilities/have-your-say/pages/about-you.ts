import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { regions, respondentKinds } from '../domain/round.ts';
import { roundPath, writtenPath, writtenStepPath } from '../paths.ts';
import { saveAboutYou } from '../use-cases/answer-round.ts';
import { crumbs } from './crumbs.ts';
import {
  aboutStep,
  captionOf,
  isWriting,
  type Opened,
  opened,
  type ReturnModel,
  returnModel,
} from './opened-answer.ts';

type Typed = {
  readonly name: string;
  readonly organisation: string;
  readonly providerKind: string;
  readonly region: string;
  readonly address: string;
  readonly mayPublish: string;
};
type AboutModel = ReturnModel & {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly caption: string;
  readonly action: string;
  readonly revision: number;
  readonly typed: Typed;
  readonly kinds: readonly string[];
  readonly regions: readonly string[];
  readonly needsAddress: boolean;
  readonly addressHint: string;
};
const aboutView = view<AboutModel>('capabilities/have-your-say/pages/answering/about.njk');

const show = (
  ctx: Context,
  one: Opened,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed } = {},
): Answer => {
  const { answer } = one.written;
  const problems = more.problems ?? [];
  return page(
    aboutView,
    {
      ...returnModel(ctx, one.round, one.token),
      problems,
      doneWords: '',
      caption: captionOf(one, aboutStep),
      action: writtenStepPath(one.round.slug, one.token, aboutStep),
      revision: answer.revision,
      typed: more.typed ?? {
        name: answer.name,
        organisation: answer.organisation,
        providerKind: answer.providerKind,
        region: answer.region,
        address: answer.address ?? '',
        mayPublish: answer.mayPublish ? 'yes' : '',
      },
      kinds: respondentKinds,
      regions,
      needsAddress: one.round.onePerAddress,
      addressHint: one.round.onePerAddress
        ? 'This round takes one answer an address, so we ask there whether it is from you. What is kept is the address, until you were told what came of the round, and a code made from it'
        : 'To tell you what came of the round; deleted once that is told. Leave it empty, and nobody writes to you',
    },
    {
      title: 'About you',
      crumbs: [...crumbs, { text: one.round.title, href: roundPath(one.round.slug) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const aboutRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/have-your-say/:round/answer/:token/${aboutStep}`,
    access: 'anyone',
    audit: 'have-your-say.about-you',
    perMinute: 240,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      return isWriting(one, ctx.clock()) ? show(ctx, one) : redirect(writtenPath(one.round.slug, one.token));
    },
  },
  {
    method: 'POST',
    path: `/have-your-say/:round/answer/:token/${aboutStep}`,
    access: 'anyone',
    audit: 'have-your-say.save-about-you',
    perMinute: 120,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').trim().slice(0, 200);
      const typed: Typed = {
        name: text('name'),
        organisation: text('organisation'),
        providerKind: text('providerKind'),
        region: text('region'),
        address: text('address'),
        mayPublish: text('mayPublish'),
      };
      const address = typed.address === '' ? null : readAddress(typed.address);
      const problems: FormProblem[] = [
        ...(address === null && (typed.address !== '' || one.round.onePerAddress)
          ? [{ field: 'address', text: 'Enter an email address such as name@college.ac.uk' }]
          : []),
        ...(typed.mayPublish === 'yes' || typed.mayPublish === 'no'
          ? []
          : [{ field: 'mayPublish', text: 'Say whether we may publish what you say' }]),
      ];
      if (problems.length > 0) return show(ctx, one, { problems, typed });
      const about = {
        name: typed.name,
        organisation: typed.organisation,
        providerKind: respondentKinds.find((kind) => kind === typed.providerKind) ?? '',
        region: regions.find((region) => region === typed.region) ?? '',
        mayPublish: typed.mayPublish === 'yes',
        address,
      };
      const saved = await saveAboutYou(ctx, one.round, one.token, about, Number(fields.get('revision')) || 0);
      if (saved.kind === 'refused' && saved.refusal === 'changed')
        return show(ctx, one, {
          typed,
          problems: [
            {
              field: '',
              text: 'This answer was saved in another tab after you opened this page. What you typed is still here: saving again keeps it',
            },
          ],
        });
      return redirect(writtenPath(one.round.slug, one.token));
    },
  },
];
