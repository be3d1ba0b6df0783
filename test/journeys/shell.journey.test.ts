import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, assertFits } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { freshFolder, type RunningServer, removeFolder, startServer } from '../support/server.ts';

describe('the shell, in a browser', () => {
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
    '/',
    '/cookies',
    '/accessibility',
    '/standards',
    '/check',
    '/check/workbook',
    '/check/rules',
    '/plans',
    '/plans/new?qualification=HNC&firstTeach=2035-09-20&route=Digital',
    '/guidance/facts',
    '/have-your-say',
    '/have-your-say/ask',
    '/have-your-say/teaching-digital',
    '/have-your-say/equipment-for-construction/results',
    '/practice',
    '/practice/themes/capital-digital',
    '/practice/share',
    '/guidance',
    '/guidance/what-htqs-are',
    '/guidance/whole',
    '/guidance/subscribe',
    '/nowhere',
  ])
    it(`${path} is accessible, fits a phone, and asks nobody else for anything`, async () => {
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      const asked: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${server.address}${path}`);
      await assertAccessible(page);
      for (const width of [320, 360]) await assertFits(page, width);
      await assertFits(page, 1280);
      assert.deepEqual(
        asked.filter((address) => !address.startsWith(server.address)),
        [],
      );
      assert.deepEqual(faults, []);
      assert.deepEqual(await context.cookies(), [], 'the cookies page says that there are none');
      await context.close();
    });

  it('keeps to its content security policy', async () => {
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    const answer = await page.goto(`${server.address}/`);
    assert.doesNotMatch(answer?.headers()['content-security-policy'] ?? 'unsafe-inline', /unsafe-inline/);
    assert.equal(await page.evaluate("document.body.classList.contains('govuk-frontend-supported')"), true);
    assert.deepEqual(refused, []);
    await page.close();
  });

  it('leads past the navigation with the first Tab', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.address}/standards`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent.trim()'), 'Skip to main content');
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).hash, '#main-content');
    await page.close();
  });

  it('works without JavaScript: from the start page to a standard', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.address}/`);
    await page.getByRole('main').getByRole('link', { name: 'Occupational standards' }).click();
    await page
      .getByRole('link', { name: /^ST9|network|technician/i })
      .first()
      .click();
    assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /\w/);
    assert.match(page.url(), /\/standards\/ST9\d+/);
    await context.close();
  });
});
