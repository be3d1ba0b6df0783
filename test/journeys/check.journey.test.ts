import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible, assertFits } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { freshFolder, type RunningServer, removeFolder, root, startServer } from '../support/server.ts';

const draftPath = join(root, 'examples/qualifications/network-technician-draft.json');

describe('checking a qualification, in a browser', () => {
  const folder = freshFolder();
  const files = freshFolder();
  let server: RunningServer;
  let browser: Browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(folder), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    removeFolder(folder);
    removeFolder(files);
  });

  const open = async (path: string, javaScriptEnabled = true): Promise<Page> => {
    const context = await browser.newContext({ bypassCSP: true, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${server.address}${path}`);
    return page;
  };
  const verdict = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();

  it('opens an example from the check page, and says the exact number', async () => {
    const page = await open('/check');
    await page.getByRole('link', { name: 'Level 4 Diploma in Community Networks', exact: true }).click();
    assert.equal(
      await verdict(page),
      'Every one of the 5,852,925 permitted combinations covers Community network technician.',
    );
    assert.match(await page.getByRole('main').innerText(), /worked out from the mapping given\. It is no approval/);
    await assertAccessible(page);
    for (const width of [320, 360]) await assertFits(page, width);
    await page.context().close();
  });

  it('shows the combination that falls short, unit by unit, with the wording of what it misses', async () => {
    const page = await open('/check');
    await page.getByLabel('Upload a file').setInputFiles(draftPath);
    await page.getByRole('button', { name: 'Check it' }).click();
    assert.equal(
      await verdict(page),
      '1 of the 182 permitted combinations does not cover Community network technician.',
    );
    const section = page.getByRole('region', { name: 'A combination that falls short' });
    assert.match(await section.innerText(), /ND07 Wireless site surveys/);
    assert.match(
      await section.innerText(),
      /K10\s+Sources of supply and the environmental cost of equipment over its life/,
    );
    assert.match(
      await page.getByRole('region', { name: 'Worth a look' }).innerText(),
      /Networks on ships is in no combination/,
    );
    await assertAccessible(page);
    for (const width of [320, 360]) await assertFits(page, width);
    await page.context().close();
  });

  for (const javaScript of [true, false])
    it(`narrows to what one provider runs (JavaScript ${javaScript ? 'on' : 'off'})`, async () => {
      const page = await open('/check/examples/network-technician-draft', javaScript);
      for (const code of ['ND07', 'ND12', 'ND14', 'ND15']) await page.getByLabel(new RegExp(`^${code} `)).uncheck();
      await page.getByRole('button', { name: 'Check what is ticked' }).click();
      assert.equal(
        await verdict(page),
        'Every one of the 15 combinations that learners here can take covers Community network technician.',
      );
      assert.equal(await page.getByLabel(/^ND07 /).isChecked(), false);
      assert.equal(await page.getByLabel(/^ND08 /).isChecked(), true);
      await page.getByRole('button', { name: 'Check the whole qualification' }).click();
      assert.match(await verdict(page), /^1 of the 182/);
      await page.context().close();
    });

  it('moves about the grid with the arrow keys', async () => {
    const page = await open('/check/examples/network-technician-draft');
    const focused = () =>
      page.evaluate('[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]');
    await page.locator('table[data-htq-grid] td').first().focus();
    assert.deepEqual(await focused(), [1, 1]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await focused(), [2, 2]);
    await page.keyboard.press('End');
    assert.deepEqual(await focused(), [2, 17]);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await focused(), [2, 17]);
    assert.equal((await page.getByRole('gridcell').count()) > 100, true);
    await assertAccessible(page);
    await page.context().close();
  });

  it('takes back the workbook that it gave', async () => {
    const page = await open('/check/examples/network-technician-draft');
    for (const [button, ending] of [
      ['Qualification as a workbook (XLSX)', 'xlsx'],
      ['Workbook (ODS)', 'ods'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      const path = join(files, `draft.${ending}`);
      await download.saveAs(path);
      const back = await open('/check');
      await back.getByLabel('Upload a file').setInputFiles(path);
      await back.getByRole('button', { name: 'Check it' }).click();
      assert.match(await verdict(back), /^1 of the 182 permitted combinations does not cover/);
      await back.context().close();
    }
    const [result] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Result (JSON)' }).click(),
    ]);
    await result.saveAs(join(files, 'result.json'));
    assert.equal(JSON.parse(readFileSync(join(files, 'result.json'), 'utf8')).verdict, 'refuted');
    await page.context().close();
  });

  it('shows a wrong file back with its problems beside the lines, and keeps what was pasted', async () => {
    const wrong = readFileSync(draftPath, 'utf8').replace('"ND07",', '"ND77",').replace('"barred"', '"bared"');
    const page = await open('/check');
    await page.getByLabel('Paste a qualification file').fill(wrong);
    await page.getByRole('button', { name: 'Check it' }).click();
    const summary = page.getByRole('alert');
    assert.match(await summary.innerText(), /There are \d+ problems in the file/);
    assert.match(await summary.innerText(), /line \d+, rules\.bared: this key is not known/);
    await summary.getByRole('link', { name: /rules\.bared/ }).click();
    assert.match(page.url(), /#line-\d+$/);
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.getByLabel('Paste a qualification file').inputValue(), wrong);
    await assertAccessible(page);
    for (const width of [320, 360]) await assertFits(page, width);
    await page.context().close();
  });

  it('says what to do when nothing was brought, and what is wrong with what is no qualification', async () => {
    const page = await open('/check');
    await page.getByRole('button', { name: 'Check it' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Choose a file, or paste a qualification file/);
    const path = join(files, 'not.xlsx');
    writeFileSync(path, 'PK\u0003\u0004 and then nothing');
    await page.getByLabel('Upload a file').setInputFiles(path);
    await page.getByRole('button', { name: 'Check it' }).click();
    assert.match(await page.getByRole('alert').innerText(), /not\.xlsx/);
    await assertAccessible(page);
    await page.context().close();
  });

  it('refuses what is too large with a page that says so', async () => {
    const path = join(files, 'large.json');
    writeFileSync(path, ' '.repeat(6 * 1024 * 1024));
    const page = await open('/check');
    await page.getByLabel('Upload a file').setInputFiles(path);
    await page.getByRole('button', { name: 'Check it' }).click();
    assert.equal(await verdict(page), 'That is too large');
    await page.context().close();
  });

  it('gives a workbook for a standard', async () => {
    const page = await open('/check/workbook');
    await page.getByLabel('Which standards does it claim?').fill('st9001');
    await page.getByRole('button', { name: 'Make the workbook' }).click();
    assert.match(
      await page.getByRole('main').innerText(),
      /ST9001 Community network technician, version 1\.1: 22 KSBs/,
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Excel workbook (XLSX)' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'qualification-ST9001.xlsx');
    await assertAccessible(page);
    await page.goto(`${server.address}/check/workbook?standard=ST0000`);
    assert.match(await page.getByRole('alert').innerText(), /The standard ST0000 is not known/);
    await page.context().close();
  });
});
