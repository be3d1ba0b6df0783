import { z } from 'zod';
import { periodsAt } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import file from '../../../../data/employer-facts.json' with { type: 'json' };
import type { Sector } from '../domain/read-employer.ts';

const shape = z.object({
  source: z.string(),
  sectors: z.object({
    holdsFrom: z.iso.date(),
    sections: z.array(
      z.object({
        section: z.string().regex(/^[A-U]$/),
        title: z.string(),
        alsoCalled: z.array(z.string()).default([]),
      }),
    ),
  }),
});

const facts = shape.parse(file);

/** Sections of the SIC 2007. */
export const sectors: readonly Sector[] = facts.sectors.sections;

/** Days for which a contact is kept whom nobody deals with; the privacy page tells the same period. */
export const contactDays = (ctx: Context): number => {
  const period = periodsAt(ctx.clock()).find((one) => one.what === 'employer-contacts');
  if (!period) throw new Error('data/retention.json says nothing of employer-contacts');
  return period.days;
};
