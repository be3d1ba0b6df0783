import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import type { Referred } from '#kernel/reference.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type CostBand, costBandOf, type Example, isStale, type Outcome } from '../domain/example.ts';
import { examplePath } from '../paths.ts';
import { sayTried } from '../policy.ts';
import { findExample, listPublished, putTried } from '../store/examples.ts';

export { findExample, listPublished, listTried } from '../store/examples.ts';

export type ExampleFilters = {
  readonly theme: string;
  readonly route: string;
  readonly kind: string;
  readonly cost: CostBand | '';
};

/** Published examples; those that nobody stands by any more come last. */
export const findExamples = async (ctx: Context, filters: ExampleFilters): Promise<readonly Example[]> => {
  const today = ctx.clock().toISOString().slice(0, 10);
  return (await listPublished(ctx))
    .filter(
      ({ text }) =>
        (filters.theme === '' || text.theme === filters.theme) &&
        (filters.route === '' || text.routes.length === 0 || text.routes.some((one) => one === filters.route)) &&
        (filters.kind === '' || text.providerKind === filters.kind) &&
        (filters.cost === '' || costBandOf(text.costMoney) === filters.cost),
    )
    .toSorted((one, other) => Number(isStale(one, today)) - Number(isStale(other, today)));
};

/** Somebody's provider did the same, and says how it went. */
export const sayHowItWent = async (
  ctx: Context,
  person: Person,
  example: string,
  said: { readonly outcome: Outcome; readonly cost: string; readonly text: string },
): Promise<boolean> => {
  demand(ctx.actor, sayTried);
  return ctx.transaction(async (inside) => {
    const one = await findExample(inside, example);
    const provider =
      person.memberships.find((held) => held.organisation === person.actingFor && held.kind === 'provider') ??
      person.memberships.find((held) => held.kind === 'provider');
    if (one?.state !== 'published' || !provider) return false;
    await putTried(inside, example, person.id, provider.organisation, {
      ...said,
      id: randomUUID(),
      provider: provider.name,
      at: ctx.clock(),
    });
    await recordAct(inside, {
      name: 'practice.tried',
      subject: { kind: 'practice-example', id: example },
      after: { outcome: said.outcome },
    });
    return true;
  });
};

/** An example, for whoever points at it. */
export const referredExample = async (ctx: Context, id: string): Promise<Referred | null> => {
  const one = await findExample(ctx, id);
  return one?.state === 'published' ? { title: one.text.title, href: examplePath(id) } : null;
};

/** What neighbours may know of an example. */
export type ExampleForNeighbours = {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly theme: string;
  readonly steps: readonly string[];
};

const forNeighbours = ({ id, text }: Example): ExampleForNeighbours => ({
  id,
  title: text.title,
  href: examplePath(id),
  theme: text.theme,
  steps: text.steps,
});

/** Published examples of a theme that somebody stands by. */
export const examplesOfTheme = async (ctx: Context, theme: string): Promise<readonly ExampleForNeighbours[]> => {
  const today = ctx.clock().toISOString().slice(0, 10);
  return (await listPublished(ctx))
    .filter((one) => one.text.theme === theme && !isStale(one, today))
    .map(forNeighbours);
};

export const publishedExample = async (ctx: Context, id: string): Promise<ExampleForNeighbours | null> => {
  const one = await findExample(ctx, id);
  return one?.state === 'published' ? forNeighbours(one) : null;
};
