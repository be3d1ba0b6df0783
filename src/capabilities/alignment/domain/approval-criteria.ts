import { z } from 'zod';

/** What the approval asks, from a date on: `data/approval-criteria.json`, with the source of each fact. */
export const criteriaFile = z.object({
  editions: z
    .array(
      z.object({
        from: z.iso.date(),
        qualificationLevels: z.array(z.int()),
        standardLevels: z.array(z.int()),
        /** Accepted only after asking whoever approves. */
        askFirst: z.array(z.object({ qualificationLevel: z.int(), standardLevel: z.int() })),
        /** The feed's word for a standard that may be used. */
        approvedStatus: z.string(),
        titleMustNotHold: z.array(z.string()),
      }),
    )
    .min(1),
});

export type ApprovalCriteria = z.infer<typeof criteriaFile>['editions'][number];

/** The edition in force on a day, by ISO date: the last that begins by then, else the first. */
export const criteriaOn = (editions: readonly ApprovalCriteria[], day: string): ApprovalCriteria => {
  const sorted = [...editions].sort((one, other) => one.from.localeCompare(other.from));
  const inForce = sorted.filter((one) => one.from <= day).at(-1) ?? sorted[0];
  if (!inForce) throw new Error('data/approval-criteria.json has no edition');
  return inForce;
};
