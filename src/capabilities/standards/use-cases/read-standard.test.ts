import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from '#platform/documents/plain-text.ts';
import { readClaimable } from './claimable-standard.ts';
import { readStandard, withoutPersonalData } from './read-standard.ts';

const record = {
  referenceNumber: 'ST9999',
  versionNumber: '1.0',
  title: 'Lamp keeper ',
  level: '4',
  status: 'Approved for delivery',
  knowledges: [
    { knowledgeId: 'k1', detail: '&lt;p&gt;Oil &amp;amp; wicks&lt;/p&gt;' },
    { knowledgeId: 'k2', detail: 'Tides' },
    { knowledgeId: 'k3', detail: 'Storms' },
  ],
  skills: [{ skillId: 's1', detail: 'Trim a wick' }],
  behaviours: null,
  options: [
    { optionId: 'o1', title: 'Rock &amp; reef' },
    { optionId: 'o2', title: 'Harbour' },
  ],
  duties: [
    {
      dutyID: 'd1',
      dutyDetail: 'Keep it lit',
      isThisACoreDuty: 1,
      mappedKnowledge: ['k1'],
      mappedSkills: ['s1', 'gone'],
      mappedBehaviour: null,
      mappedOptions: null,
    },
    {
      dutyID: 'd2',
      dutyDetail: 'Watch the tide',
      isThisACoreDuty: 0,
      mappedKnowledge: ['k2'],
      mappedSkills: null,
      mappedOptions: ['o2', 'deleted'],
    },
    {
      dutyID: 'd3',
      dutyDetail: 'Ride it out',
      isThisACoreDuty: 0,
      mappedKnowledge: ['k1', 'k3'],
      mappedOptions: ['deleted'],
    },
  ],
};

const read = (raw: unknown) => {
  const answer = readStandard(raw);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};

describe('readStandard', () => {
  it('gives codes by place, plain text, and numbers that came as text', () => {
    const standard = read(record);
    assert.deepEqual(
      standard.ksbs.map((ksb) => `${ksb.code} ${ksb.text}`),
      ['K1 Oil & wicks', 'K2 Tides', 'K3 Storms', 'S1 Trim a wick'],
    );
    assert.equal(standard.level, 4);
    assert.equal(standard.title, 'Lamp keeper');
    assert.deepEqual(
      standard.duties.map((duty) => duty.ksbs),
      [['K1', 'S1'], ['K2'], ['K1', 'K3']],
    );
  });

  it('tells core from options: a duty that names no listed option makes its KSBs core', () => {
    const standard = read(record);
    assert.deepEqual(
      standard.ksbs.map((ksb) => [ksb.code, ksb.core, ksb.options]),
      [
        ['K1', true, []],
        ['K2', false, ['o2']],
        ['K3', true, []],
        ['S1', true, []],
      ],
    );
    assert.deepEqual(
      standard.options.map((option) => option.title),
      ['Rock & reef', 'Harbour'],
    );
  });

  it('reads old records without duties or lists, and newer kinds whose lists are named otherwise', () => {
    const bare = read({ referenceNumber: 'st0001', version: 1.1, title: 'Old' });
    assert.deepEqual([bare.reference, bare.version, bare.ksbs.length, bare.duties.length], ['ST0001', '1.1', 0, 0]);
    const foundation = read({
      referenceNumber: 'FA0001',
      versionNumber: '1.0',
      title: 'New',
      technicalKnowledges: [{ id: 'a', detail: 'A' }],
      employabilitySkillsAndBehaviours: [{ id: 'b', detail: 'B' }],
    });
    assert.deepEqual(
      foundation.ksbs.map((ksb) => ksb.code),
      ['K1', 'B1'],
    );
  });

  it('refuses what cannot be a standard, each field with its reason', () => {
    const refusal = readStandard({ referenceNumber: 'hello', title: '' });
    assert.equal(refusal.kind, 'refused');
    if (refusal.kind === 'refused')
      assert.deepEqual(
        refusal.refusal.map((problem) => problem.path),
        ['referenceNumber', 'versionNumber', 'title'],
      );
    for (const odd of [null, 3, 'x', [], { referenceNumber: {}, knowledges: [3] }])
      assert.equal(readStandard(odd).kind, 'refused');
  });

  it('drops the keys that name people, and no other', () => {
    assert.deepEqual(withoutPersonalData({ tbMainContact: 'x', eQAProvider: {}, title: 'y' }), { title: 'y' });
    assert.equal(withoutPersonalData(7), 7);
  });
});

describe('readClaimable', () => {
  it('reads of a plain record what the full reading does', () => {
    for (const raw of [
      record,
      { ...record, options: [], level: 4, behaviours: [] },
      { ...record, level: 4, options: [], skills: [], behaviours: [], technicalSkills: [{ id: 'x', detail: 'X' }] },
    ]) {
      const quick = readClaimable(raw);
      const full = read(raw);
      if (quick.kind !== 'ok') throw new Error('refused');
      assert.deepEqual(
        quick.value.ksbs.map(({ code, text, core, options }) => ({ code, text, core, options: [...options] })),
        full.ksbs.map(({ code, text, core, options }) => ({ code, text, core, options: [...options] })),
      );
      assert.deepEqual(
        [quick.value.reference, quick.value.version, quick.value.title, quick.value.level],
        [full.reference, full.version, full.title, full.level],
      );
    }
  });
});

describe('plainText', () => {
  it('undoes double escapes, keeps paragraphs and lists as lines, and lets no markup through', () => {
    assert.equal(
      plainText(
        '&lt;p&gt;One &amp;#39;two&amp;#39;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;a&lt;/li&gt;&lt;li&gt;b&lt;/li&gt;&lt;/ul&gt;',
      ),
      "One 'two'\n\n• a\n\n• b",
    );
    assert.equal(plainText('<script>alert(1)</script>5 < 6 &amp; 7'), 'alert(1)5 < 6 & 7');
    assert.equal(plainText('a\u00a0b  c '), 'a b c');
  });
});
