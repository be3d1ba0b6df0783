import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible, assertFits } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { freshFolder, type RunningServer, removeFolder, startServer } from '../support/server.ts';

describe('answering a round, in a browser', () => {
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

  /** Goes on with Tab until what has the focus is called so: what a screen reader would say of it. */
  const tabTo = async (page: Page, name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const called = (await page.evaluate(`(() => {
        const at = document.activeElement;
        const labels = [...(at?.labels ?? [])].map((label) => label.textContent ?? '');
        const group = at?.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
        return [group, ...labels, at?.textContent ?? ''].join(' ').replaceAll(/\\s+/g, ' ');
      })()`)) as string;
      if (name.test(called)) return;
    }
    assert.fail(`The keyboard never reached ${name} on ${page.url()}`);
  };

  it('every kind of question is answered by keyboard alone, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ bypassCSP: true, javaScriptEnabled });
      const page = await context.newPage();
      const check = async (): Promise<void> => {
        if (!javaScriptEnabled) return;
        await assertAccessible(page);
        await assertFits(page, 360);
        await page.setViewportSize({ width: 1280, height: 900 });
      };
      const press = async (name: RegExp): Promise<void> => {
        if (javaScriptEnabled) {
          await tabTo(page, name);
          await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        } else await page.getByRole('button', { name }).click();
      };
      await page.goto(`${server.address}/have-your-say/teaching-digital`);
      await press(/^ ?Answer$/);
      await check();
      if (javaScriptEnabled) {
        await tabTo(page, /What works well/);
        await page.keyboard.type('A lab that learners reach from home.');
      } else await page.getByLabel(/What works well/).fill('A lab that learners reach from home.');
      await press(/Save and go on/);
      await press(/Save and go on/);
      await check();
      if (javaScriptEnabled) {
        await tabTo(page, /How far are you\?/);
        await page.keyboard.press('Space');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await tabTo(page, /What do you need most\?.*Equipment/);
        await page.keyboard.press('Space');
        await tabTo(page, /How sure are you/);
        await page.keyboard.press('Space');
        await page.keyboard.press('ArrowRight');
        await tabTo(page, /How many learners/);
        await page.keyboard.type('a few');
      } else {
        await page.getByLabel('Teaching').check();
        await page.getByLabel('Equipment and software').check();
        await page.getByLabel('2', { exact: true }).check();
        await page.getByLabel(/How many learners/).fill('a few');
      }
      await press(/Save and go on/);
      await check();
      assert.match(await page.title(), /^Error: /);
      await page.getByLabel(/How many learners/).fill('25');
      await page
        .getByLabel(/A plan or a picture/)
        .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('What we plan') });
      await press(/Save and go on/);
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Since you teach already');
      await press(/Save and go on/);
      await check();
      if (javaScriptEnabled) {
        await tabTo(page, /May we publish what you say\?/);
        await page.keyboard.press('Space');
      } else await page.getByLabel('Yes', { exact: true }).check();
      await press(/Save and check your answers/);
      await check();
      const summary = (await page.locator('main').textContent()) ?? '';
      for (const words of [
        'A lab that learners reach from home.',
        'Teaching',
        'Equipment and software',
        '25',
        'plan.txt',
      ])
        assert.ok(summary.includes(words), words);
      await press(/^ ?Send it/);
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Your answer is sent');
      await check();
      await context.close();
    }
  });
});
