import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { bakeSvg } from '#platform/credentials/bake.ts';
import { readPdf } from '#platform/documents/read-pdf.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { formToken, sessionCookie } from '#web/session.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { hearRegister } from '../use-cases/hear-register.ts';
import { disown, keysSeen, rotateKey } from '../use-cases/keys.ts';
import { settleAll, settleProvider } from '../use-cases/settle-marks.ts';
import { sourcesHere, verifyFile } from '../use-cases/verify-credential.ts';

const taught = '/mark/offers/999-0001-1-northfield';
const later = '/mark/offers/999-0002-2-northfield';
const withdrawn = '/mark/offers/999-0003-3-northfield';
const southgate = '/mark/offers/999-0002-2-southgate';

describe('the quality mark', () => {
  let site: Site;
  let amina: Visitor;
  let ruth: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    ruth = await site.as('ruth.lead@southgate.example');
  });
  after(() => site.close());
  const verdict = async (text: string) => verifyFile(Buffer.from(text), sourcesHere(site.ctx), site.ctx.clock());
  const credential = async (offer: string, occupation: string, ending = 'json') =>
    site.get(`${offer}/${occupation}/credential.${ending}`);

  it('says that it is a placeholder, and lists what one’s provider may use it for', async () => {
    const page = (await site.get('/mark', amina)).text;
    assert.match(page, /is a placeholder that says so/);
    assert.match(page, /May be used/);
    assert.match(page, /With “from 11 September 2028”/);
    assert.match(page, /Withdrawn: take it down/);
    assert.match((await site.get('/mark')).text, /sign in/);
  });

  it('says for each offer whether it may be used on the day, and why not', async () => {
    assert.match((await site.get(taught)).text, /Northfield College may use the quality mark/);
    assert.match((await site.get(later)).text, /says with it that first teaching is on 11 September 2028/);
    const gone = (await site.get(withdrawn)).text;
    assert.match(gone, /may not use the quality mark/);
    assert.match(gone, /Approval was withdrawn on 30 June 2026: The awarding organisation withdrew it/);
    assert.equal((await site.get('/mark/offers/none')).status, 404);
  });

  it('shows its files to people of the provider alone, and names who accepted to them alone', async () => {
    assert.match((await site.get(taught, amina)).text, /by Amina Osei, Head of higher education/);
    const public_ = (await site.get(taught)).text;
    assert.doesNotMatch(public_, /Amina|Download all files/);
    const own = (await site.get(taught, amina)).text;
    assert.match(own, /aria-label="Lines for a web page, for Community network technician"[^>]*data-htq-copy/);
    const signature = own.slice(own.indexOf('Lines for an email signature'));
    const picture = /src=&quot;http:\/\/[^/]+([^&]*\.png)&quot;/.exec(signature)?.[1] ?? assert.fail('a PNG');
    const shown = await site.server.inject({ url: picture, headers: { host: 'localhost' } });
    assert.equal(shown.headers['content-type'], 'image/png');
    assert.equal(shown.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.match(
      String((await site.get(`${taught}/ST9001/mark.zip`, amina)).headers['content-disposition']),
      /quality-mark-999-0001-1-northfield-st9001\.zip/,
    );
    const zip = `${taught}/ST9001/mark.zip`;
    assert.equal((await site.get(zip)).status, 303);
    const grace = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.get(zip, grace)).status, 403);
    const answer = await site.server.inject({
      url: zip,
      headers: { host: 'localhost', cookie: `${sessionCookie}=${amina.token}` },
    });
    const raw = answer.statusCode === 200 ? answer.rawPayload : null;
    assert.ok(raw, 'the cookie of the session');
    const files = unzipSync(raw);
    for (const name of [
      'mark-light.svg',
      'mark-dark-640.png',
      'mark-single-320.png',
      'credential.svg',
      'credential.png',
      'credential.json',
      'for-a-web-page.html',
      'email-signature.html',
      'READ-ME.txt',
    ])
      assert.ok(files[name], name);
    const snippet = new TextDecoder().decode(files['for-a-web-page.html']);
    assert.match(
      snippet,
      /alt="Placeholder[^"]*, as it stands today for Level 4 Diploma[^"]*The link says whether it holds/,
    );
    const nadia = await site.as('nadia.administrator@department.example');
    assert.doesNotMatch((await site.get(taught, nadia)).text, /Download all files/, 'what would be refused');
    assert.match(new TextDecoder().decode(files['READ-ME.txt']), /PLACEHOLDER, NOT THE OFFICIAL MARK/);
    for (const name of ['credential.svg', 'credential.png'])
      assert.equal(
        (await verifyFile(files[name] ?? new Uint8Array(), sourcesHere(site.ctx), site.ctx.clock())).kind,
        'valid',
        name,
      );
  });

  it('serves a picture that others may embed, that shows withdrawal, and that no cache keeps for a minute', async () => {
    const live = await site.get(`${taught}/ST9001/mark-light.svg`);
    assert.equal(live.headers['content-type'], 'image/svg+xml');
    assert.equal(live.headers['cross-origin-resource-policy'], 'cross-origin');
    const age = Number(/max-age=(\d+)/.exec(String(live.headers['cache-control']))?.[1]);
    assert.ok(age <= 60, String(age));
    assert.match(
      (await site.get(`${withdrawn}/ST9001/mark-light.svg`)).text,
      /<title>Approval withdrawn on 30 June 2026/,
    );
    assert.match((await site.get(`${later}/ST9002/mark-dark.svg`)).text, /First teaching on 11 September 2028/);
    assert.equal((await site.get(`${taught}/ST9001/mark-pink.svg`)).status, 404);
    assert.equal((await site.get(`${taught}/ST9999/mark-light.svg`)).status, 404);
  });

  it('has terms that a lead accepts with their name; sent twice, they stand once, and the credential is there', async () => {
    assert.match((await site.get(southgate)).text, /Nobody has accepted these terms for Southgate Institute yet/);
    assert.equal((await credential(southgate, 'ST9002')).status, 404);
    const wrong = await site.post(`${southgate}/accept`, { terms: '1', name: '', role: 'Lead' }, ruth);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter your name/);
    assert.match(wrong.text, /value="Lead"/);
    const tom = await site.as('tom.member@northfield.example');
    const typed = { terms: '1', name: 'R. Kavanagh', role: 'Lead', agree: 'yes' };
    assert.equal((await site.post(`${southgate}/accept`, typed, tom)).status, 403);
    assert.equal((await site.post(`${southgate}/accept`, { ...typed, terms: '0' }, ruth)).status, 422);
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${southgate}/accept`, typed, ruth)).to, `${southgate}?done=accepted`);
    const issued = await credential(southgate, 'ST9002');
    assert.equal((await verdict(issued.text)).kind, 'valid');
    assert.match((await site.get(southgate, ruth)).text, /by R\. Kavanagh, Lead/);
    assert.deepEqual(await settleProvider(site.ctx, '19999902'), { issued: 0, revoked: 0 }, 'settled already');
  });

  it('checks a credential: genuine, altered by one letter, acting, another’s, and of no kind', async () => {
    const svg = (await credential(taught, 'ST9001', 'svg')).text;
    const send = (text: string, name = 'c.svg') => site.upload('/mark/verify', {}, { name, bytes: Buffer.from(text) });
    assert.match((await send(svg)).text, /This credential is genuine and holds today/);
    assert.match((await send(svg.replaceAll('Northfield College', 'Northfield Collage'))).text, /not genuine/);
    const json = JSON.parse((await credential(taught, 'ST9001')).text) as { description: string };
    const altered = bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"></svg>', {
      ...json,
      description: `${json.description}!`,
    });
    assert.match((await send(altered)).text, /This credential is not genuine/);
    assert.match(
      (await send(svg.replace('</svg>', '<script>alert(1)</script></svg>'))).text,
      /not opened: it holds &lt;script/,
    );
    assert.match(
      (await site.post('/mark/verify', { text: JSON.stringify({ ...json, issuer: 'https://elsewhere.example' }) }))
        .text,
      /Whether this credential is genuine is not known/,
    );
    assert.match((await send('hello', 'c.txt')).text, /No credential could be read/);
    const forged = (await send(altered)).text;
    assert.match(forged, /It claims, and nothing vouches for it/);
    assert.match(forged, /Names as its issuer/);
    assert.doesNotMatch(forged, /Signed by/);
    const address = `${taught}/ST9001/credential.png`;
    const { rawPayload: png } = await site.server.inject({ url: address, headers: { host: 'localhost' } });
    const half = await site.upload('/mark/verify', {}, { name: 'c.png', bytes: png.subarray(0, png.length / 2) });
    assert.match(half.text, /No credential could be read/);
    assert.match(half.text, /The picture is cut off/);
    const early = JSON.parse((await credential(later, 'ST9002')).text) as { description: string };
    assert.match(early.description, /taught as one from 11 September 2028 on/);
    assert.match(
      (await send(JSON.stringify(early))).text,
      /holds today\. It is taught as an HTQ from 11 September 2028 on, not before/,
    );
    assert.equal((await site.post('/mark/verify', {})).status, 422);
  });

  it('is not known, and never valid, where the status list cannot be had', async () => {
    const { text } = await credential(taught, 'ST9001');
    for (const list of [async () => null, async () => ({ made: 'up' })]) {
      const found = await verifyFile(Buffer.from(text), { ...sourcesHere(site.ctx), list }, site.ctx.clock());
      assert.equal(found.kind, 'not-known');
      assert.equal(found.kind === 'not-known' && found.genuine, true);
    }
    const { signingSecret: _, ...without } = site.ctx;
    const found = await verifyFile(Buffer.from(text), sourcesHere(without), site.ctx.clock());
    assert.equal(found.kind, 'not-known', 'without its secret the instance signs no list');
  });

  it('turns when the register does: the status, the picture, the page; and its holders are told once', async () => {
    const { text } = await credential(southgate, 'ST9002');
    assert.equal((await verdict(text)).kind, 'valid');
    const told = async () =>
      (await keptMail(site.ctx, 500)).filter((one) =>
        /no longer holds for Level 5 Diploma in Building/.test(one.subject),
      ).length;
    const { recordFacts } = await import('../../register/store/facts.ts');
    const on = site.ctx.clock().toISOString().slice(0, 10);
    await site.ctx.transaction(async (inside) => {
      const keys = { qualification: '999-0002-2', occupation: null, ukprn: null };
      await recordFacts(
        inside,
        [
          {
            kind: 'withdrawal',
            subject: '999-0002-2',
            keys,
            from: on,
            to: null,
            body: { reason: 'quality', note: '', review: null },
          },
          {
            kind: 'approval',
            subject: '999-0002-2/ST9002',
            keys: { ...keys, occupation: 'ST9002' },
            from: on,
            to: null,
            body: null,
          },
          // With the approval its offers end, as where an editor withdraws it.
          ...(['southgate', 'northfield'] as const).map((who) => ({
            kind: 'offer' as const,
            subject: `999-0002-2-${who}`,
            keys: { ...keys, ukprn: who === 'southgate' ? '19999902' : '19999901' },
            from: on,
            to: null,
            body: null,
          })),
        ],
        { source: 'test', retrievedOn: on },
      );
    });
    const change = { qualification: '999-0002-2', what: 'withdrawal', ukprn: null, from: on };
    for (let times = 0; times < 2; times += 1)
      await site.ctx.transaction((inside) => hearRegister.hear(inside, change));
    const found = await verdict(text);
    assert.equal(found.kind, 'ended');
    assert.equal(found.kind === 'ended' && found.why, 'withdrawn');
    const letter = (await keptMail(site.ctx, 500)).find((one) =>
      /no longer holds for Level 5 Diploma/.test(one.subject),
    );
    assert.match(JSON.stringify(letter?.body), /Approval was withdrawn on .*: There were concerns about the quality/);
    assert.doesNotMatch(JSON.stringify(letter?.body), /no longer holds this offer/);
    const people = await told();
    assert.ok(people >= 2, 'everyone of each provider that held one');
    await settleAll(site.ctx);
    assert.equal(await told(), people, 'once');
    assert.match((await site.get(`${southgate}/ST9002/mark-light.svg`)).text, /Approval withdrawn/);
    assert.match((await site.get(southgate)).text, /There were concerns about the quality of delivery/);
    assert.equal((await credential(southgate, 'ST9002')).status, 404);
  });

  it('keeps what an old key signed, and drops what a disowned one did', async () => {
    const { text } = await credential(taught, 'ST9001');
    const [first] = await keysSeen(site.ctx);
    assert.ok(await rotateKey(site.ctx));
    assert.equal((await keysSeen(site.ctx)).length, 2);
    assert.equal((await verdict(text)).kind, 'valid', 'after rotation');
    assert.ok(await disown(site.ctx, first?.id ?? ''));
    const found = await verdict(text);
    assert.equal(found.kind, 'ended');
    assert.equal(found.kind === 'ended' && found.why, 'key');
    assert.equal((await credential(taught, 'ST9001')).status, 404);
    assert.ok((await settleAll(site.ctx)).issued > 0);
    assert.equal((await verdict((await credential(taught, 'ST9001')).text)).kind, 'valid', 'signed anew');
    assert.equal(await disown(site.ctx, first?.id ?? ''), false);
  });

  it('takes the official artwork from an administrator, checked, in place of the placeholder', async () => {
    const nadia = await site.as('nadia.administrator@department.example');
    assert.equal((await site.get('/mark/artwork', amina)).status, 403);
    const typed = {
      id: randomUUID(),
      name: 'Made-up guideline',
      source: 'A test',
      clearSpace: '0.5',
      minimumWidthPixels: '200',
      minimumWidthMillimetres: '30',
      'text-light': '#000000',
      'ground-light': '#ffffff',
    };
    const pdf = (await site.server.inject({ url: '/mark/do-and-dont.pdf', headers: { host: 'localhost' } })).rawPayload;
    const send = (svg: string, more: Readonly<Record<string, string>> = {}, document: Uint8Array = pdf) => {
      const boundary = 'b';
      const fields = Object.entries({ ...typed, ...more, 'form-token': formToken(nadia.token) });
      const head = (name: string, file: string) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${file}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
      const body = Buffer.concat([
        Buffer.from(
          fields
            .map(
              ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
            )
            .join(''),
        ),
        Buffer.from(`${head('file-light', 'm.svg')}${svg}\r\n${head('document', 'guideline.pdf')}`),
        Buffer.from(document),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
      return site.server.inject({
        method: 'POST',
        url: '/mark/artwork',
        headers: {
          host: 'localhost',
          'content-type': `multipart/form-data; boundary=${boundary}`,
          cookie: `${sessionCookie}=${nadia.token}`,
        },
        payload: body,
      });
    };
    const acting = await send('<svg viewBox="0 0 2 1"><script/></svg>');
    assert.equal(acting.statusCode, 422);
    assert.match(acting.body, /cannot be taken: it holds &lt;script/);
    assert.match((await send('<svg viewBox="0 0 2 1"/>', { 'text-light': '#dddddd' })).body, /contrast of 4\.5 to 1/);
    const none = await site.upload('/mark/artwork', typed, { name: 'm.svg', bytes: pdf }, nadia);
    assert.match(none.text, /Choose the SVG file that pages and credentials show/);
    const noPdf = await send('<svg viewBox="0 0 2 1"/>', {}, Buffer.from('Not a PDF at all'));
    assert.equal(noPdf.statusCode, 422);
    assert.match(noPdf.body, /id="document-error"/);
    assert.equal((await site.get('/mark/guideline.pdf')).status, 404);
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await send('<svg viewBox="0 0 20 10"><circle r="4" cx="5" cy="5"/></svg>')).statusCode, 303);
    assert.match((await site.get(`${taught}/ST9001/mark-light.svg`)).text, /Placeholder/, 'not before it is checked');
    const page = (await site.get('/mark/artwork', nadia)).text;
    assert.match(page, /Made-up guideline/);
    assert.equal((await site.get(`/mark/artwork/${typed.id}/guideline.pdf`, nadia)).status, 200);
    assert.equal((await site.get('/mark/guideline.pdf')).status, 404, 'not before it is checked');
    assert.equal((await site.post(`/mark/artwork/${typed.id}/approve`, {}, nadia)).to, '/mark/artwork?done=checked');
    const live = (await site.get(`${taught}/ST9001/mark-light.svg`)).text;
    assert.match(live, /<circle/);
    assert.doesNotMatch(live, /Placeholder/);
    assert.equal((await site.get(`${taught}/ST9001/mark-dark.svg`)).status, 404, 'nothing official is made up');
    // 192 units of mark with 48 of clear space on each side: 200 pixels of mark are 300 of picture.
    const { rawPayload: zip } = await site.server.inject({
      url: `${taught}/ST9001/mark.zip`,
      headers: { host: 'localhost', cookie: `${sessionCookie}=${amina.token}` },
    });
    assert.deepEqual(
      Object.keys(unzipSync(zip)).filter((name) => /^mark-.*png$/.test(name)),
      ['mark-light-300.png', 'mark-light-320.png', 'mark-light-640.png', 'mark-light-1280.png'],
    );
    const guidance = (await site.get('/mark/guidance')).text;
    assert.match(guidance, /at least 200 pixels wide/);
    assert.match(guidance, /href="\/mark\/guideline\.pdf"/);
    assert.match((await site.get('/mark/guideline.pdf')).text, /^%PDF/);
    const sheet = await site.server.inject({ url: '/mark/do-and-dont.pdf', headers: { host: 'localhost' } });
    const printed = await readPdf(sheet.rawPayload);
    assert.match(
      printed.kind === 'ok' ? printed.value.markdown : '',
      /200\s+pixels\s+wide/,
      'the sheet has the same rules',
    );
  });

  it('says what happened to an offer that ended and never had a credential', async () => {
    const { recordFacts } = await import('../../register/store/facts.ts');
    const on = site.ctx.clock().toISOString().slice(0, 10);
    const offer = {
      kind: 'offer' as const,
      subject: '999-0001-1-past',
      keys: { qualification: '999-0001-1', occupation: null, ukprn: '19999902' },
      from: '2025-01-01',
      to: '2025-06-01',
      body: {
        site: 'Main',
        postcode: '',
        mode: 'either' as const,
        entryRoutes: [],
        units: [],
        firstTeach: null,
        confirmedBy: null,
        confirmedOn: null,
        confirmedWith: null,
      },
    };
    await site.ctx.transaction((inside) => recordFacts(inside, [offer], { source: 'test', retrievedOn: on }));
    const page = await site.get('/mark/offers/999-0001-1-past');
    assert.equal(page.status, 200);
    assert.match(page.text, /may not use the quality mark/);
    assert.match(page.text, /The register holds no offer of this qualification here/);
    assert.equal((await site.get('/mark/offers/999-0001-1-never')).status, 404);
  });

  it('signs nothing where the register is a copy', async () => {
    const { setRegisterKind } = await import('../../register/use-cases/register-kind.ts');
    await setRegisterKind(site.ctx, { kind: 'copy', of: 'the register of another', asAt: '2026-11-01' });
    await settleAll(site.ctx);
    assert.equal((await credential(taught, 'ST9001')).status, 404);
    assert.match((await site.get(taught)).text, /Only the source of the register signs credentials/);
    for (const path of [taught, '/mark'])
      assert.match((await site.get(path)).text, /is a copy of the register of another, as at 1 November 2026/, path);
  });
});
