import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { readAddress } from '#platform/mail/address.ts';
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

export const isLink = (link: string): boolean => /^https:\/\/[^\s]+$/.test(link) && URL.canParse(link);

/** Characters of a title. */
export const longestTitle = 120;

/** Characters of one field: several pages. */
const longest = 10_000;
/** Characters of what is said in one line. */
const longestLine = 200;

/** Fields that are one line each: a line end in one would break the subject of a mail. */
const inOneLine = [
  'title',
  'costTime',
  'costPeople',
  'resultKnown',
  'provider',
  'contactName',
  'contactAddress',
] as const;
const isOneLine = (name: string): boolean => inOneLine.some((one) => one === name);

/** What a field says, its line ends as a server's, one line where it is one. */
export const readText = (fields: URLSearchParams, name: string): string => {
  const text = (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  return isOneLine(name) ? text.replaceAll(/\s+/g, ' ') : text;
};

/** Of fields that say more than fits: nothing is cut. */
export const tooLong = (fields: URLSearchParams, names: readonly string[]): readonly FormProblem[] =>
  names.flatMap((name) => {
    const { length } = readText(fields, name);
    const most = name === 'title' ? longestTitle : isOneLine(name) ? longestLine : longest;
    return length > most
      ? [
          {
            field: name,
            text: `Use up to ${most.toLocaleString('en-GB')} characters: this has ${length.toLocaleString('en-GB')}`,
          },
        ]
      : [];
  });

export type ReadStep = { readonly problems: readonly FormProblem[]; readonly part: Partial<ExampleText> };

/** What a page of the journey says, or what is wrong with it. */
export const readStep = (step: Step, fields: URLSearchParams): ReadStep => {
  const text = (name: string) => readText(fields, name);
  switch (step) {
    case 'what': {
      const chosen = fields.getAll('routes');
      const level = text('level');
      return {
        problems: [
          ...(themeOf(text('theme')) ? [] : [{ field: 'theme', text: 'Choose a theme' }]),
          ...(text('title') === '' ? [{ field: 'title', text: 'Enter a title that says what was done' }] : []),
          ...tooLong(fields, ['title']),
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
        problems: [
          ...(text('summary') === '' ? [{ field: 'summary', text: 'Say what you did' }] : []),
          ...tooLong(fields, ['summary', 'steps', 'differently']),
        ],
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
          ...tooLong(fields, ['costTime', 'costPeople', 'result', 'resultKnown']),
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
        problems: [
          ...(links.every(isLink)
            ? []
            : [{ field: 'links', text: 'Enter addresses that begin with https://, one a line' }]),
          ...tooLong(fields, ['links']),
        ],
        part: { links: [...links] },
      };
    }
    case 'you': {
      const agreed = fields.get('contactAgreed') === 'yes';
      const typed = text('contactAddress');
      const address = typed === '' ? '' : readAddress(typed);
      return {
        problems: [
          ...(text('provider') === '' ? [{ field: 'provider', text: 'Enter the name of the provider' }] : []),
          ...(text('contactName') === '' && typed !== ''
            ? [{ field: 'contactName', text: 'Enter whose address it is, or leave the address out' }]
            : []),
          ...(address === null
            ? [{ field: 'contactAddress', text: 'Enter an email address such as name@college.ac.uk' }]
            : []),
          ...(text('contactName') !== '' && !agreed
            ? [{ field: 'contactAgreed', text: 'Say that the contact has agreed, or leave the name out' }]
            : []),
          ...tooLong(fields, ['provider', 'contactName']),
        ],
        part: {
          provider: text('provider'),
          contactName: text('contactName'),
          contactAddress: address ?? '',
          contactAgreed: agreed && text('contactName') !== '',
        },
      };
    }
  }
};

/** The first page of the journey that lacks something; `null`: it can be sent. */
export const firstUnfinished = (text: ExampleText): Step | null => {
  if (!themeOf(text.theme) || text.title === '') return 'what';
  if (text.summary === '' || text.summary.length > longest) return 'how';
  return text.provider === '' ? 'you' : null;
};
