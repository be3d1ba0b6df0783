import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { FormProblem } from '#web/form-problem.ts';
import { type ExampleText, providerKinds } from '../domain/example.ts';
import { themeOf } from '../use-cases/themes.ts';

/** The pages of the journey, in their order. */
export const steps = ['what', 'how', 'cost', 'files', 'you'] as const;
export type Step = (typeof steps)[number];

export const stepTitles: Readonly<Record<Step, string>> = {
  what: 'What it is about',
  how: 'What you did',
  cost: 'What it took, and what came of it',
  files: 'Files and links',
  you: 'Who it comes from',
};

export const typedOf = (text: ExampleText): Readonly<Record<string, string>> => ({
  theme: text.theme,
  title: text.title,
  level: text.level === null ? '' : String(text.level),
  providerKind: text.providerKind,
  summary: text.summary,
  steps: text.steps.join('\n'),
  differently: text.differently,
  costMoney: text.costMoney === null ? '' : String(text.costMoney),
  costTime: text.costTime,
  costPeople: text.costPeople,
  learners: text.learners === null ? '' : String(text.learners),
  result: text.result,
  resultKnown: text.resultKnown,
  provider: text.provider,
  links: text.links.join('\n'),
  contactName: text.contactName,
  contactAddress: text.contactAddress,
  contactAgreed: text.contactAgreed ? 'yes' : '',
});

export const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const isLink = (link: string): boolean => /^https:\/\/[^\s]+$/.test(link);

/** Characters of a title. */
export const longestTitle = 120;

/** Characters of one field: several pages. */
const longest = 10_000;

export type ReadStep = { readonly problems: readonly FormProblem[]; readonly part: Partial<ExampleText> };

/** What a page of the journey says, or what is wrong with it. */
export const readStep = (step: Step, fields: URLSearchParams): ReadStep => {
  const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim().slice(0, longest);
  switch (step) {
    case 'what': {
      const chosen = fields.getAll('routes');
      const level = text('level');
      return {
        problems: [
          ...(themeOf(text('theme')) ? [] : [{ field: 'theme', text: 'Choose a theme' }]),
          ...(text('title') === '' ? [{ field: 'title', text: 'Enter a title that says what was done' }] : []),
          ...(text('title').length > longestTitle
            ? [{ field: 'title', text: `Use up to ${longestTitle} characters` }]
            : []),
        ],
        part: {
          theme: text('theme'),
          title: text('title'),
          routes: occupationalRoutes.filter((route) => chosen.includes(route)),
          level: level === '4' ? 4 : level === '5' ? 5 : null,
          providerKind: providerKinds.find((one) => one === text('providerKind')) ?? '',
        },
      };
    }
    case 'how':
      return {
        problems: text('summary') === '' ? [{ field: 'summary', text: 'Say what you did' }] : [],
        part: { summary: text('summary'), steps: [...lines(text('steps'))], differently: text('differently') },
      };
    case 'cost': {
      const money = text('costMoney').replaceAll(/[£,\s]/g, '');
      const learners = text('learners').replaceAll(/[,\s]/g, '');
      return {
        problems: [
          ...(/^(?:\d{1,9}(?:\.\d{1,2})?)?$/.test(money)
            ? []
            : [{ field: 'costMoney', text: 'Enter an amount in pounds, such as 600, or leave it empty' }]),
          ...(/^\d{0,6}$/.test(learners)
            ? []
            : [{ field: 'learners', text: 'Enter a whole number of learners, or leave it empty' }]),
        ],
        part: {
          costMoney: money === '' ? null : Number(money),
          costTime: text('costTime'),
          costPeople: text('costPeople'),
          learners: learners === '' ? null : Number(learners),
          result: text('result'),
          resultKnown: text('resultKnown'),
        },
      };
    }
    case 'files': {
      const links = lines(text('links'));
      return {
        problems: links.every(isLink)
          ? []
          : [{ field: 'links', text: 'Enter addresses that begin with https://, one a line' }],
        part: { links: [...links] },
      };
    }
    case 'you': {
      const agreed = fields.get('contactAgreed') === 'yes';
      return {
        problems: [
          ...(text('provider') === '' ? [{ field: 'provider', text: 'Enter the name of the provider' }] : []),
          ...(text('contactName') !== '' && !agreed
            ? [{ field: 'contactAgreed', text: 'Say that the contact has agreed, or leave the name out' }]
            : []),
        ],
        part: {
          provider: text('provider'),
          contactName: text('contactName'),
          contactAddress: text('contactAddress'),
          contactAgreed: agreed,
        },
      };
    }
  }
};

/** The first page of the journey that lacks something; `null`: it can be sent. */
export const firstUnfinished = (text: ExampleText): Step | null => {
  if (!themeOf(text.theme) || text.title === '') return 'what';
  if (text.summary === '') return 'how';
  return text.provider === '' ? 'you' : null;
};
