import { londonDay } from '#kernel/london-time.ts';
import type { Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { type CostBand, costBandOf, type Example, isStale } from '../domain/example.ts';
import { examplePath } from '../paths.ts';
import { findExample, listPublished } from '../store/examples.ts';

export { findExample, listPublished } from '../store/examples.ts';
export { listTried } from '../store/tried.ts';

export type ExampleFilters = {
  readonly theme: string;
  readonly route: string;
  readonly kind: string;
  readonly cost: CostBand | '';
};

/** Published examples; those that nobody stands by any more come last. */
export const findExamples = async (ctx: Context, filters: ExampleFilters): Promise<readonly Example[]> => {
  const today = londonDay(ctx.clock());
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
  const today = londonDay(ctx.clock());
  return (await listPublished(ctx))
    .filter((one) => one.text.theme === theme && !isStale(one, today))
    .map(forNeighbours);
};

export const publishedExample = async (ctx: Context, id: string): Promise<ExampleForNeighbours | null> => {
  const one = await findExample(ctx, id);
  return one?.state === 'published' ? forNeighbours(one) : null;
};
