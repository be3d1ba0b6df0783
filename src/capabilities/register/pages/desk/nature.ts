import { isAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { natureSettingPath } from '../../paths.ts';
import { setNature } from '../../policy.ts';
import { registerKind, registerKindHistory, setRegisterKind } from '../../use-cases/register-kind.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

type Model = {
  readonly kindWords: string;
  readonly problems: readonly FormProblem[];
  readonly may: boolean;
  readonly typed: { readonly kind: string; readonly of: string; readonly asAt: string };
  readonly history: readonly string[];
  readonly action: string;
};
const natureView = view<Model>('capabilities/register/pages/desk/nature.njk');

const show = async (ctx: Context, problems: readonly FormProblem[] = [], typed?: Model['typed']): Promise<Answer> => {
  const kind = await registerKind(ctx);
  const history = await registerKindHistory(ctx);
  return page(
    natureView,
    {
      kindWords: await kindWords(ctx),
      problems,
      may: isAllowed(ctx.actor, setNature),
      typed: typed ?? {
        kind: kind.kind,
        of: kind.kind === 'copy' && history.length > 0 ? kind.of : '',
        asAt: kind.kind === 'copy' && history.length > 0 ? kind.asAt : '',
      },
      history: history.map(
        (one) =>
          `From ${moment(one.from)}: ${one.kind === 'authority' ? 'the source' : `a copy of ${one.of}, as at ${day(one.asAt ?? '')}`}`,
      ),
      action: natureSettingPath,
    },
    {
      title: 'Source or copy',
      crumbs: registerCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const natureRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: natureSettingPath,
    access: 'anyone',
    audit: 'register.kind',
    handle: (_request, ctx) => show(ctx),
  },
  {
    method: 'POST',
    path: natureSettingPath,
    access: setNature,
    audit: 'register.set-kind',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').trim();
      const typed = { kind: text('kind'), of: text('of'), asAt: text('asAt') };
      const asAt = readTypedDay(typed.asAt) ?? '';
      const problems: FormProblem[] = [
        ...(typed.kind === 'authority' || typed.kind === 'copy'
          ? []
          : [{ field: 'kind-authority', text: 'Choose what it is' }]),
        ...(typed.kind === 'copy' && typed.of === ''
          ? [{ field: 'of', text: 'Name the register that it is a copy of' }]
          : []),
        ...(typed.kind === 'copy' && asAt === ''
          ? [{ field: 'asAt', text: 'Enter the day that it is as at, such as 1/9/2026' }]
          : []),
      ];
      if (problems.length > 0) return show(ctx, problems, typed);
      await setRegisterKind(
        ctx,
        typed.kind === 'authority' ? { kind: 'authority' } : { kind: 'copy', of: typed.of, asAt },
      );
      return redirect(natureSettingPath);
    },
  },
];
