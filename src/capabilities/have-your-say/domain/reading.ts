import { z } from 'zod';

export const theme = z.object({ id: z.string(), name: z.string(), description: z.string() });
/** What answers are about, as a code book names it. */
export type Theme = z.infer<typeof theme>;

export const themeList = z.array(theme);

export type CodeBook = {
  readonly number: number;
  readonly themes: readonly Theme[];
  readonly note: string;
  readonly madeAt: Date;
};

export type Moderated = {
  readonly how: 'as-it-is' | 'redacted' | 'withheld';
  /** What everyone may read; empty where it is withheld. */
  readonly publicText: string;
  readonly reason: string;
};

/** What was decided of a text, and when. */
export type Decided = Moderated & { readonly at: Date };

export type Reading = { readonly coder: string | null; readonly book: number; readonly themes: readonly string[] };

export type Quote = {
  readonly id: string;
  readonly answer: string;
  readonly question: string;
  readonly theme: string;
  readonly text: string;
};

export type Decision = {
  readonly id: string;
  readonly theme: string;
  readonly text: string;
  readonly referenceKind: string;
  readonly referenceId: string;
  readonly referenceTitle: string;
  readonly at: Date;
};

/** What in a text may tell who somebody is: shown to the moderator, who decides. */
const details: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['an email address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  ['a telephone number', /(?:\+44|\b0)(?:[\s()-]*\d){9,10}\b/],
  ['a postcode', /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i],
  ['a name with a title', /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor)\.?\s+[A-Z]\p{L}+/u],
  ['who is speaking', /\b(?:my name is|I am called)\s+[A-Z]\p{L}+/u],
];

export const personalDetails = (text: string): readonly string[] =>
  details.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

/** With email addresses, telephone numbers and postcodes taken out: what a redaction begins with. */
export const withoutDetails = (text: string): string =>
  details
    .slice(0, 3)
    .reduce(
      (left, [, pattern]) => left.replaceAll(new RegExp(pattern.source, `g${pattern.flags}`), '[taken out]'),
      text,
    );
