import { day } from '#web/words.ts';
import { type Meeting, meetingKinds, meetingKindWords } from '../../domain/employer.ts';
import { type MeetingText, readMeeting } from '../../domain/read-parts.ts';
import { meetingKind } from '../../use-cases/keep-parts.ts';
import { fieldsOf } from '../fields.ts';
import { todayOf } from '../opened.ts';
import type { PartPage } from './part-page.ts';

export const meetingPage: PartPage<Meeting, MeetingText> = {
  slug: 'meetings',
  kind: meetingKind,
  newTitle: 'Write down a meeting',
  titleOf: (one) => `${meetingKindWords[one.kind]} on ${day(one.heldOn)}`,
  lead: 'What was said and decided. Where occupations are named, it can be evidence of what employers ask for.',
  parts: (opened) => opened.meetings,
  fields: async (typed, opened) => {
    const { line, area, select, checks, check } = fieldsOf(typed);
    return [
      select(
        'kind',
        'What it was',
        meetingKinds.map((one) => [one, meetingKindWords[one]] as const),
      ),
      line('heldOn', 'When', { hint: 'Such as 2026-11-30', width: '10' }),
      ...(opened.contacts.length > 0
        ? [
            checks(
              'present',
              'Who of them was there',
              opened.contacts.map((one) => [one.id, [one.name, one.role].filter(Boolean).join(', ')] as const),
            ),
          ]
        : []),
      area('said', 'What was said and decided', 'Leave out what is about a person and is not needed'),
      line('occupations', 'Occupations it was about (optional)', {
        hint: 'References of standards, such as ST0116, ST0127',
      }),
      check(
        'confidential',
        'It is confidential',
        'It stays inside your organisation, and is left out of every file for others',
      ),
    ];
  },
  fresh: (_opened, ctx) => ({ kind: ['meeting'], heldOn: [todayOf(ctx)] }),
  typedOf: (one) => ({
    kind: [one.kind],
    heldOn: [one.heldOn],
    present: one.present.map((who) => who.contact),
    said: [one.said],
    occupations: [one.occupations.join(', ')],
    confidential: [one.confidential ? 'yes' : ''],
  }),
  read: async (typed, opened, ctx) => readMeeting(typed, todayOf(ctx), new Set(opened.contacts.map((one) => one.id))),
  theirs: (one) => [`${meetingKindWords[one.kind]} on ${day(one.heldOn)}`, one.said],
  remove: 'Remove this meeting',
};
