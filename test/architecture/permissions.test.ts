import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { searchOrganisations } from '../../src/capabilities/accounts/store/organisations.ts';
import { allRoutes } from '../../src/main/compose.ts';
import { nobody, openSite, type Site, type Visitor } from '../support/site.ts';

const tableFile = resolve(join(import.meta.dirname, '../../docs/permissions.md'));

/** The columns of the table: whom the example store has of each. The organisation asked about is Northfield College. */
const visitors: readonly (readonly [column: string, address: string | null])[] = [
  ['nobody', null],
  ['no organisation', 'sam.visitor@home.example'],
  ['member', 'tom.member@northfield.example'],
  ['lead', 'amina.lead@northfield.example'],
  ['another’s lead', 'grace.lead@fenwick.example'],
  ['editor', 'edward.editor@department.example'],
  ['moderator', 'maya.moderator@department.example'],
  ['assessor', 'aled.assessor@department.example'],
  ['administrator', 'nadia.administrator@department.example'],
];

/**
 * Who may enter which route, as `docs/permissions.md` shows it. Each cell is asked of the running site, with a request
 * that names nothing real where it may, so that what is not refused does nothing.
 */
describe('who may enter', () => {
  let site: Site;
  let organisation = '';
  before(async () => {
    site = await openSite('example');
    organisation = (await searchOrganisations(site.ctx, 'northfield', 1)).found[0]?.id ?? '';
  });
  after(() => site.close());

  const ask = async (method: 'GET' | 'POST', pattern: string, who: Visitor): Promise<boolean> => {
    const path = pattern.replace(':organisation', organisation).replaceAll(/:[a-z]+/g, 'no-such');
    const answer = method === 'GET' ? await site.get(path, who) : await site.post(path, {}, who);
    const sentToSignIn = answer.status === 303 && answer.to.startsWith('/sign-in?to=');
    return answer.status !== 401 && answer.status !== 403 && !sentToSignIn;
  };

  it('is what docs/permissions.md says, route by route and role by role', async () => {
    const routes = allRoutes('HTQ Toolkit');
    const rows: string[] = [];
    for (const route of routes) {
      const cells: string[] = [];
      for (const [, address] of visitors) {
        // Signing out or deleting an account would end the session that the next cell asks with.
        const who = address === null ? nobody : await site.as(address);
        const destructive = route.audit === 'accounts.delete-account' && address !== null;
        cells.push(destructive || (await ask(route.method, route.path, who)) ? 'yes' : '–');
      }
      const access = route.access === 'anyone' ? 'anyone' : route.access.name;
      rows.push(`| ${route.method} ${route.path} | ${access} | ${cells.join(' | ')} |`);
    }
    const header = `| route | access | ${visitors.map(([column]) => column).join(' | ')} |`;
    const rule = `|${'---|'.repeat(visitors.length + 2)}`;
    const table = [header, rule, ...rows].join('\n');
    if (process.env.HTQ_WRITE_PERMISSIONS) {
      const { writeFileSync } = await import('node:fs');
      const text = readFileSync(tableFile, 'utf8');
      writeFileSync(tableFile, `${text.slice(0, text.indexOf('| route |'))}${table}\n`);
    }
    const told = readFileSync(tableFile, 'utf8');
    assert.ok(told.includes('| route |'), 'the table was not found');
    assert.equal(
      told.slice(told.indexOf('| route |')).trim(),
      table,
      'a route’s access changed: read the difference, then write it with HTQ_WRITE_PERMISSIONS=1',
    );
  });
});
