import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draftLetter, hasPrompts, type Letter, paragraphsOf, signedWords, standingOf } from './letter.ts';

const letter: Letter = {
  id: 'l',
  organisation: 'college',
  organisationName: 'Northfield College',
  employer: { id: 'e', name: 'Halden', size: null, sector: null, region: null },
  contact: { id: 'c', name: 'Priya Shah', role: 'Head of networks', address: 'priya@halden.example' },
  occupations: ['ST9001'],
  draft: 'One.\n\nTwo.',
  amended: null,
  state: 'sent',
  revision: 1,
  token: 't',
  sentTo: 'h',
  sentAt: new Date('2026-11-01T09:00:00Z'),
  until: new Date('2026-11-29T09:00:00Z'),
  reason: '',
  madeBy: null,
  madeAt: new Date('2026-11-01T08:00:00Z'),
  signed: null,
};

describe('a letter of support', () => {
  it('stands open until its last moment, and for nobody without an address', () => {
    assert.equal(standingOf(letter, new Date('2026-11-29T08:59:59Z')), 'open');
    assert.equal(standingOf(letter, new Date('2026-11-29T09:00:00Z')), 'expired');
    assert.equal(standingOf({ ...letter, contact: null }, new Date('2026-11-02')), 'withdrawn');
    assert.equal(
      standingOf({ ...letter, contact: { id: 'c', name: 'P', role: '', address: null } }, new Date('2026-11-02')),
      'withdrawn',
    );
    assert.equal(standingOf({ ...letter, state: 'draft' }, new Date('2026-11-02')), 'withdrawn', 'not sent yet');
    assert.equal(standingOf({ ...letter, state: 'signed' }, new Date('2030-01-01')), 'signed');
  });

  it('is parted at empty lines, however a browser sends them', () => {
    assert.deepEqual(paragraphsOf('One\r\nline.\r\n\r\n  \r\nTwo.\n \nThree.\n'), ['One\nline.', 'Two.', 'Three.']);
  });

  it('is drafted from what is known, and asks for what only the employer knows', () => {
    const draft = draftLetter({
      organisation: 'Northfield College',
      employer: 'Halden Data Centres',
      occupations: ['Network engineer (ST0127)'],
      items: [
        {
          kind: 'meeting',
          id: 'm',
          employer: letter.employer,
          on: '2026-10-01',
          occupations: ['ST0127'],
          confidential: false,
          title: 'A visit',
          parts: [{ text: 'They lose many people.', confidential: false }],
          signature: null,
          ageMonths: 1,
        },
        {
          kind: 'meeting',
          id: 'n',
          employer: letter.employer,
          on: '2026-10-05',
          occupations: ['ST0127'],
          confidential: true,
          title: 'A call',
          parts: [],
          signature: null,
          ageMonths: 1,
        },
        {
          kind: 'attendance',
          id: 'a',
          employer: letter.employer,
          on: '2026-09-01',
          occupations: ['ST0127'],
          confidential: false,
          title: '“Skills”',
          parts: [],
          signature: null,
          ageMonths: 2,
        },
      ],
      asks: ['Network engineer, 3 people'],
    });
    assert.match(draft, /^Halden Data Centres writes about Network engineer \(ST0127\)\./);
    assert.match(
      draft,
      /\n\nWe spoke with Northfield College about this once in 2026 and came to an event for employers in 2026\.\n\n/,
    );
    assert.match(draft, /Network engineer, 3 people/);
    assert.doesNotMatch(draft, /lose many people/, 'notes of a meeting stay where they are');
    assert.doesNotMatch(draft, /twice/, 'others will read it: a confidential meeting is not in it');
    assert.ok(hasPrompts(draft));
    assert.ok(hasPrompts('We have [how many'), 'a bracket that was taken out by half');
    assert.ok(hasPrompts('how many] people'));
    assert.ok(!hasPrompts('We have 12 people.'));
  });

  it('tells often and for how long in a sentence, not day by day', () => {
    const item = (kind: 'meeting' | 'attendance', on: string) => ({
      kind,
      id: on,
      employer: letter.employer,
      on,
      occupations: ['ST0127', 'ST0128'],
      confidential: false,
      title: '“Skills”, 2 people',
      parts: [],
      signature: null,
      ageMonths: 1,
    });
    const draft = draftLetter({
      organisation: 'Northfield College',
      employer: 'Halden',
      occupations: ['Network engineer (ST0127)', 'Network technician (ST0128)'],
      items: [
        ...['2026-10-01', '2024-01-05', '2025-03-01'].map((on) => item('meeting', on)),
        ...['2026-11-17', '2026-02-01'].map((on) => item('attendance', on)),
      ],
      asks: ['Engineer (2 people)', 'Engineer (2 people)'],
    });
    assert.match(
      draft,
      /^We spoke with Northfield College about this 3 times from 2024 to 2026 and came to 2 events for employers in 2026\.$/m,
    );
    assert.match(draft, /for these occupations to be taught/);
    assert.match(draft, /^We look for people for these jobs: Engineer \(2 people\)\.$/m);
  });

  it('is signed word by word: a change of anything is another signature', () => {
    const signed = {
      parts: [{ text: 'We want it.', confidential: false }],
      occupations: ['ST9001'],
      signedAt: new Date('2026-11-02T10:00:00Z'),
      signerHash: 'abc',
      organisationName: 'Northfield College',
      employerName: 'Halden',
    };
    const words = signedWords(letter.id, signed);
    const others = [
      signedWords('another', signed),
      signedWords(letter.id, { ...signed, occupations: ['ST9002'] }),
      signedWords(letter.id, { ...signed, parts: [{ text: 'We want it.', confidential: true }] }),
      signedWords(letter.id, { ...signed, parts: [{ text: 'We want it!', confidential: false }] }),
      signedWords(letter.id, { ...signed, signedAt: new Date('2026-11-02T10:00:01Z') }),
      signedWords(letter.id, { ...signed, signerHash: 'abd' }),
      signedWords(letter.id, { ...signed, employerName: 'Halden Ltd' }),
    ];
    assert.equal(new Set([words, ...others]).size, others.length + 1);
    assert.equal(signedWords(letter.id, signed), words);
  });
});
