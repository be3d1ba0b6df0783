import type { Typed } from '../domain/typed.ts';

export type Option = { readonly id: string; readonly value: string; readonly text: string; readonly chosen: boolean };

/** A field as pages/fields.njk draws it. */
export type Field = {
  readonly kind: 'line' | 'area' | 'select' | 'checks' | 'check';
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** govuk-frontend's width of a line; empty: full. */
  readonly width: string;
  readonly type: string;
  readonly inputmode: string;
  readonly options: readonly Option[];
};

const bare = { hint: '', value: '', width: '', type: 'text', inputmode: '', options: [] } as const;
type More = Partial<Pick<Field, 'hint' | 'width' | 'type' | 'inputmode'>>;

const first = (typed: Typed, name: string): string => typed[name]?.[0] ?? '';

/** Makes the fields of one form from what was typed in it. */
export const fieldsOf = (typed: Typed) => ({
  line: (name: string, label: string, more: More = {}): Field => ({
    ...bare,
    ...more,
    kind: 'line',
    name,
    label,
    value: first(typed, name),
  }),
  area: (name: string, label: string, hint = ''): Field => ({
    ...bare,
    kind: 'area',
    name,
    label,
    hint,
    value: first(typed, name),
  }),
  /** @param choices values and their words, the one for nothing first. */
  select: (name: string, label: string, choices: readonly (readonly [string, string])[], hint = ''): Field => ({
    ...bare,
    kind: 'select',
    name,
    label,
    hint,
    options: choices.map(([value, text]) => ({ id: '', value, text, chosen: value === first(typed, name) })),
  }),
  checks: (name: string, label: string, choices: readonly (readonly [string, string])[], hint = ''): Field => ({
    ...bare,
    kind: 'checks',
    name,
    label,
    hint,
    options: choices.map(([value, text], at) => ({
      id: at === 0 ? name : `${name}-${at + 1}`,
      value,
      text,
      chosen: (typed[name] ?? []).includes(value),
    })),
  }),
  check: (name: string, label: string, hint = ''): Field => ({
    ...bare,
    kind: 'check',
    name,
    label,
    hint,
    value: first(typed, name),
  }),
});

/** What a sent form says, field by field. */
export const typedIn = (fields: URLSearchParams): Typed => {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of fields) {
    const values = typed[name] ?? [];
    values.push(value);
    typed[name] = values;
  }
  return typed;
};

/** Words as choices of themselves. */
export const wordsAsChoices = (words: readonly string[]): readonly (readonly [string, string])[] =>
  words.map((word) => [word, word] as const);
