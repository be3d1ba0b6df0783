import type { Permission } from '#kernel/permission.ts';
import type { Reference, Referred } from '#kernel/reference.ts';
import type { CommandDefinition } from '#platform/commands/command.ts';
import type { Context } from '#platform/context.ts';
import type { Hearing } from '#platform/events/recorded-event.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { PersonalData } from '#platform/personal-data.ts';
import type { Route } from './route.ts';

/** A public page, for the site map. */
export type PublicPage = { readonly path: string; readonly changedAt: Date | null };

export type NavigationItem = {
  readonly text: string;
  readonly href: string;
  /** Someone’s work: shown to those alone who may enter, below their name; left out: to everyone, in the main navigation. */
  readonly permission?: Permission;
};

/** One of the ways in that the start page offers. */
export type Door = { readonly title: string; readonly text: string; readonly href: string };

/** What a capability hands to `main`: each capability's `capability.ts` exports one of these. */
export type Capability = {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly commands: readonly CommandDefinition[];
  readonly jobs: readonly JobDefinition[];
  readonly personalData: readonly PersonalData[];
  /** Folder of its SQL migrations; `null`: it stores nothing. */
  readonly migrations: string | null;
  /** Every page that anyone may read and that is worth finding. */
  readonly publicPages: (ctx: Context) => Promise<readonly PublicPage[]>;
  /** What the kinds of entries that it lets the search find are called, for readers. */
  readonly searchKinds: Readonly<Record<string, string>>;
  /** The kinds of things here that others may point at, each with who knows a thing's title and address. */
  readonly references: Readonly<Record<string, (ctx: Context, id: string) => Promise<Referred | null>>>;
  /** What here points at a thing; `null`: nothing ever does. */
  readonly pointingAt: ((ctx: Context, reference: Reference) => Promise<readonly Referred[]>) | null;
  /** What it does when something recorded elsewhere reaches it; left out: nothing. */
  readonly hears?: readonly Hearing[];
  readonly navigation: readonly NavigationItem[];
  readonly doors: readonly Door[];
  /** Fills every new store with what it opens with; `null`: nothing. */
  readonly seed: ((ctx: Context) => Promise<void>) | null;
  /** Fills a new example store with its fictional records; `null`: it has none. */
  readonly seedExample: ((ctx: Context) => Promise<void>) | null;
};
