import { colleaguesOf } from '#cap/accounts';
import { day } from '#web/words.ts';
import type { NextStep } from '../../domain/employer.ts';
import { type NextStepText, readNextStep } from '../../domain/read-parts.ts';
import { nextStepKind } from '../../use-cases/keep-parts.ts';
import { fieldsOf } from '../fields.ts';
import type { PartPage } from './part-page.ts';

export const nextStepPage: PartPage<NextStep, NextStepText> = {
  slug: 'next-steps',
  kind: nextStepKind,
  newTitle: 'Add a next step',
  titleOf: (one) => one.what,
  lead: 'Its owner is told by email every Monday while it is due that week or overdue.',
  parts: (opened) => opened.steps,
  fields: async (typed, { employer }, ctx) => {
    const { line, select, check } = fieldsOf(typed);
    const owners = await colleaguesOf(ctx, employer.organisation);
    return [
      line('what', 'What is to be done'),
      line('due', 'By when', { hint: 'Such as 2026-11-30', width: '10' }),
      select('owner', 'Whose it is', [['', 'Nobody yet'], ...owners.map((one) => [one.id, one.name] as const)]),
      check('done', 'It is done'),
    ];
  },
  fresh: (_opened, ctx) => ({ owner: [ctx.actor.kind === 'person' ? ctx.actor.id : ''] }),
  typedOf: (one) => ({ what: [one.what], due: [one.due], owner: [one.owner ?? ''], done: [one.doneAt ? 'yes' : ''] }),
  read: async (typed, { employer }, ctx) =>
    readNextStep(typed, new Set((await colleaguesOf(ctx, employer.organisation)).map((one) => one.id))),
  theirs: (one) => [one.what, `by ${day(one.due)}`, one.doneAt ? 'done' : 'not done'],
  remove: 'Remove this step',
};
