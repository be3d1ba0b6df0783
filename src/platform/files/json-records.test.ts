import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readJsonRecords } from './json-records.ts';

/** Gives the text in pieces of so many bytes, as a slow network would. */
async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (text: string, size: number) => {
  const values: unknown[] = [];
  try {
    for await (const record of readJsonRecords('feed.json', inPieces(text, size))) values.push(record.value);
    return { values, problem: null };
  } catch (error) {
    return { values, problem: (error as Error).message };
  }
};

describe('readJsonRecords', () => {
  for (const size of [3, 7, 1000]) {
    it(`reads an array, one object, or lines of objects (pieces of ${size} bytes)`, async () => {
      assert.deepEqual(await read('[{"a":1},{"b":"é€"}]', size), { values: [{ a: 1 }, { b: 'é€' }], problem: null });
      assert.deepEqual(await read(' \n {"a":{"c":[2]}}\n', size), { values: [{ a: { c: [2] } }], problem: null });
      assert.deepEqual(await read('{"a":1}\n{"a":2}\n', size), { values: [{ a: 1 }, { a: 2 }], problem: null });
      assert.deepEqual(await read('\uFEFF[{"a":1}]', size), { values: [{ a: 1 }], problem: null });
      assert.deepEqual(await read('[]', size), { values: [], problem: null });
    });

    it(`names the place where a source is cut off, and gives the records before it (pieces of ${size} bytes)`, async () => {
      assert.deepEqual(await read('[{"a":1},{"b', size), {
        values: [{ a: 1 }],
        problem: 'feed.json is cut off: it ends after 12 bytes, in record 2 (the 1 before it are whole).',
      });
      assert.match((await read('{"a":1', size)).problem ?? '', /cut off: it ends after 6 bytes, in record 1\./);
      assert.match((await read('[{"a":1},{"b":1}', size)).problem ?? '', /cut off.*16 bytes/);
    });

    it(`names the byte where the grammar breaks (pieces of ${size} bytes)`, async () => {
      assert.deepEqual(await read('[{"a":1},{b:2}]', size), {
        values: [{ a: 1 }],
        problem: 'feed.json is not JSON in record 2 (the 1 before it are whole), at byte 10: unexpected "b".',
      });
    });
  }

  it('tells a web page, other text and nothing from JSON', async () => {
    assert.match((await read('\n<!doctype html><html>', 1000)).problem ?? '', /is a web page, not JSON/);
    assert.match((await read('hello', 1000)).problem ?? '', /begins with "hello"; expected \[ or \{/);
    assert.match((await read('', 1000)).problem ?? '', /is empty/);
    assert.match((await read('  \n', 1000)).problem ?? '', /is empty/);
  });
});
