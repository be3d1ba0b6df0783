import type { Context } from '#platform/context.ts';
import type { Read, Typed } from '../../domain/typed.ts';
import type { PartSlug } from '../../paths.ts';
import type { OpenedEmployer } from '../../use-cases/keep-employers.ts';
import type { PartKind } from '../../use-cases/keep-parts.ts';
import type { Field } from '../fields.ts';

export type Kept = { readonly id: string; readonly revision: number };

/** A kind of thing that hangs on a record, as its form shows it. `pages/parts/routes.ts` makes the pages of all kinds. */
export type PartPage<Part extends Kept, Text> = {
  readonly slug: PartSlug;
  readonly kind: PartKind<Part, Text>;
  readonly newTitle: string;
  readonly titleOf: (part: Part) => string;
  readonly lead: string;
  readonly parts: (opened: OpenedEmployer) => readonly Part[];
  readonly fields: (typed: Typed, opened: OpenedEmployer, ctx: Context) => Promise<readonly Field[]>;
  /** What stands in the form of a new one. */
  readonly fresh: (opened: OpenedEmployer, ctx: Context) => Typed;
  readonly typedOf: (part: Part) => Typed;
  readonly read: (typed: Typed, opened: OpenedEmployer, ctx: Context) => Promise<Read<Text>>;
  /** What someone saved meanwhile, in a few lines. */
  readonly theirs: (part: Part) => readonly string[];
  readonly remove: string;
};
