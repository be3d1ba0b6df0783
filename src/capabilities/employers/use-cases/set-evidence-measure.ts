import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { OwnMeasure } from '../domain/evidence-policy.ts';
import { setInstanceMeasure, workOnEmployer } from '../policy.ts';
import { addMeasure, listMeasures } from '../store/evidence.ts';

/** Numbers set so far, the newest first: the instance's, and those of an organisation where one is asked for. */
export const measuresSet = (ctx: Context, organisation: string | null): Promise<readonly OwnMeasure[]> =>
  listMeasures(ctx, organisation);

/**
 * Sets the numbers that records are measured against from a day on; those from before stay known.
 *
 * @param one.id made with the form: sent twice, it is set once.
 * @param one.organisation `null`: for the whole instance.
 * @throws NotAllowed
 */
export const setMeasure = async (ctx: Context, one: Omit<OwnMeasure, 'setAt'>): Promise<void> => {
  if (one.organisation === null) demand(ctx.actor, setInstanceMeasure);
  else demand(ctx.actor, workOnEmployer, { organisation: one.organisation });
  await ctx.transaction(async (inside) => {
    const by = inside.actor.kind === 'person' ? inside.actor.id : null;
    if (!(await addMeasure(inside, { ...one, by }))) return;
    await recordAct(inside, {
      name: 'employers.evidence-measure-set',
      subject: { kind: 'evidence-measure', id: one.id },
      forOrganisation: one.organisation,
      after: { from: one.from, measure: one.measure, source: one.source },
    });
  });
};
