import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { keptMail } from '#platform/mail/outbox.ts';
import { exampleProvider } from '../../src/capabilities/accounts/use-cases/colleagues.ts';
import type { EmployerText } from '../../src/capabilities/employers/domain/employer.ts';
import { addEmployer } from '../../src/capabilities/employers/store/employers.ts';
import { tables } from '../../src/capabilities/employers/store/tables.ts';
import { openSite, type Site } from './site.ts';
import { testInstant } from './stores.ts';

/** An example site with what tests of evidence and letters need: employers, meetings and letters of Northfield College. */
export const openEvidenceSite = async () => {
  const site = await openSite('example');
  const amina = await site.as('amina.lead@northfield.example');
  const organisation = (await exampleProvider(site.ctx)) ?? '';

  const post: Site['post'] = (...sent) => {
    site.setTime(new Date(site.ctx.clock().getTime() + 10));
    return site.post(...sent);
  };
  let made = 0;
  /** An employer of Northfield College that nothing else in the store knows. */
  const employerWith = async (
    more: {
      readonly name?: string;
      readonly region?: EmployerText['region'];
      readonly occupations?: readonly string[];
    } = {},
  ) => {
    made += 1;
    const [id, contact] = [randomUUID(), randomUUID()];
    const name = more.name ?? `Bramble Networks ${made}`;
    assert.ok(
      await addEmployer(site.ctx, id, organisation, {
        name,
        companyNumber: null,
        size: 'micro',
        sector: 'J',
        region: more.region ?? 'North East',
        town: 'Thornwick',
        routes: ['Digital'],
        occupations: more.occupations ?? ['ST9003'],
        offers: [],
        notes: '',
      }),
    );
    await tables(site.ctx)
      .insertInto('employers.contact')
      .values({
        id: contact,
        employer_id: id,
        name: 'Ida Bramble',
        role: 'Owner',
        email: `ida-${made}@bramble.example`,
        consent: 'Letters',
        consent_on: '2026-01-01',
        may_share: false,
        revision: 1,
        touched_at: site.ctx.clock(),
      })
      .execute();
    return { id, name, contact, address: `ida-${made}@bramble.example` };
  };
  const metOn = (): string => new Date(testInstant.getTime() - 80 * 86_400_000).toISOString().slice(0, 10);
  const meet = async (
    employer: string,
    more: {
      readonly said?: string;
      readonly confidential?: boolean;
      readonly on?: string;
      readonly occupation?: string;
    } = {},
  ) => {
    await tables(site.ctx)
      .insertInto('employers.meeting')
      .values({
        id: randomUUID(),
        employer_id: employer,
        held_on: more.on ?? metOn(),
        kind: 'visit',
        said: more.said ?? 'They need three people.',
        occupations: [more.occupation ?? 'ST9003'],
        confidential: more.confidential ?? false,
        recorded_at: site.ctx.clock(),
        revision: 1,
      })
      .execute();
  };
  const draft = async (employer: { readonly id: string; readonly contact: string }): Promise<string> => {
    const id = randomUUID();
    const answer = await post(
      '/employers/letters/new',
      { id, employer: employer.id, contact: employer.contact, occupation: 'ST9003' },
      amina,
    );
    assert.equal(answer.to, `/employers/letters/${id}?done=drafted`, answer.text);
    return `/employers/letters/${id}`;
  };
  const revisionIn = (html: string): string => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
  const shownIn = (html: string): string => /name="shown" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const send = async (letter: string, contact: string, words = 'We want it.'): Promise<void> => {
    const { text } = await site.get(letter, amina);
    const typed = { revision: revisionIn(text), draft: words, contact };
    assert.equal((await post(`${letter}/send`, typed, amina)).to, `${letter}?done=sent`);
  };
  /** The employer's page, by the link in the newest message to an address. */
  const linkTo = async (address: string): Promise<string> => {
    const link = (await keptMail(site.ctx, 1000))
      .filter((one) => one.to === address)
      .flatMap((one) => one.body)
      .find((one) => one.kind === 'link');
    assert.ok(link?.kind === 'link');
    return new URL(link.href).pathname;
  };
  return { site, amina, post, employerWith, metOn, meet, draft, revisionIn, shownIn, send, linkTo };
};
