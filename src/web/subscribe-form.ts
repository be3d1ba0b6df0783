import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { subscribe } from '#platform/subscriptions/subscribe.ts';
import { frequencies, frequencyWords } from '#platform/subscriptions/subscription.ts';
import { type Answer, type Crumb, page, view } from './answer.ts';
import type { FormProblem } from './form-problem.ts';
import type { PageRequest, Route } from './route.ts';

/** What someone can be told of: its scope, what the list of choices calls it, and what messages call it. */
export type ScopeChoice = { readonly value: string; readonly text: string; readonly words: string };
export type ScopeGroup = { readonly title: string; readonly choices: readonly ScopeChoice[] };

/** A page on which anyone asks to be told of a capability's news. */
export type SubscribeForm = {
  readonly list: string;
  readonly path: string;
  readonly crumbs: readonly Crumb[];
  /** `Be told of changes` */
  readonly title: string;
  /** Over the choices: `Of changes to`. */
  readonly label: string;
  readonly groups: (ctx: Context) => Promise<readonly ScopeGroup[]>;
  /** The choice that an address of the page asks for; left out or `null`: the first. */
  readonly asked?: (query: URLSearchParams) => string | null;
};

type Model = {
  readonly title: string;
  readonly label: string;
  readonly action: string;
  readonly problems: readonly FormProblem[];
  readonly sent: boolean;
  readonly scopes: readonly ScopeGroup[];
  readonly scope: string;
  readonly frequencies: readonly { readonly value: string; readonly text: string }[];
  readonly frequency: string;
  readonly address: string;
};

const formView = view<Model>('web/pages/subscribe/page.njk');

export const subscribeRoutes = (form: SubscribeForm): readonly Route[] => {
  const show = async (
    request: PageRequest,
    ctx: Context,
    more: Partial<Pick<Model, 'problems' | 'sent' | 'scope' | 'frequency' | 'address'>> = {},
  ): Promise<Answer> => {
    const scopes = await form.groups(ctx);
    const problems = more.problems ?? [];
    return page(
      formView,
      {
        title: form.title,
        label: form.label,
        action: form.path,
        problems,
        sent: more.sent ?? false,
        scopes,
        scope: more.scope ?? form.asked?.(request.query) ?? scopes[0]?.choices[0]?.value ?? '',
        frequencies: frequencies.map((value) => ({ value, text: frequencyWords[value] })),
        frequency: more.frequency ?? 'at-once',
        address: more.address ?? '',
      },
      {
        title: more.sent ? 'Check your email' : form.title,
        crumbs: form.crumbs,
        faulty: problems.length > 0,
        status: problems.length > 0 ? 422 : 200,
      },
    );
  };
  return [
    {
      method: 'GET',
      path: form.path,
      access: 'anyone',
      audit: `${form.list}.subscribe-form`,
      handle: (request, ctx) => show(request, ctx),
    },
    {
      method: 'POST',
      path: form.path,
      access: 'anyone',
      audit: `${form.list}.subscribe`,
      perMinute: 10,
      handle: async (request, ctx) => {
        const { fields } = await request.form();
        const typed = fields.get('address') ?? '';
        const scope = fields.get('scope') ?? '';
        const frequency = frequencies.find((one) => one === fields.get('frequency')) ?? 'at-once';
        const address = readAddress(typed);
        const chosen = (await form.groups(ctx)).flatMap((group) => group.choices).find((one) => one.value === scope);
        const problems: FormProblem[] = [
          ...(chosen ? [] : [{ field: 'scope', text: 'Choose what you want to be told of' }]),
          ...(address === null
            ? [{ field: 'address', text: 'Enter an email address such as name@college.ac.uk' }]
            : []),
        ];
        if (address === null || !chosen) return show(request, ctx, { problems, scope, frequency, address: typed });
        await subscribe(ctx, { address, list: form.list, scope, words: chosen.words, frequency });
        return show(request, ctx, { sent: true });
      },
    },
  ];
};
