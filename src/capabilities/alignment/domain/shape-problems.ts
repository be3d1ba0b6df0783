import type { z } from 'zod';
import { type Problem, pathWords } from '#kernel/problem.ts';
import { coverageShape } from './qualification-file.ts';

/** A problem whose place is still a path of keys, so that problems can be put in the file's order. */
export type PlacedProblem = { readonly path: readonly PropertyKey[]; readonly message: string };

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value !== null && typeof value === 'object') return 'an object';
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
};

const valueAt = (raw: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );

const expectedWords: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  record: 'an object with standard references as keys',
  int: 'a whole number',
  number: 'a whole number',
};

/** What the shape has against the value, in plain words: what was found, and what was expected. */
export const shapeProblems = (issues: readonly z.core.$ZodIssue[], raw: unknown): readonly PlacedProblem[] =>
  issues.flatMap((issue): readonly PlacedProblem[] => {
    const found = shown(valueAt(raw, issue.path));
    const path = issue.path;
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({ path: [...path, key], message: 'this key is not known' }));
      case 'invalid_type':
      case 'too_big':
      case 'too_small': {
        const expected = expectedWords['expected' in issue ? String(issue.expected) : 'int'] ?? 'something else';
        return [
          {
            path,
            message:
              found === 'nothing' ? `this is missing: expected ${expected}` : `found ${found}, expected ${expected}`,
          },
        ];
      }
      case 'custom': {
        const value = valueAt(raw, path);
        const inner = coverageShape.safeParse(value).error?.issues ?? [];
        return shapeProblems(inner, value).map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
      }
      case 'invalid_value':
        return [
          {
            path,
            message: `found ${found}, expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`,
          },
        ];
      case 'invalid_union': {
        // The one union of the shape: the level.
        return [{ path, message: `${found === 'nothing' ? 'this is missing' : `found ${found}`}, expected 4 or 5` }];
      }
      default:
        return [{ path, message: `found ${found}: ${issue.message}` }];
    }
  });

/** In the order in which the file's author meets them, each place in words. */
export const inFileOrder = (problems: readonly PlacedProblem[], raw: unknown): readonly Problem[] => {
  const rank = (path: readonly PropertyKey[]): readonly number[] => {
    let value = raw;
    return path.map((key) => {
      const place =
        typeof key === 'number'
          ? key
          : value !== null && typeof value === 'object'
            ? Object.keys(value).indexOf(String(key))
            : -1;
      value = valueAt(value, [key]);
      // What is missing comes after what is there.
      return place === -1 ? Number.MAX_SAFE_INTEGER : place;
    });
  };
  return problems
    .map((problem) => ({ problem, at: rank(problem.path) }))
    .sort((one, other) => compareRanks(one.at, other.at))
    .map(({ problem }) => ({ path: pathWords(problem.path), message: problem.message }));
};

const compareRanks = (one: readonly number[], other: readonly number[]): number => {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};
