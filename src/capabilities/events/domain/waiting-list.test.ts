import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offerUntil } from './booking.ts';
import { minutesOf, sameName } from './meeting-list.ts';
import { offersFor, type Waiting } from './waiting-list.ts';

describe('offers of places', () => {
  it('on random lists: never more than is free, none is passed over who could have used it, none stays empty in vain', () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 2000; round += 1) {
      const free = random(8);
      const line: Waiting[] = Array.from({ length: random(7) }, (_, at) => ({
        id: String(at),
        wanted: 1 + random(5),
        partWillDo: random(2) === 0,
      }));
      const offers = offersFor(free, line);
      const given = new Map(offers.map((one) => [one.id, one.places]));
      const sum = offers.reduce((total, one) => total + one.places, 0);
      assert.ok(sum <= free);
      for (const [at, one] of line.entries()) {
        const places = given.get(one.id) ?? 0;
        assert.ok(places <= one.wanted && (places === 0 || places === one.wanted || one.partWillDo));
        // What was left when it was their turn: everything that those before them did not get.
        const left = free - line.slice(0, at).reduce((total, other) => total + (given.get(other.id) ?? 0), 0);
        assert.equal(places, one.wanted <= left ? one.wanted : one.partWillDo ? left : 0, 'their turn came in order');
      }
    }
  });

  it('stands for a day, shorter near the event, and never past its beginning', () => {
    const now = new Date('2027-03-01T12:00:00Z');
    const after = (hours: number) =>
      offerUntil(now, new Date(now.getTime() + hours * 3_600_000)).getTime() - now.getTime();
    assert.equal(after(100), 24 * 3_600_000);
    assert.equal(after(8), 2 * 3_600_000);
    assert.equal(after(1), 30 * 60_000);
    assert.equal(after(0.2), 0.2 * 3_600_000);
  });
});

describe('lists of meeting tools', () => {
  it('durations as Teams, Zoom and Meet write them', () => {
    assert.equal(minutesOf('1h 5m 30s'), 65.5);
    assert.equal(minutesOf('40m 30s'), 40.5);
    assert.equal(minutesOf('75'), 75);
    assert.equal(minutesOf('01:05:30'), 65.5);
    assert.equal(minutesOf('1 hr 5 min'), 65);
    assert.equal(minutesOf(''), null);
    assert.equal(minutesOf('all of it'), null);
  });
  it('names however they are spelt', () => {
    assert.ok(sameName('Osei, Amina (Guest)', 'Amina Osei'));
    assert.ok(sameName('Zoë O’Neil', 'zoe o neil'));
    assert.ok(!sameName('Amina Osei', 'Amina Osman'));
    assert.ok(!sameName('(Guest)', '(Guest)'));
  });
});
