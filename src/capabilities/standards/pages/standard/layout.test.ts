import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpRecord } from '../../../../../test/support/made-up-standards.ts';
import { readStandard } from '../../use-cases/read-standard.ts';
import { gridPicture } from './grid-picture.ts';
import { textBlocks } from './text-blocks.ts';

test('plain text becomes paragraphs and lists', () => {
  assert.deepEqual(textBlocks('They tend:\n• lamps\n• signals\n\nAt night.'), [
    { kind: 'paragraph', text: 'They tend:' },
    { kind: 'list', items: ['lamps', 'signals'] },
    { kind: 'paragraph', text: 'At night.' },
  ]);
  assert.deepEqual(textBlocks(' \n '), []);
});

test('the picture has a cell for each mapping, and leaves out kinds that the standard lacks', () => {
  const read = readStandard(
    madeUpRecord({
      knowledge: ['a', 'b', 'c', 'd', 'e', 'f'],
      skills: ['s'],
      behaviours: [],
      duties: [
        { text: 'one', ksbs: ['a', 'c', 's'] },
        { text: 'two', ksbs: ['f'] },
      ],
    }),
  );
  assert.equal(read.kind, 'ok');
  const picture = gridPicture(read.value);
  assert.deepEqual(
    picture.kinds.map((one) => [one.label.text, one.cells.split('M').length - 1]),
    [
      ['Knowledge (6)', 3],
      ['Skills (1)', 1],
    ],
  );
  assert.deepEqual(
    picture.columns.map((one) => one.text),
    ['K1', 'K5', 'S1'],
  );
  assert.deepEqual(
    picture.rows.map((one) => one.text),
    ['D1', 'D2'],
  );
  for (const { field } of picture.kinds) assert.ok(field.x + field.width <= picture.width);
});
