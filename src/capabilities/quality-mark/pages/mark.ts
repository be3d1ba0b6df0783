import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { Route } from '#web/route.ts';
import { mainScheme } from '../domain/mark-rules.ts';
import { sampleStates } from '../domain/mark-state.ts';
import { artworkPath, checkPath, guidancePath, markPath, offerPath, placeholderPath, verifyPath } from '../paths.ts';
import { administerMark } from '../policy.ts';
import { artworkNow } from '../use-cases/artwork.ts';
import { sampleMark } from '../use-cases/mark-picture.ts';
import { marksForPerson } from '../use-cases/marks-for-person.ts';
import { copyWords } from '../use-cases/register-facts.ts';
import { today } from '../use-cases/rules.ts';
import { type Picture, pictureOf, svgAnswer } from './picture.ts';
import { stateTag } from './state-tag.ts';

type Model = {
  readonly placeholder: boolean;
  /** Of what the register is a copy; empty: it is the source. */
  readonly copyWords: string;
  readonly sample: Picture;
  readonly signedIn: boolean;
  readonly providers: readonly {
    readonly name: string;
    readonly offers: readonly {
      readonly href: string;
      readonly title: string;
      readonly occupation: string;
      readonly tag: { readonly text: string; readonly colour: string };
    }[];
  }[];
  readonly hrefs: Readonly<Record<'verify' | 'check' | 'guidance' | 'signIn' | 'artwork', string>>;
};

const markView = view<Model>('capabilities/quality-mark/pages/mark/page.njk');

const showMark = async (ctx: Context): Promise<Answer> => {
  const { actor } = ctx;
  const artwork = await artworkNow(ctx);
  const drawn = await sampleMark(ctx, mainScheme, { kind: 'standing' });
  const providers = actor.kind === 'person' ? await marksForPerson(ctx, actor) : [];
  return page(
    markView,
    {
      placeholder: artwork.isPlaceholder,
      copyWords: await copyWords(ctx),
      sample: pictureOf(
        placeholderPath(mainScheme),
        artwork.isPlaceholder ? 'Placeholder for the quality mark, not the official mark' : 'The quality mark',
        drawn,
      ),
      signedIn: actor.kind === 'person',
      providers: providers.map(({ name, marks }) => ({
        name,
        offers: marks.map((one) => ({
          href: offerPath(one.offer),
          title: one.facts.qualification.title,
          occupation: one.facts.occupation.title,
          tag: stateTag(one.entitlement),
        })),
      })),
      hrefs: {
        verify: verifyPath,
        check: checkPath,
        guidance: guidancePath,
        signIn: `/sign-in?to=${markPath}`,
        artwork: isAllowed(actor, administerMark) ? artworkPath : '',
      },
    },
    {
      title: 'Quality mark',
      crumbs: [{ text: 'Start', href: '/' }],
      description: 'Who may use the quality mark of Higher Technical Qualifications, its files, and how to check them.',
    },
  );
};

export const markPageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: markPath,
    access: 'anyone',
    audit: 'quality-mark.read',
    handle: (_request, ctx) => showMark(ctx),
  },
  {
    method: 'GET',
    path: '/mark/pictures/:file',
    access: 'anyone',
    audit: 'quality-mark.picture',
    handle: async (request, ctx) => {
      const [, scheme = '', name = ''] = /^([a-z]+)(?:-([a-z-]+))?\.svg$/.exec(request.params.file ?? '') ?? [];
      const state = Object.entries(sampleStates(today(ctx))).find(([known]) => known === name)?.[1];
      const drawn = name === '' || state ? await sampleMark(ctx, scheme, state ?? { kind: 'standing' }) : null;
      if (!drawn) throw notFound('There is no such picture.');
      return svgAnswer(`mark-${scheme}.svg`, drawn);
    },
  },
];
