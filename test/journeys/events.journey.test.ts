import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible, assertFits } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { freshFolder, type RunningServer, removeFolder, startServer } from '../support/server.ts';

describe('coming to an event, in a browser', () => {
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

  const examplePeople = (): string => /http:\/\/\S+\/example-people\/\S+/.exec(server.output())?.[0] ?? '';
  /** A page of a browser of its own, which may read the mailbox. */
  const newPage = async (javaScriptEnabled = true): Promise<Page> => {
    const page = await (await browser.newContext({ bypassCSP: javaScriptEnabled, javaScriptEnabled })).newPage();
    await page.goto(examplePeople());
    return page;
  };
  const asEditor = async (): Promise<Page> => {
    const page = await newPage();
    await page.getByRole('listitem').filter({ hasText: 'Edward Lin' }).getByRole('button').click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    return page;
  };
  const assertGood = async (page: Page): Promise<void> => {
    await assertAccessible(page);
    await assertFits(page, 360);
    await assertFits(page, 1280);
  };
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
  const press = (page: Page, name: string) =>
    Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
  /** Opens the link in the newest message to an address whose subject begins so. */
  const followMail = async (page: Page, to: string, subject: string, link: string): Promise<void> => {
    await page.goto(`${server.address}/mailbox`);
    const mail = page
      .locator('article')
      .filter({ hasText: `To ${to}` })
      .filter({ hasText: subject })
      .first();
    await mail.getByRole('link', { name: link }).click();
  };
  /** Publishes an event as its editor does. @returns its address. */
  const publish = async (
    title: string,
    places: string,
    when: readonly (readonly [string, string])[] = [],
  ): Promise<string> => {
    const page = await asEditor();
    await page.goto(`${server.address}/events/new`);
    await assertGood(page);
    const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    for (const [label, words] of [
      ['Title', title],
      ['In one or two sentences', 'See how a laboratory works.'],
      ['Day', day],
      ['Begins', '11:00'],
      ['Ends', '12:35'],
      ['Places in person', places],
      ['Place', 'The Hall\n1 Example Street'],
      ['Address for questions and calendar replies', 'events@department.example'],
      ...when,
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(words);
    await press(page, 'Save the draft');
    await assertGood(page);
    await press(page, 'Publish it');
    await page.getByText('The event is published.').waitFor();
    const address = page.url().replace(/\?.*/, '');
    await page.context().close();
    return address;
  };
  const signUp = async (page: Page, event: string, name: string, button: string, colleagues = ''): Promise<void> => {
    await page.goto(event);
    await page.getByRole('button', { name: button }).click();
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Your email address').fill(addressOf(name));
    await page.getByLabel('Your organisation').fill('A Laboratory Ltd');
    await page.getByLabel('Yes, for an employer').check();
    if (colleagues) await page.getByLabel('Colleagues who come with you (optional)').fill(colleagues);
    await press(page, button);
    assert.equal(await heading(page), 'Check your email');
  };
  const addressOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@laboratory.example`;

  it('signs up without an account, confirms from the mailbox, changes and cancels, with and without scripts', async () => {
    const event = await publish('A visit to a laboratory', '10');
    for (const scripts of [true, false]) {
      const page = await newPage(scripts);
      const check = async (): Promise<void> => {
        if (scripts) await assertGood(page);
      };
      const name = scripts ? 'Priya Guest' : 'Owen Guest';
      await page.goto(event);
      await check();
      await page.getByRole('button', { name: 'Sign up' }).click();
      await check();
      await press(page, 'Sign up');
      assert.match(await page.title(), /^Error: /);
      await page.getByRole('link', { name: 'Enter your name' }).waitFor();
      await check();
      await signUp(page, event, name, 'Sign up');
      await check();
      await followMail(page, addressOf(name), 'Confirm your place', 'Confirm it');
      assert.equal(await heading(page), 'Confirm your place');
      await check();
      await press(page, 'Confirm my place');
      assert.equal(await heading(page), 'You have a place');
      await check();
      const code = await page.locator('td code').textContent();
      if (scripts) {
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Put it into your calendar' }).click(),
        ]);
        assert.equal(file.suggestedFilename(), 'booking.ics');
      }
      await page.getByText('Change the booking', { exact: true }).click();
      await page.getByLabel('Who comes').fill('');
      await press(page, 'Change it');
      await page.getByRole('link', { name: /Enter who comes/ }).waitFor();
      await check();
      await page.getByLabel('Who comes').fill(`${name}\nA Colleague`);
      await press(page, 'Change it');
      await page.getByText('The booking is changed').waitFor();
      assert.equal(await page.locator('td code').count(), 2);
      assert.equal(await page.locator('td code').first().textContent(), code, 'who stays keeps the code');
      await page.getByText('Cancel the booking', { exact: true }).click();
      await press(page, 'Cancel it');
      assert.equal(await heading(page), 'This booking is cancelled');
      await check();
      await page.goto(event);
      await page.getByText('In person: 10 places free').waitFor();
      await page.context().close();
    }
  });

  it('joins a full event’s waiting list, is offered the place that comes free, and is checked in on a phone', async () => {
    const event = await publish('A visit with one place', '1');
    const first = await newPage();
    await signUp(first, event, 'Ada First', 'Sign up');
    await followMail(first, addressOf('Ada First'), 'Confirm your place', 'Confirm it');
    await press(first, 'Confirm my place');
    const next = await newPage();
    await signUp(next, event, 'Ben Next', 'Join the waiting list');
    await next.getByText('All places are taken.').waitFor();
    await assertGood(next);
    await followMail(next, addressOf('Ben Next'), 'Confirm that you want to wait', 'Confirm that I want to wait');
    await press(next, 'Confirm that I want to wait');
    assert.equal(await heading(next), 'You are on the waiting list');
    await next.getByText('You are first in line').waitFor();
    await assertGood(next);
    const booking = next.url().replace(/\?.*/, '');
    await first.getByText('Cancel the booking', { exact: true }).click();
    await press(first, 'Cancel it');
    await followMail(next, addressOf('Ben Next'), 'A place is free for you', 'Take it, or say no');
    assert.equal(next.url(), booking);
    assert.equal(await heading(next), 'A place is free for you');
    await assertGood(next);
    await press(next, 'Take the place');
    assert.equal(await heading(next), 'You have a place');
    const editor = await asEditor();
    await editor.setViewportSize({ width: 360, height: 740 });
    await editor.goto(`${event}/people`);
    await editor.getByText('Checking in opens on').waitFor();
    await assertGood(editor);
    // One that lasts from midnight to midnight, whatever the hour is now.
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
    const now = await publish('A visit today', '1', [
      ['Day', today],
      ['Begins', '00:00'],
      ['Ends', '23:59'],
      ['Signing up closes (optional)', `${today} 23:59`],
    ]);
    await signUp(next, now, 'Ben Next', 'Sign up');
    await followMail(next, addressOf('Ben Next'), 'Confirm your place: A visit today', 'Confirm it');
    await press(next, 'Confirm my place');
    const code = (await next.locator('td code').textContent()) ?? '';
    await editor.setViewportSize({ width: 360, height: 740 });
    await editor.goto(`${now}/people`);
    await editor.getByText('1 person has a place; nobody has come yet.').waitFor();
    await assertGood(editor);
    await editor.setViewportSize({ width: 360, height: 740 });
    await editor.getByLabel('Check in by code').fill(code.toLowerCase());
    await editor.getByRole('button', { name: 'Check in', exact: true }).click();
    await editor.getByText('1 has come').waitFor();
    await assertGood(editor);
    for (const page of [first, next, editor]) await page.context().close();
  });
});
