import { z } from 'zod';
import { dayWords } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import { hearing } from '#platform/events/recorded-event.ts';
import { addToHolderStep, holderSteps } from '../store/cases.ts';

/** What the quality mark announces when a mark ended and those who held it were told: the shape that is relied on here. */
const holdersTold = {
  name: 'quality-mark.holders-told',
  data: z.object({
    qualification: z.string(),
    /** The occupation that the mark was for; `null`: nobody held the mark for any. */
    occupation: z.string().nullable(),
    provider: z.string(),
    people: z.number().int(),
    /** Credentials that stand for the same qualification and occupation. */
    remaining: z.number().int(),
  }),
};

/** The step "the holders are told" of a case of withdrawal is done by the mark: this notes whom it told, and closes it. */
export const hearMarks = hearing(holdersTold, async (ctx, told) => {
  const words =
    told.occupation === null
      ? 'Nobody holds the mark for it.'
      : told.people === 0
        ? `${told.provider} has nobody here who could be told: write to it.`
        : `${told.provider}: ${told.people} ${told.people === 1 ? 'person' : 'people'} told on ${dayWords(ctx.clock())}.`;
  const all = await holderSteps(ctx, told.qualification, told.occupation);
  const steps = told.occupation === null ? all.filter((one) => one.doneAt === null) : all;
  for (const step of steps) {
    // Whom the mark could not tell, a person tells: the step waits for that.
    const reached = told.occupation === null || told.people > 0;
    const done = reached && told.remaining === 0 && !step.note.includes('nobody here');
    await addToHolderStep(ctx, step, words, done);
    await recordAct(ctx, {
      name: 'register.case-step',
      subject: { kind: 'register-case', id: step.caseId },
      after: { place: step.place, told: words, done },
    });
  }
  return steps.length === 0 ? 'No case waits for it.' : words;
});
