import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import { day } from '#web/words.ts';
import { type Ask, meetingKindWords } from '../../domain/employer.ts';
import { readAsk } from '../../domain/read-parts.ts';
import { readReferences } from '../../domain/typed.ts';
import { askedStandard } from '../../use-cases/asked-standard.ts';
import { type AskToKeep, askKind } from '../../use-cases/keep-parts.ts';
import { fieldsOf, wordsAsChoices } from '../fields.ts';
import { todayOf } from '../opened.ts';
import type { PartPage } from './part-page.ts';

export const askPage: PartPage<Ask, AskToKeep> = {
  slug: 'asks',
  kind: askKind,
  newTitle: 'Add what they ask for',
  titleOf: (one) => one.jobTitle || one.occupation || 'What they ask for',
  lead: 'A job title, an occupation or both. Counted without the employer’s name, it is shown as local need; numbers under five never are.',
  parts: (opened) => opened.asks,
  fields: async (typed, opened) => {
    const { line, select } = fieldsOf(typed);
    return [
      line('jobTitle', 'Job title', { hint: 'As they say it' }),
      line('occupation', 'Occupation (optional)', {
        hint: 'The reference of its standard, such as ST0116',
        width: '10',
      }),
      line('ksbs', 'KSBs that matter to them (optional)', {
        hint: 'Codes of that occupation, such as K1, K4, S12',
      }),
      select(
        'route',
        'Route',
        [['', 'The occupation’s own'], ...wordsAsChoices(occupationalRoutes)],
        'Where the occupation is not one of the standards here, choose one',
      ),
      line('howMany', 'How many people (optional)', { width: '4', inputmode: 'numeric' }),
      line('town', 'Town (optional)', { width: '20' }),
      select('region', 'Region', [['', 'Choose'], ...wordsAsChoices(regions)]),
      line('askedOn', 'When they asked', { hint: 'Such as 2026-11-30', width: '10' }),
      line('source', 'Where it was asked (optional)', { hint: 'Such as a letter, a survey or a call' }),
      ...(opened.meetings.length > 0
        ? [
            select('meeting', 'At which meeting (optional)', [
              ['', 'None of these'],
              ...opened.meetings.map((one) => [one.id, `${meetingKindWords[one.kind]} on ${day(one.heldOn)}`] as const),
            ]),
          ]
        : []),
    ];
  },
  fresh: ({ employer }, ctx) => ({
    route: employer.routes.length === 1 ? [...employer.routes] : [''],
    town: [employer.town],
    region: [employer.region ?? ''],
    askedOn: [todayOf(ctx)],
  }),
  typedOf: (one) => ({
    jobTitle: [one.jobTitle],
    occupation: [one.occupation ?? ''],
    ksbs: [one.ksbs.join(', ')],
    route: [one.route],
    howMany: [one.howMany === null ? '' : String(one.howMany)],
    town: [one.town],
    region: [one.region],
    askedOn: [one.askedOn],
    source: [one.source],
    meeting: [one.meeting ?? ''],
  }),
  read: async (typed, opened, ctx) => {
    const [reference] = readReferences(typed.occupation ?? []).references;
    const standard = reference ? await askedStandard(ctx, reference) : null;
    const { problems, text } = readAsk(typed, todayOf(ctx), new Set(opened.meetings.map((one) => one.id)), standard);
    return { problems, text: { ...text, standardVersion: text.ksbs.length > 0 ? (standard?.version ?? null) : null } };
  },
  theirs: (one) => [one.jobTitle, one.occupation ?? '', one.ksbs.join(', ')].filter((word) => word !== ''),
  remove: 'Remove this ask',
};
