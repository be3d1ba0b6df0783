import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outlineText } from '#platform/documents/outline-text.ts';
import { svgProblem } from '#platform/files/check-svg.ts';
import file from '../../../../data/quality-mark.json' with { type: 'json' };
import { checkPage, type KnownMark } from './check-page.ts';
import { contrast, leastForGraphics, leastForText } from './contrast.ts';
import { drawMark } from './draw-mark.ts';
import { type Entitlement, entitlementOn } from './entitlement.ts';
import { adviceOf } from './guidance.ts';
import type { MarkFacts } from './mark-facts.ts';
import { markRulesFile, rulesOn } from './mark-rules.ts';
import { type MarkState, markStateOf } from './mark-state.ts';
import { readArtwork } from './read-artwork.ts';
import { forbiddenInTitle, isListingTitle, mendedTitle } from './title-words.ts';

const rules = rulesOn(markRulesFile.parse(file), '2026-11-23');
const facts: MarkFacts = {
  qualification: {
    id: 'q',
    number: '999/1',
    title: 'Level 4 Diploma in Networks',
    level: 4,
    awardingOrganisation: 'Example Awards',
    route: 'Digital',
  },
  occupation: { reference: 'ST9001', title: 'Network technician' },
  provider: { ukprn: '19999901', name: 'Northfield College' },
  approval: { cycle: '4', approvedOn: '2024-03-01', firstTeach: '2025-09-01' },
  withdrawal: null,
  offer: {
    id: 'o',
    site: 'Main site',
    firstTeach: '2025-09-08',
    confirmedBy: 'Example Awards',
    confirmedOn: '2025-05-01',
  },
};
const asked = (more: Partial<MarkFacts> = {}, on = '2026-11-23', accepted = true): Entitlement =>
  entitlementOn({ ...facts, ...more }, { accepted, titleRule: rules.title, on });
const kinds = (one: Entitlement): readonly string[] =>
  one.kind === 'entitled' ? [] : one.hindrances.map((each) => each.kind);

describe('entitlement', () => {
  it('is there when all holds, and says the first teach date before it: the later of cycle and provider', () => {
    assert.deepEqual(asked(), { kind: 'entitled', wording: { kind: 'taught' }, firstTeach: '2025-09-08' });
    assert.deepEqual(asked({}, '2025-09-07'), {
      kind: 'entitled',
      wording: { kind: 'before-first-teach', firstTeach: '2025-09-08' },
      firstTeach: '2025-09-08',
    });
    assert.equal(asked({}, '2025-09-08').kind, 'entitled');
    const early = asked({ offer: { ...facts.offer, firstTeach: '2020-01-01' } as MarkFacts['offer'] }, '2025-08-31');
    assert.equal(early.kind === 'entitled' && early.firstTeach, '2025-09-01', 'never before the cycle’s');
  });

  it('tells every reason together', () => {
    assert.deepEqual(kinds(asked({ approval: null, offer: null }, '2026-11-23', false)), [
      'not-approved',
      'not-offered',
      'terms-not-accepted',
    ]);
    assert.deepEqual(kinds(asked({}, '2024-02-29')), ['approved-later', 'offer-unconfirmed']);
    assert.deepEqual(kinds(asked({ offer: { ...facts.offer, confirmedOn: null } as MarkFacts['offer'] })), [
      'offer-unconfirmed',
    ]);
    assert.deepEqual(kinds(asked({ qualification: { ...facts.qualification, title: 'HTQ in Networks' } })), ['title']);
  });

  it('ends on the day of withdrawal, and comes back with a later approval', () => {
    const withdrawal = { on: '2026-06-30', reason: 'r' };
    assert.equal(asked({ withdrawal }, '2026-06-29').kind, 'entitled');
    assert.deepEqual(kinds(asked({ withdrawal, approval: null }, '2026-06-30')), ['withdrawn']);
    assert.deepEqual(kinds(asked({ withdrawal }, '2026-07-01')), ['withdrawn']);
    const again = { cycle: '6', approvedOn: '2026-10-01', firstTeach: '2026-10-05' };
    assert.equal(asked({ withdrawal, approval: again }).kind, 'entitled');
  });
});

describe('titles', () => {
  it('are searched for whole words, in any case and with any punctuation', () => {
    for (const title of [
      'HTQ Diploma',
      'Diploma (htq)',
      'HTQ-approved Diploma',
      'Higher  Technical Qualification in X',
      'HTQs',
    ])
      assert.equal(forbiddenInTitle(title, rules.title).length, 1, title);
    for (const title of ['Higher Technical Diploma', 'Diploma', 'WHTQX Diploma'])
      assert.deepEqual(forbiddenInTitle(title, rules.title), [], title);
    assert.equal(mendedTitle('HTQ in Network Engineering', rules.title), 'Network Engineering');
    assert.equal(mendedTitle('HNC Computing (HTQ)', rules.title), 'HNC Computing');
    assert.ok(isListingTitle('HNC Computing (HTQ)', rules.title));
    assert.ok(!isListingTitle('HTQ Computing (HTQ)', rules.title));
  });
});

describe('the drawn mark', () => {
  const states: readonly MarkState[] = [
    { kind: 'standing' },
    { kind: 'before-first-teach', firstTeach: '2027-09-01' },
    { kind: 'withdrawn', on: '2026-06-30' },
    { kind: 'not-in-use' },
  ];
  const draw = (state: MarkState, at = 0) => {
    const scheme = rules.placeholder.schemes[at];
    assert.ok(scheme);
    return drawMark(rules.placeholder, scheme, state, 'Text & <more>', null, outlineText);
  };

  it('has the contrast that WCAG wants, in each scheme', () => {
    for (const one of rules.placeholder.schemes) {
      assert.ok(contrast(one.text, one.ground) >= leastForText, one.id);
      assert.ok(contrast(one.ink, one.ground) >= leastForGraphics, one.id);
    }
    assert.equal(contrast('#000000', '#ffffff').toFixed(1), '21.0');
    assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48', 'a grey that just fails');
  });

  it('only draws, says what it is to those who do not see it, and each state looks different', () => {
    const seen = new Set<string>();
    for (const at of rules.placeholder.schemes.keys())
      for (const state of states) {
        const { svg } = draw(state, at);
        assert.equal(svgProblem(svg), null);
        assert.match(svg, /<title>Text &amp; &lt;more&gt;<\/title>/);
        assert.doesNotMatch(svg, /NaN|undefined/);
        seen.add(svg);
      }
    assert.equal(seen.size, states.length * rules.placeholder.schemes.length);
  });

  it('keeps the clear space within the picture, from the same number as the guidance says', () => {
    const wider = { ...rules.placeholder, clearSpace: 0.5 };
    const [scheme] = rules.placeholder.schemes;
    assert.ok(scheme);
    const one = draw({ kind: 'standing' });
    const other = drawMark(wider, scheme, { kind: 'standing' }, '', null, outlineText);
    assert.equal(other.height - one.height, 48, 'a quarter of 96 more on each side');
    assert.ok(adviceOf(rules, wider).some((each) => each.do.includes('Keep half of the mark’s height clear')));
    assert.ok(adviceOf(rules, rules.placeholder).some((each) => each.do.includes('a quarter of the mark’s height')));
  });

  it('shows official artwork whole, and words alone where the mark does not hold', () => {
    const artwork = readArtwork(
      '<?xml version="1.0"?><svg viewBox="0 0 200 100" xmlns:x="urn:x"><circle r="9"/></svg>',
    );
    assert.ok(artwork);
    const [scheme] = rules.placeholder.schemes;
    assert.ok(scheme);
    const drawn = (state: MarkState) => drawMark(rules.placeholder, scheme, state, '', artwork, outlineText).svg;
    assert.match(drawn({ kind: 'standing' }), /<circle/);
    assert.doesNotMatch(drawn({ kind: 'withdrawn', on: '2026-06-30' }), /<circle/);
    assert.equal(svgProblem(drawn({ kind: 'standing' })), null);
    assert.equal(readArtwork('<svg><circle/></svg>'), null);
  });
});

describe('the check of a page', () => {
  const mark = (more: Partial<MarkFacts> = {}, on = '2026-11-23'): KnownMark => ({
    offer: 'o',
    facts: { ...facts, ...more },
    entitlement: asked(more, on),
  });
  const check = (lines: readonly string[], marks: readonly KnownMark[], heading = 0) =>
    checkPage(
      { blocks: lines.map((text, at) => ({ text, isHeading: at === heading, place: `line ${at + 1}` })), images: [] },
      {
        marks,
        titleRule: rules.title,
        occupations: [
          { reference: 'ST9001', title: 'Network technician' },
          { reference: 'ST9002', title: 'Building services designer' },
        ],
      },
    ).findings;
  const found = (...given: Parameters<typeof check>) => check(...given).map((one) => [one.kind, one.place]);

  it('finds forbidden words in the title of a course, and in no other heading', () => {
    const [one] = check(['Level 4 Diploma in Networks (HTQ approved)', 'Text'], [mark()]);
    assert.equal(one?.kind, 'title');
    assert.equal(one?.excerpt.match, 'HTQ');
    assert.match(one?.mend ?? '', /Level 4 Diploma in Networks/);
    assert.deepEqual(found(['What is a Higher Technical Qualification?'], [mark()]), []);
    assert.equal(check(['Level 4 Diploma in Networks (HTQ)'], [mark()])[0]?.weight, 'look', 'a listing may');
  });

  it('wants the first teach date where a claim comes before it, however it is written', () => {
    const later = mark({ approval: { cycle: '6', approvedOn: '2026-01-01', firstTeach: '2027-09-01' } });
    const claim = 'The Level 4 Diploma in Networks is a Higher Technical Qualification.';
    assert.deepEqual(found(['Courses', claim], [later]), [['first-teach', 'line 2']]);
    for (const said of ['It begins in September 2027.', 'From 1/9/2027.', 'Start: 2027-09-01'])
      assert.deepEqual(found(['Courses', claim, said], [later]), [], said);
    assert.deepEqual(found(['Courses', claim], [mark()]), [], 'taught already');
  });

  it('finds claims that are withdrawn, another occupation, and what the register does not hold', () => {
    const gone = mark({ withdrawal: { on: '2026-06-30', reason: 'It was retired.' }, approval: null });
    const claim = 'The Level 4 Diploma in Networks is an HTQ';
    const [one] = check(['Courses', claim], [gone]);
    assert.equal(one?.kind, 'not-entitled');
    assert.match(one?.wrong ?? '', /withdrawn on 30 June 2026/);
    assert.deepEqual(found(['Courses', `${claim} for building services designers`], [mark()]), [
      ['occupation', 'line 2'],
    ]);
    assert.deepEqual(found(['Courses', `${claim} for network technicians`], [mark()]), []);
    assert.deepEqual(found(['Courses', 'Our HND in Art is an HTQ.'], [mark()]), [['unknown', 'line 2']]);
    assert.deepEqual(found(['Courses', 'The Level 4 Diploma in Networks costs nothing.'], [gone]), [], 'no claim');
  });

  it('draws its state from the entitlement', () => {
    assert.deepEqual(markStateOf(asked({}, '2026-11-23', false)), { kind: 'not-in-use' });
  });
});
