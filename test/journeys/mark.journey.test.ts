import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, assertFits } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { freshFolder, type RunningServer, removeFolder, startServer } from '../support/server.ts';

/** The same picture, that says of its credential that it is packed. */
const packedWrongly = (png: Buffer): Buffer => {
  const changed = Buffer.from(png);
  const keyword = 'openbadgecredential\0';
  changed.writeUInt8(1, changed.indexOf(keyword) + keyword.length);
  return changed;
};

describe('the quality mark, in a browser', () => {
  const folder = freshFolder();
  let server: RunningServer;
  let browser: Browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(folder), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    removeFolder(folder);
  });

  for (const path of [
    '/mark',
    '/mark/guidance',
    '/mark/verify',
    '/mark/check',
    '/mark/offers/999-0001-1-northfield',
    '/mark/offers/999-0003-3-northfield',
  ])
    it(`${path} is accessible and fits a phone`, async () => {
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${server.address}${path}`);
      await assertAccessible(page);
      for (const width of [320, 1280]) await assertFits(page, width);
      await context.close();
    });

  it('checks a credential in the page, with and without a connection; nothing is sent', async () => {
    const place = `${server.address}/mark/offers/999-0001-1-northfield/ST9001/credential`;
    const fetched = async (ending: string) => Buffer.from(await (await fetch(`${place}.${ending}`)).arrayBuffer());
    const context = await browser.newContext();
    const page = await context.newPage();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await page.goto(`${server.address}/mark/verify`);
    const give = async (name: string, buffer: Buffer): Promise<string> => {
      await page.setInputFiles('#file', []);
      await page.locator('#found-here').evaluate((one) => one.replaceChildren());
      await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer });
      await page.locator('#found-here h2').waitFor();
      return (await page.locator('#found-here').textContent()) ?? '';
    };
    const svg = await fetched('svg');
    assert.match(await give('c.svg', svg), /genuine and holds today/);
    assert.match(await give('c.png', await fetched('png')), /genuine and holds today/);
    const png = await fetched('png');
    assert.match(await give('c.png', png.subarray(0, png.length / 2)), /The picture is cut off/);
    const later = await fetch(`${server.address}/mark/offers/999-0002-2-northfield/ST9002/credential.json`);
    assert.match(
      await give('c.json', Buffer.from(await later.clone().arrayBuffer())),
      /holds today\. It is taught as an HTQ from 11 September 2028 on, not before.*taught as one from 11 September 2028 on/,
    );
    // The verdict on one file goes when another is given, also one that cannot be unpacked or read to its depth.
    const given = async (name: string, buffer: Buffer): Promise<string> => {
      await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer });
      await page.getByText('No credential could be read').waitFor();
      return (await page.locator('#found-here').textContent()) ?? '';
    };
    assert.match(await give('c.svg', svg), /genuine and holds today/);
    assert.doesNotMatch(await given('c.png', packedWrongly(png)), /genuine and holds today/);
    assert.match(await give('c.svg', svg), /genuine and holds today/);
    const credential = (await (await fetch(`${place}.json`)).json()) as object;
    const deep = JSON.stringify({ ...credential, name: 'X' }).replace(
      '"X"',
      `${'['.repeat(90_000)}${']'.repeat(90_000)}`,
    );
    assert.doesNotMatch(await given('c.json', Buffer.from(deep)), /genuine and holds today/);
    const list = (credential as { readonly credentialStatus: { readonly statusListCredential: string } })
      .credentialStatus.statusListCredential;
    const status = Buffer.from(await (await fetch(list)).arrayBuffer());
    assert.match(await given('c.json', status), /not a credential of this kind/, 'the list is signed too');
    await context.setOffline(true);
    assert.match(await give('c.svg', svg), /signature is genuine\. Whether the credential still holds is not known/);
    const text = svg.toString('utf8');
    assert.match(await give('c.svg', Buffer.from(text.replaceAll('Northfield', 'Southfield'))), /not genuine/);
    assert.match(await give('c.svg', Buffer.from(text.replace('</svg>', '<script>1</script></svg>'))), /not opened/);
    assert.match(await give('c.txt', Buffer.from('hello')), /No credential could be read/);
    // What a file says of itself is no verdict.
    const forged = { tone: 'good', title: 'This credential is genuine and holds today.', text: '' };
    assert.match(await give('c.json', Buffer.from(JSON.stringify(forged))), /No credential could be read/);
    const { type: _, ...untyped } = (await later.clone().json()) as Readonly<Record<string, unknown>>;
    assert.match(await give('c.json', Buffer.from(JSON.stringify(untyped))), /No credential could be read/);
    assert.deepEqual(sent, []);
    await context.close();
  });

  it('keeps the page on the device when it is asked to, and opens and checks there when nothing answers', async () => {
    const place = `${server.address}/mark/offers/999-0001-1-northfield/ST9001/credential.svg`;
    const svg = Buffer.from(await (await fetch(place)).arrayBuffer());
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.address}/mark/verify`);
    await page.getByText('You can keep this page on this device').waitFor();
    await page.getByRole('button', { name: 'Keep this page on this device' }).click();
    await page.getByText('This page is kept on this device').waitFor();
    // The last of these tests: from here on nothing answers.
    await server.stop();
    await page.goto(`${server.address}/mark/verify`);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Check a credential');
    await page.setInputFiles('#file', { name: 'c.svg', mimeType: 'image/svg+xml', buffer: svg });
    await page.getByText('The signature is genuine. Whether the credential still holds is not known.').waitFor();
    await page.getByRole('button', { name: 'Remove it from this device' }).click();
    await page.getByText('It was removed from this device.').waitFor();
    await assert.rejects(page.goto(`${server.address}/mark/verify`));
    await context.close();
  });
});
