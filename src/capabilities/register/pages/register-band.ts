import { londonDay } from '#kernel/london-time.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import type { FormProblem } from '#web/form-problem.ts';
import { day, moment } from '#web/words.ts';
import { endOfDay } from '../domain/day.ts';
import type { AsOf } from '../domain/register-entry.ts';
import { registerKind } from '../use-cases/register-kind.ts';

/** What each page of the register says of itself, and the two dates that it is asked for. */
export type Band = {
  /** Whether this is the source or a copy. */
  readonly kindWords: string;
  /** Said when it is not today's register, by today's knowledge, that is shown. */
  readonly thenWords: string;
  readonly on: string;
  readonly known: string;
  readonly notes: readonly string[];
  /** What is wrong with the two dates. */
  readonly problems: readonly FormProblem[];
  /** The address of this page as of today. */
  readonly todayHref: string;
  /** Other parts of the address, which the form with the two dates keeps. */
  readonly kept: readonly (readonly [name: string, value: string])[];
};

export type Asked = { readonly asOf: AsOf; readonly isToday: boolean; readonly query: URLSearchParams };

/** Reads the two dates of an address. What is no day is left out, and told: a list shows nothing then. */
export const readAsked = (
  ctx: Context,
  query: URLSearchParams,
): { readonly asked: Asked; readonly notes: readonly string[]; readonly problems: readonly FormProblem[] } => {
  const today = londonDay(ctx.clock());
  const notes: string[] = [];
  const problems: FormProblem[] = [];
  const dayAsked = (name: string, what: string): string | null => {
    const typed = (query.get(name) ?? '').trim();
    if (typed === '') return null;
    const read = readTypedDay(typed);
    if (read === null) problems.push({ field: name, text: `${what}: enter a day, such as 1/9/2025` });
    return read;
  };
  const on = dayAsked('on', 'As it stood on');
  const knownOn = dayAsked('known', 'As it was known on');
  if (knownOn !== null && knownOn > today)
    notes.push('Nobody knows yet what will be known later: today’s knowledge is shown.');
  const known = knownOn === null || knownOn >= today ? null : endOfDay(knownOn);
  const kept = new URLSearchParams();
  if (on !== null && on !== today) kept.set('on', on);
  if (known !== null && knownOn !== null) kept.set('known', knownOn);
  return { asked: { asOf: { on: on ?? today, known }, isToday: kept.size === 0, query: kept }, notes, problems };
};

export const kindWords = async (ctx: Context): Promise<string> => {
  const kind = await registerKind(ctx);
  const whose =
    kind.kind === 'authority'
      ? 'This register is the source: what it says is what holds.'
      : `This register is a copy of ${kind.of}, as at ${day(kind.asAt)}. The source may say something newer.`;
  return ctx.storeKind === 'example'
    ? `${whose} Entries marked as fictional were made up for this project; the cycles are those of public pages.`
    : whose;
};

export const makeBand = async (ctx: Context, path: string, query: URLSearchParams): Promise<Band> => {
  const { asked, notes, problems } = readAsked(ctx, query);
  const typed = (name: string): string | null =>
    problems.some((one) => one.field === name) ? (query.get(name) ?? '').slice(0, 40) : null;
  const rest = [...query].filter(([name, value]) => !['on', 'known', 'page'].includes(name) && value !== '');
  const known = asked.query.get('known');
  return {
    kindWords: await kindWords(ctx),
    thenWords: asked.isToday
      ? ''
      : `The register as it stood on ${day(asked.asOf.on)}${known ? `, and as it was known at the end of ${day(known)}` : ', as it is known today'}.`,
    on: typed('on') ?? asked.query.get('on') ?? '',
    known: typed('known') ?? known ?? '',
    notes,
    problems,
    todayHref: rest.length > 0 ? `${path}?${new URLSearchParams(rest)}` : path,
    kept: rest as unknown as Band['kept'],
  };
};

/** Where a row comes from: `Made up for this project, retrieved on 7 July 2025; recorded on …`. */
export const sourceWords = (one: {
  readonly source: string;
  readonly retrievedOn: string;
  readonly recordedAt: Date;
}): string => `${one.source}, retrieved on ${day(one.retrievedOn)}; recorded on ${moment(one.recordedAt)}`;
