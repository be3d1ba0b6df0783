import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import ICAL from 'ical.js';
import { type CalendarToWrite, writeCalendar } from './write-calendar.ts';

/** Parses a calendar and lets libical say what RFC 5545 and 5546 forbid in it: the strictest reader there is. */
const checker = `#include <stdio.h>
#include <stdlib.h>
#include <libical/ical.h>
int main(void) {
  static char text[1 << 20];
  size_t length = fread(text, 1, sizeof text - 1, stdin);
  text[length] = 0;
  icalcomponent *calendar = icalparser_parse_string(text);
  if (!calendar) { puts("no calendar"); return 1; }
  icalrestriction_check(calendar);
  int errors = icalcomponent_count_errors(calendar);
  if (errors) puts(icalcomponent_as_ical_string(calendar));
  return errors ? 1 : 0;
}
`;

const entry = {
  uid: 'x@toolkit.example',
  sequence: 3,
  time: { kind: 'instants', starts: new Date('2027-03-28T00:30:00Z'), ends: new Date('2027-03-28T01:30:00Z') },
  stamp: new Date('2026-11-23T12:00:00Z'),
  title: 'Größe; Länge, und “Maß”: a title that is long enough to be folded more than once, as a title may be',
  description: 'One line\nand another\\one',
  place: 'A hall, 1 Example Street',
  url: 'https://toolkit.example/events/x',
} as const;
const people = {
  organiser: { name: 'HTQ Toolkit', address: 'events@toolkit.example' },
  attendee: { name: 'A Guest', address: 'guest@company.example' },
};
const kinds: Readonly<Record<string, CalendarToWrite>> = {
  'a file of instants': {
    name: 'Events',
    product: 'events',
    entries: [{ ...entry, cancelled: false }],
    refreshHours: 6,
  },
  'a file of days': {
    name: 'Plan',
    product: 'plan',
    entries: [
      { ...entry, time: { kind: 'days', first: '2027-03-28', after: '2027-03-30' }, free: true, categories: ['Staff'] },
    ],
  },
  'a request': {
    name: 'Event',
    product: 'events',
    method: 'REQUEST',
    entries: [{ ...entry, ...people, cancelled: false }],
  },
  'a cancellation': {
    name: 'Event',
    product: 'events',
    method: 'CANCEL',
    entries: [{ ...entry, ...people, cancelled: true }],
  },
};

describe('calendars', () => {
  const folder = mkdtempSync(join(tmpdir(), 'htq-ical-'));
  let libical: string | null = null;
  before(() => {
    const source = join(folder, 'check.c');
    writeFileSync(source, checker);
    const made = spawnSync('cc', [source, '-lical', '-o', join(folder, 'check')], { stdio: 'ignore' });
    if (made.status === 0) libical = join(folder, 'check');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, calendar] of Object.entries(kinds)) {
    it(`${name} has lines of at most 75 octets, UTC stamps, and reads back as it was meant`, () => {
      const text = writeCalendar(calendar);
      for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.match(text, /\r\nDTSTAMP:20261123T120000Z\r\n/);
      const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent') ?? undefined);
      assert.equal(event.uid, entry.uid);
      assert.equal(event.sequence, 3);
      assert.equal(event.summary, entry.title);
      assert.equal(event.description, entry.description);
      if (calendar.entries[0]?.time.kind === 'instants')
        assert.equal(event.startDate.toJSDate().toISOString(), entry.time.starts.toISOString());
      else assert.equal(event.endDate.toString(), '2027-03-30');
    });

    it(`${name} has nothing that libical refuses`, (test) => {
      if (libical === null) return test.skip('Debian’s libical-dev and a C compiler are not here');
      const checked = spawnSync(libical, { input: writeCalendar(calendar), encoding: 'utf8' });
      assert.equal(checked.status, 0, checked.stdout);
    });
  }

  it('libical refuses a request that names no organiser: the check can fail', (test) => {
    if (libical === null) return test.skip('Debian’s libical-dev and a C compiler are not here');
    const wrong = writeCalendar({ name: 'Event', product: 'events', method: 'REQUEST', entries: [entry] });
    assert.throws(() => execFileSync(libical ?? '', { input: wrong, stdio: ['pipe', 'ignore', 'ignore'] }));
  });
});
