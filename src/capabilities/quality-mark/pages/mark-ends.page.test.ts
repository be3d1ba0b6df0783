import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site } from '../../../../test/support/site.ts';
import { testInstant } from '../../../../test/support/stores.ts';
import type { Assertion } from '../../register/domain/fact.ts';
import { factsHolding, recordFacts } from '../../register/store/facts.ts';
import { hearRegister } from '../use-cases/hear-register.ts';
import { settleAll } from '../use-cases/settle-marks.ts';
import { sourcesHere, verifyFile } from '../use-cases/verify-credential.ts';

const northfield = '19999901';
const southgate = '19999902';
const keys = { qualification: null, occupation: null, ukprn: null };

describe('a mark that ends or begins', () => {
  let site: Site;
  let on: string;
  before(async () => {
    site = await openSite('example');
    on = site.ctx.clock().toISOString().slice(0, 10);
  });
  after(() => site.close());
  const enter = (assertions: readonly Assertion[]) =>
    site.ctx.transaction((inside) => recordFacts(inside, assertions, { source: 'test', retrievedOn: on }));
  const hear = (what: string, qualification: string, ukprn: string | null = null) =>
    site.ctx.transaction((inside) => hearRegister.hear(inside, { qualification, what, ukprn, from: on }));
  const credential = (offer: string) => site.get(`/mark/offers/${offer}/credential.json`);
  const kindOf = async (text: string) =>
    (await verifyFile(Buffer.from(text), sourcesHere(site.ctx), site.ctx.clock())).kind;

  it('is there for those who offer the qualification when its details change, and held it not before', async () => {
    await sql`update quality_mark.credential set revoked_at = ${site.ctx.clock()}, revoked_for = 'withdrawn' where revoked_at is null`.execute(
      site.ctx.db,
    );
    assert.equal((await credential('999-0001-1-northfield/ST9001')).status, 404);
    await hear('details', '999-0001-1');
    assert.equal(await kindOf((await credential('999-0001-1-northfield/ST9001')).text), 'valid');
    const again = async () =>
      (await keptMail(site.ctx, 100)).filter((one) => /may be used again for 3 qualifications/.test(one.subject));
    // Once to each of the college's people, who were told to take it down.
    const told = (await again()).map((one) => one.to);
    assert.ok(told.includes('amina.lead@northfield.example'));
    assert.equal(new Set(told).size, told.length);
    await hear('details', '999-0001-1');
    assert.equal((await again()).length, told.length);
  });

  it('begins at each site when that site and the occupation do, whatever another occupation’s day is', async () => {
    const qualification = '999-0001-1';
    await enter([
      {
        kind: 'approval',
        subject: `${qualification}/ST0001`,
        keys: { ...keys, qualification, occupation: 'ST0001' },
        from: '2026-01-01',
        to: null,
        body: {
          cycle: '6',
          approvedOn: '2026-01-01',
          firstTeach: '2030-09-01',
          occupationTitle: 'Another',
          nextReview: null,
          option: null,
          standardVersion: null,
        },
      },
      {
        kind: 'offer',
        subject: `${qualification}-northfield-two`,
        keys: { ...keys, qualification, ukprn: northfield },
        from: '2026-01-01',
        to: null,
        body: {
          site: 'Second site',
          postcode: '',
          mode: 'either',
          entryRoutes: [],
          units: [],
          firstTeach: null,
          confirmedBy: 'Example Awards',
          confirmedOn: '2026-01-01',
          confirmedWith: 'A letter',
        },
      },
    ]);
    const mark = async (occupation: string) =>
      (await site.get(`/mark/offers/${qualification}-northfield-two/${occupation}/mark-light.svg`)).text;
    assert.match(await mark('ST0001'), /First teaching on 1 September 2030/);
    assert.doesNotMatch(await mark('ST9001'), /First teaching|does not hold/);
  });

  it('says why no credential is made where the key was sealed under another secret', async () => {
    const place = '/mark/offers/999-0001-1-northfield';
    const sealed = await sql<{
      sealed: Buffer;
    }>`select sealed from quality_mark.signing_key where retired_at is null`.execute(site.ctx.db);
    const put = (bytes: Buffer | undefined) =>
      sql`update quality_mark.signing_key set sealed = ${bytes} where retired_at is null`.execute(site.ctx.db);
    await put(Buffer.alloc(120));
    await sql`update quality_mark.credential set offer = offer || '-x' where ukprn = ${northfield}`.execute(
      site.ctx.db,
    );
    assert.match((await site.get(place)).text, /sealed under another secret/);
    const nadia = await site.as('nadia.administrator@department.example');
    assert.match((await site.get('/mark/artwork', nadia)).text, /sealed under another HTQ_SIGNING_SECRET/);
    await sql`update quality_mark.credential set offer = left(offer, -2) where ukprn = ${northfield}`.execute(
      site.ctx.db,
    );
    await put(sealed.rows[0]?.sealed);
    assert.doesNotMatch((await site.get(place)).text, /sealed under another secret/);
  });

  it('counts days as London does', async () => {
    const mark = async () => (await site.get('/mark/offers/999-0002-2-northfield/ST9002/mark-light.svg')).text;
    site.setTime(new Date('2028-09-10T22:59:00Z'));
    assert.match(await mark(), /First teaching on 11 September 2028/);
    site.setTime(new Date('2028-09-10T23:01:00Z'));
    assert.doesNotMatch(await mark(), /First teaching/);
    site.setTime(testInstant);
  });

  it('says so where the provider closed or the register holds the qualification no more: picture, page, credential', async () => {
    const place = '/mark/offers/999-0001-1-northfield';
    const { text } = await credential('999-0001-1-northfield/ST9001');
    const check = async (why: RegExp) => {
      assert.equal(await kindOf(text), 'ended');
      const picture = await site.get(`${place}/ST9001/mark-light.svg`);
      assert.equal(picture.status, 200);
      assert.match(picture.text, /<title>The quality mark does not hold today/);
      const page = await site.get(place);
      assert.equal(page.status, 200);
      assert.match(page.text, why);
      assert.doesNotMatch(page.text, /names no occupation/);
    };
    const [provider] = await factsHolding(
      site.ctx,
      { on, known: null },
      { kinds: ['provider'], subjects: [northfield] },
    );
    const about = { kind: 'provider', subject: northfield, keys: { ...keys, ukprn: northfield }, from: on, to: null };
    assert.equal(await kindOf(text), 'valid');
    await enter([{ ...about, body: { ...provider?.body, closedOn: on } } as Assertion]);
    await hear('provider', '999-0001-1', northfield);
    await check(/The register holds no offer of this qualification here/);
    const letters = (await keptMail(site.ctx, 500)).filter((one) =>
      /no longer holds for 3 qualifications/.test(one.subject),
    );
    assert.equal(new Set(letters.map((one) => one.to)).size, letters.length, 'one message a person, of all that ended');
    assert.match(JSON.stringify(letters[0]?.body), /Community Networks[\s\S]*Building Services Design/);
    await enter([{ ...about, body: null } as Assertion]);
    await check(/no longer holds this qualification, or this provider/);
    await enter([{ ...about, body: provider?.body } as Assertion]);
    await hear('provider', '999-0001-1', northfield);
    assert.equal(await kindOf((await credential('999-0001-1-northfield/ST9001')).text), 'valid', 'open again');
    await enter([
      {
        kind: 'qualification',
        subject: '999-0001-1',
        keys: { ...keys, qualification: '999-0001-1' },
        from: on,
        to: null,
        body: null,
      },
    ]);
    await hear('details', '999-0001-1');
    await check(/no longer holds this qualification, or this provider/);
  });

  it('is settled though another provider’s cannot be, and that is told when all were tried', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    const accept = { terms: '1', name: 'R. Kavanagh', role: 'Lead', agree: 'yes' };
    await site.post('/mark/offers/999-0002-2-southgate/accept', accept, ruth);
    const { text } = await credential('999-0002-2-southgate/ST9002');
    assert.equal(await kindOf(text), 'valid');
    await sql`update quality_mark.credential set statement = 'null' where ukprn = ${northfield}`.execute(site.ctx.db);
    const withdrawal = {
      kind: 'withdrawal',
      subject: '999-0002-2',
      keys: { ...keys, qualification: '999-0002-2' },
      from: on,
      to: null,
      body: { reason: 'quality', note: '', review: null },
    } as const;
    await enter([withdrawal]);
    await hear('withdrawal', '999-0002-2');
    assert.equal(await kindOf(text), 'ended', 'heard');
    await sql`update quality_mark.credential set revoked_at = null, revoked_for = null where ukprn = ${southgate}`.execute(
      site.ctx.db,
    );
    assert.equal(await kindOf(text), 'valid');
    await assert.rejects(settleAll(site.ctx), /marks of the provider 19999901 could not be settled/);
    assert.equal(await kindOf(text), 'ended', 'by the job of the day');
  });
});
