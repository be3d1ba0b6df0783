import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible, assertFits } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { type Issuer, openIssuer } from '../support/issuer.ts';
import { freshFolder, type RunningServer, removeFolder, startServer } from '../support/server.ts';

describe('accounts, in a browser', () => {
  const folder = freshFolder();
  let server: RunningServer;
  let browser: Browser;
  let issuer: Issuer;
  before(async () => {
    // The issuer must know where it may send browsers back to, so the port is settled first.
    const port = 34_517;
    issuer = await openIssuer('dfe', `http://127.0.0.1:${port}/sign-in/with/dfe/return`, {
      trustedForAddress: true,
      assertsUkprn: true,
    });
    [server, browser] = await Promise.all([
      startServer(folder, [], {
        PORT: String(port),
        HTQ_ISSUERS: 'dfe',
        HTQ_ISSUER_DFE_NAME: 'DfE Sign-in',
        HTQ_ISSUER_DFE_ADDRESS: issuer.settings.issuer,
        HTQ_ISSUER_DFE_CLIENT_ID: issuer.settings.clientId,
        HTQ_ISSUER_DFE_CLIENT_SECRET: issuer.settings.clientSecret,
        HTQ_ISSUER_DFE_TRUST_ADDRESS: 'yes',
        HTQ_ISSUER_DFE_ASSERTS_UKPRN: 'yes',
      }),
      openBrowser(),
    ]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await issuer?.close();
    removeFolder(folder);
  });

  const examplePeople = (): string => /http:\/\/\S+\/example-people\/\S+/.exec(server.output())?.[0] ?? '';
  const assertGood = async (page: Page) => {
    await assertAccessible(page);
    await assertFits(page, 360);
    await assertFits(page, 1280);
  };
  const newPage = async (options: { readonly javaScriptEnabled?: boolean } = {}) =>
    (await browser.newContext({ bypassCSP: options.javaScriptEnabled !== false, ...options })).newPage();
  const as = async (name: string): Promise<Page> => {
    const page = await newPage();
    await page.goto(examplePeople());
    await page.getByRole('listitem').filter({ hasText: name }).getByRole('button').click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    return page;
  };

  it('someone new signs in with a code from the mailbox, names themselves, and signs out', async () => {
    const page = await newPage();
    await page.goto(examplePeople());
    await assertGood(page);
    await page.goto(`${server.address}/organisations`);
    assert.match(page.url(), /\/sign-in\?to=/);
    await assertGood(page);
    await page.getByLabel('Email address').fill('new.person@college.example');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await assertGood(page);
    await page.getByRole('link', { name: 'its mailbox' }).click();
    await assertGood(page);
    const code = (await page.locator('.htq-mail__code').first().innerText()).trim();
    await page.goBack();
    await page.getByLabel('Six-digit code').fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Organisations' }).waitFor();
    await assertGood(page);
    await page.goto(`${server.address}/account`);
    await page.getByLabel('Your name').fill('New Person');
    await page.getByRole('button', { name: 'Save name' }).click();
    await page.getByText('Your name is saved.').waitFor();
    await assertGood(page);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  it('signs in by the link of a message, without JavaScript', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto(examplePeople());
    await page.goto(`${server.address}/sign-in`);
    await page.getByLabel('Email address').fill('by.link@college.example');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByRole('link', { name: 'its mailbox' }).click();
    await page.getByRole('link', { name: 'Or sign in by this link' }).first().click();
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await page.context().close();
  });

  it('signs in with DfE Sign-in, and belongs to the provider it names', async () => {
    issuer.signsIn = {
      subject: 'dfe-1',
      claims: {
        email: 'head@claimed.example',
        email_verified: true,
        given_name: 'Helen',
        family_name: 'Head',
        organisation: { name: 'Claimed College', ukprn: '10000055' },
      },
    };
    // Without JavaScript, and with the content security policy as it stands.
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto(`${server.address}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with DfE Sign-in' }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    assert.match(await page.locator('.htq-who').innerText(), /Acting as Helen Head for Claimed College/);
    issuer.signsIn = null;
    const declined = await newPage();
    await declined.goto(`${server.address}/sign-in`);
    await declined.getByRole('button', { name: 'Sign in with DfE Sign-in' }).click();
    await declined.getByText('says that signing in was declined').waitFor();
    await assertGood(declined);
    await page.context().close();
    await declined.context().close();
  });

  it('a lead invites a colleague, who accepts', async () => {
    const lead = await as('Amina');
    await lead.getByRole('link', { name: /Its page/ }).click();
    await assertGood(lead);
    await lead.getByLabel('Email address').fill('colleague@northfield.example');
    await lead.getByRole('button', { name: 'Send the invitation' }).click();
    await lead.getByText('The invitation is on its way.').waitFor();
    await assertGood(lead);
    await lead.goto(`${server.address}/mailbox`);
    const link = (await lead.getByRole('link', { name: 'Look at the invitation' }).first().getAttribute('href')) ?? '';
    const colleague = await newPage();
    await colleague.goto(link);
    await assertGood(colleague);
    await colleague.getByRole('button', { name: 'Accept' }).click();
    await colleague.getByText('You have accepted the invitation.').waitFor();
    assert.match(await colleague.locator('.htq-who').innerText(), /for Northfield College/);
    await lead.context().close();
    await colleague.context().close();
  });

  it('an administrator’s pages are accessible and fit a phone', async () => {
    const page = await as('Nadia');
    for (const path of ['', '/people', '/organisations', '/jobs', '/mail', '/audit', '/settings']) {
      await page.goto(`${server.address}/admin${path}`);
      await assertGood(page);
    }
    await page.goto(`${server.address}/admin/people`);
    await page.getByRole('link', { name: 'Tom Birch' }).click();
    await assertGood(page);
    await page.getByRole('button', { name: /^Give the role of editor/ }).click();
    await page.getByText('Their roles were changed.').waitFor();
    for (const path of ['/privacy', '/cookies', '/account/delete']) {
      await page.goto(`${server.address}${path}`);
      await assertGood(page);
    }
    await page.context().close();
  });

  it('a form that was sent after the session ended is kept, and sent again', async () => {
    const page = await as('Grace');
    await page.goto(`${server.address}/account`);
    await page.getByLabel('Your name').fill('Grace F. Fenwick');
    await page.context().clearCookies({ name: 'htq_session' });
    await page.getByRole('button', { name: 'Save name' }).click();
    await page.getByRole('heading', { name: 'Sign in, then send this again' }).waitFor();
    await assertGood(page);
    const other = await page.context().newPage();
    await other.goto(examplePeople());
    await other.getByRole('listitem').filter({ hasText: 'Grace' }).getByRole('button').click();
    await other.getByRole('heading', { name: 'Your account' }).waitFor();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByRole('heading', { name: 'Check this and send it again' }).waitFor();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('Your name is saved.').waitFor();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Grace F. Fenwick');
    await page.context().close();
  });
});
