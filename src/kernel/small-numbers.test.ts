import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import loadHighs, { type Highs } from 'highs';
import { shownThemeRow } from './shown-counts.ts';
import { type HeldTable, holdBackParts, holdBackTable, isSmall } from './small-numbers.ts';

const highs = await (loadHighs as unknown as () => Promise<Highs>)();

/** Numbers that are the same on every run: mulberry32. */
const randomOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Variable = { readonly name: string; readonly count: number; readonly held: boolean };

/**
 * What a reader can work out, by another way than the code under test: an integer programme over every number of the table,
 * in which what is shown is fixed and each sum is an equation. @returns the least and the most that a number can be.
 */
const rangeOf = (variables: readonly Variable[], equations: readonly string[], name: string): [number, number] => {
  const solve = (sense: 'Minimize' | 'Maximize'): number => {
    const text = `${sense}\n obj: ${name}\nSubject To\n${equations.map((one, at) => ` e${at}: ${one}`).join('\n')}\nBounds\n${variables
      .map((one) => (one.held ? ` 1 <= ${one.name} <= 1000` : ` ${one.name} = ${one.count}`))
      .join('\n')}\nGeneral\n ${variables.map((one) => one.name).join(' ')}\nEnd`;
    const solution = highs.solve(text);
    assert.equal(solution.Status, 'Optimal');
    return Math.round(solution.ObjectiveValue);
  };
  return [solve('Minimize'), solve('Maximize')];
};

const assertNothingWorkedOut = (counts: readonly (readonly number[])[], held: HeldTable): void => {
  const variables: Variable[] = [];
  const equations: string[] = [];
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  const width = counts[0]?.length ?? 0;
  counts.forEach((row, r) => {
    row.forEach((count, c) => {
      variables.push({ name: `x${r}_${c}`, count, held: held.cells[r]?.[c] ?? false });
    });
    variables.push({ name: `r${r}`, count: sum(row), held: held.rows[r] ?? false });
    equations.push(`${row.map((_, c) => `x${r}_${c}`).join(' + ')} - r${r} = 0`);
  });
  for (let c = 0; c < width; c += 1) {
    variables.push({ name: `c${c}`, count: sum(counts.map((row) => row[c] ?? 0)), held: held.columns[c] ?? false });
    equations.push(`${counts.map((_, r) => `x${r}_${c}`).join(' + ')} - c${c} = 0`);
  }
  const total = sum(counts.flat());
  equations.push(`${counts.map((_, r) => `r${r}`).join(' + ')} = ${total}`);
  equations.push(`${Array.from({ length: width }, (_, c) => `c${c}`).join(' + ')} = ${total}`);
  for (const { name, count, held: isHeld } of variables)
    if (isSmall(count)) {
      assert.ok(isHeld, `${name}, ${count}, is shown`);
      const [least, most] = rangeOf(variables, equations, name);
      assert.ok(least < most, `${name} can only be ${least} in ${JSON.stringify(counts)}`);
    }
};

describe('small numbers', () => {
  it('a number that is told by its neighbours is held with one of them', () => {
    const held = holdBackTable([
      [20, 3],
      [30, 40],
    ]);
    assert.ok(held);
    assert.equal(held.cells.flat().filter(Boolean).length, 4);
    assert.deepEqual(held.rows, [false, false]);
    assertNothingWorkedOut(
      [
        [20, 3],
        [30, 40],
      ],
      held,
    );
  });

  it('noughts are shown, and what is large enough stays', () => {
    const held = holdBackTable([
      [0, 8],
      [9, 0],
    ]);
    assert.deepEqual(held?.cells.flat(), [false, false, false, false]);
  });

  it('ones alone betray each other, so that nothing is shown', () => {
    assert.equal(holdBackTable([[1, 1, 1, 1, 1, 1]]), null);
    assert.equal(holdBackParts([1, 1, 1]), null);
  });

  it('of 300 random tables an integer programme works out no small number', () => {
    const random = randomOf(20_261_127);
    let shown = 0;
    let more = 0;
    for (let round = 0; round < 300; round += 1) {
      const height = 1 + Math.floor(random() * 5);
      const width = 1 + Math.floor(random() * 6);
      const scale = [3, 6, 12, 40][Math.floor(random() * 4)] ?? 6;
      const counts = Array.from({ length: height }, () =>
        Array.from({ length: width }, () => Math.floor(random() ** 2 * scale)),
      );
      const held = holdBackTable(counts);
      if (!held) continue;
      shown += 1;
      if (held.cells.some((row, r) => row.some((one, c) => one && !isSmall(counts[r]?.[c] ?? 0)))) more += 1;
      assertNothingWorkedOut(counts, held);
    }
    assert.ok(shown > 150, `${shown} tables were shown`);
    assert.ok(more > 50, `${more} tables needed more than the small numbers held`);
  });

  it('of 300 random wholes no small part can be worked out', () => {
    const random = randomOf(7);
    let shown = 0;
    for (let round = 0; round < 300; round += 1) {
      const counts = Array.from({ length: 1 + Math.floor(random() * 7) }, () => Math.floor(random() ** 2 * 14));
      const held = holdBackParts(counts);
      if (!held) continue;
      shown += 1;
      const variables = counts.map((count, at) => ({ name: `p${at}`, count, held: held[at] ?? false }));
      const whole = counts.reduce((all, one) => all + one, 0);
      const equation = `${variables.map((one) => one.name).join(' + ')} = ${whole}`;
      for (const one of variables)
        if (isSmall(one.count)) {
          const [least, most] = rangeOf(variables, [equation], one.name);
          assert.ok(one.held && least < most, `${one.name} of ${counts.join(', ')}`);
        }
    }
    assert.ok(shown > 150);
  });

  it('of 300 random themes it cannot be worked out that few of a group named one, or all but a few, even by who knows the groups', () => {
    const random = randomOf(11);
    let told = 0;
    for (let round = 0; round < 300; round += 1) {
      const of = Array.from({ length: 2 + Math.floor(random() * 5) }, () => Math.floor(random() ** 2 * 60));
      const named = of.map((count) => Math.floor(random() * (count + 1)));
      // Some groups are left out for the sake of others.
      const out = of.map((one) => isSmall(one) || random() < 0.15);
      const { count, by } = shownThemeRow(named, of, out);
      told += by.filter((one) => one !== null).length;
      const variables = named.map((one, at) => ({ name: `n${at}`, count: one, held: by[at] === null }));
      const whole = named.reduce((sum, one) => sum + one, 0);
      const sum = variables.map((one) => one.name).join(' + ');
      const bounds = variables
        .map((one, at) => {
          // A nought is shown, but in a group that is left out whole.
          const least = out[at] || by.every((each) => each === null) ? 0 : 1;
          return one.held
            ? ` ${Math.min(least, one.count)} <= ${one.name} <= ${of[at]}`
            : ` ${one.name} = ${one.count}`;
        })
        .join('\n');
      for (const [at, one] of variables.entries()) {
        if (!isSmall(one.count) && !isSmall((of[at] ?? 0) - one.count)) continue;
        assert.ok(one.held, `${one.count} of ${of[at]} is shown`);
        const range = (['Minimize', 'Maximize'] as const).map((sense) => {
          const total = count === null ? `${sum} >= 0` : `${sum} = ${whole}`;
          const text = `${sense}\n obj: ${one.name}\nSubject To\n e: ${total}\nBounds\n${bounds}\nGeneral\n ${variables.map((each) => each.name).join(' ')}\nEnd`;
          return Math.round(highs.solve(text).ObjectiveValue);
        });
        assert.ok(
          (range[0] ?? 0) < (range[1] ?? 0),
          `${one.name} of ${named.join()} in ${of.join()} can only be ${range[0]}`,
        );
      }
    }
    assert.ok(told > 300, `${told} numbers were shown`);
  });
});
