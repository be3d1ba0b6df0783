import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Validator from '@adobe/structured-data-validator';
import WebAutoExtractor from '@marbec/web-auto-extractor';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { openSite, type Site } from './support/site.ts';

const grammar = readFileSync(join(import.meta.dirname, 'support/atom.rng'), 'utf8');
const vocabularyFile = resolve(import.meta.dirname, '../../shared/data/schemas/schemaorg-30.0.jsonld');

const feedProblems = async (feed: string): Promise<readonly string[]> => {
  const { errors } = await validateXML({
    xml: [{ fileName: 'feed.xml', contents: feed }],
    schema: [{ fileName: 'atom.rng', contents: grammar }],
    extension: 'relaxng',
    initialMemoryPages: 256,
    maxMemoryPages: 4 * memoryPages.MiB * 16,
  });
  return errors.map((one) => one.message);
};

describe('what machines read', () => {
  let site: Site;
  before(async () => {
    site = await openSite('own');
  });
  after(() => site.close());

  it('the feed of updates is Atom as RFC 4287 has it, says libxml2', async () => {
    const { text } = await site.get('/guidance/updates.atom');
    assert.deepEqual(await feedProblems(text), []);
    for (const broken of [
      text.replace(/<updated>[^<]*<\/updated>/, ''),
      text.replace(/<id>[^<]*<\/id>/, ''),
      text.replace(/<updated>[^<]*<\/updated>/, '<updated>yesterday</updated>'),
      text.replace('<entry>', '<entry><title>Twice</title>'),
      text.replace('<entry>', '<entry><price>1</price>'),
    ]) {
      assert.notEqual(broken, text);
      assert.notDeepEqual(await feedProblems(broken), []);
    }
  });

  describe('linked data, against the vocabulary of schema.org', {
    skip: existsSync(vocabularyFile) ? false : `needs the vocabulary at ${vocabularyFile}`,
  }, () => {
    const vocabulary: unknown = existsSync(vocabularyFile) ? JSON.parse(readFileSync(vocabularyFile, 'utf8')) : null;
    const problemsOf = async (html: string): Promise<readonly string[]> => {
      const found = new WebAutoExtractor({ addLocation: true, embedSource: ['rdfa', 'microdata'] }).parse(html);
      assert.ok(Object.keys(found.jsonld).length > 0, 'the page has linked data');
      const validator = new Validator(vocabulary);
      const issues = await validator.validate(found);
      // What one search engine asks beyond the vocabulary, such as a picture for every article, is not asked here.
      return issues
        .filter((one) => /schema\.org|invalid for type|not a valid/i.test(one.issueMessage))
        .map((one) => one.issueMessage);
    };

    it('every public page that has some uses its types and properties', async () => {
      const addresses = [...(await site.get('/sitemap.xml')).text.matchAll(/<loc>http:\/\/localhost([^<]*)<\/loc>/g)];
      let looked = 0;
      for (const [, path = ''] of addresses) {
        const { text } = await site.get(path || '/');
        if (!text.includes('application/ld+json')) continue;
        looked += 1;
        assert.deepEqual(await problemsOf(text), [], path);
      }
      assert.ok(looked >= 10);
    });

    it('the register’s entries, providers and occupations of an example use its types and properties', async () => {
      const example = await openSite('example');
      try {
        for (const path of [
          '/register/999-0001-1',
          '/register/999-0003-3',
          '/register/999-0005-5',
          '/providers/19999901',
          '/providers/19999903',
          '/occupations/ST9001',
        ])
          assert.deepEqual(await problemsOf((await example.get(path)).text), [], path);
        const { text } = await example.get('/register/999-0001-1');
        for (const type of [
          'EducationalOccupationalProgram',
          'EducationalOccupationalCredential',
          'Course',
          'CourseInstance',
        ])
          assert.match(text, new RegExp(`"@type":"${type}"`));
        assert.notDeepEqual(await problemsOf(text.replace('"courseMode":', '"courseMood":')), []);
      } finally {
        await example.close();
      }
    });

    it('notices a property that a type does not have, and a type that is not there', async () => {
      const { text } = await site.get('/guidance/approval');
      assert.notDeepEqual(await problemsOf(text.replace('"headline":', '"courseCode":')), []);
      assert.notDeepEqual(await problemsOf(text.replace('"@type":"Article"', '"@type":"Artikel"')), []);
    });
  });
});
