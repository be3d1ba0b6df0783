import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agreementOn, cohensKappa, kappaWords } from './agreement.ts';
import { personalDetails, withoutDetails } from './reading.ts';
import { learnThemes, suggestThemes } from './suggest-themes.ts';

describe('suggestions of themes', () => {
  const coded = [
    ['We cannot find teachers for surveying', 'staff'],
    ['Teachers leave for industry, where pay is better', 'staff'],
    ['Nobody applies when we advertise for a teacher', 'staff'],
    ['The laboratory needs new benches', 'kit'],
    ['Equipment for the laboratory costs too much', 'kit'],
    ['We rent equipment and share a laboratory', 'kit'],
  ].map(([text = '', theme = '']) => ({ text, themes: [theme] }));
  const model = learnThemes(coded, ['staff', 'kit', 'rare']);

  it('come from the words of texts that were coded, and say which', () => {
    const [first, second] = suggestThemes(model, 'Finding a teacher takes a year');
    assert.equal(first?.theme, 'staff');
    assert.ok(first?.words.includes('teacher'));
    assert.equal(second, undefined);
    assert.deepEqual(
      suggestThemes(model, 'Laboratory equipment, shared').map((one) => one.theme),
      ['kit'],
    );
  });

  it('are left out where nothing speaks for a theme, or too few texts have it', () => {
    assert.deepEqual(suggestThemes(model, 'Buses'), []);
    assert.ok(!model.themes.some((one) => one.id === 'rare'));
  });
});

describe('agreement of two coders', () => {
  it('is Cohen’s kappa: the example of 50 texts, 20 chosen by both, 15 by neither, is 0.4', () => {
    assert.equal(Math.round((cohensKappa(20, 5, 10, 15) ?? 0) * 1000) / 1000, 0.4);
    assert.equal(cohensKappa(5, 0, 0, 5), 1);
    assert.equal(cohensKappa(0, 5, 5, 0), -1);
    assert.equal(cohensKappa(0, 0, 0, 9), null);
    assert.equal(cohensKappa(0, 0, 0, 0), null);
    assert.equal(kappaWords(0.4), 'fair');
  });

  it('is counted theme by theme', () => {
    const texts = [
      { first: ['a'], second: ['a', 'b'] },
      { first: ['b'], second: ['a'] },
      { first: [], second: [] },
    ];
    const { both, onlyFirst, onlySecond, neither } = agreementOn(texts, 'a');
    assert.deepEqual([both, onlyFirst, onlySecond, neither], [1, 0, 1, 1]);
  });
});

describe('personal details', () => {
  it('are pointed out and can be taken out', () => {
    const text = 'I am Jo, jo@college.ac.uk or 020 7946 0018, at SW1A 2AA. Ask Dr Smith.';
    assert.deepEqual(personalDetails(text), [
      'an email address',
      'a telephone number',
      'a postcode',
      'a name with a title',
    ]);
    assert.doesNotMatch(withoutDetails(text), /college\.ac\.uk|7946|2AA/);
    assert.deepEqual(personalDetails('We rent 12 rigs at level 5 from 2027.'), []);
  });
});
