import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './text-check.ts';

const link = (address: string, words: string, image = false) => ({ line: 1, address, words, image });
const heading = (level: number, words: string, line = 1) => ({ line, level, words, id: words.toLowerCase() });
const texts = (...args: Parameters<typeof checkText>) => checkText(...args).map((one) => one.text);

test('a text without faults has no findings', () => {
  const text = {
    headings: [heading(2, 'One'), heading(3, 'Two'), heading(2, 'Three')],
    links: [link('#one', 'Part one'), link('https://x.example', 'X')],
  };
  assert.deepEqual(
    checkText(text, () => true),
    [],
  );
});

test('levels that are left out, links without sense and images without words are found, each with its line', () => {
  assert.deepEqual(
    texts({ headings: [heading(2, 'One'), heading(4, 'Deep', 7)], links: [] }, () => true),
    ['“Deep” is a heading of level 4 below one of level 2: no level may be left out'],
  );
  assert.deepEqual(
    texts(
      {
        headings: [],
        links: [
          link('/x', 'click here'),
          link('file:a', '', true),
          link('#no', 'There'),
          link('http://a.example', 'A'),
        ],
      },
      () => true,
    ),
    [
      'The link “click here” does not say where it leads',
      'The image file:a has no words for those who do not see it',
      'Nothing is at #no',
      'http://a.example is not encrypted: try https',
    ],
  );
  assert.deepEqual(
    texts({ headings: [], links: [link('/gone', 'The page')] }, () => false),
    ['Nothing is at /gone'],
  );
});
