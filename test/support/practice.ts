import assert from 'node:assert/strict';
import { nobody, type Site, type Visitor } from './site.ts';

type Fields = Readonly<Record<string, string>>;

const revisionOf = async (site: Site, path: string, who: Visitor): Promise<string> =>
  /name="revision" value="(\d+)"/.exec((await site.get(path, who)).text)?.[1] ?? '';

/** Sends one page of the journey in which an example is told. */
export const tellStep = async (site: Site, path: string, step: string, fields: Fields, who: Visitor = nobody) =>
  site.post(`${path}/${step}`, { revision: await revisionOf(site, `${path}/${step}`, who), ...fields }, who);

/** Tells an example over its five pages. @returns the address under which it is written. */
export const tellExample = async (site: Site, who: Visitor, title: string): Promise<string> => {
  const path = (await site.post('/practice/share', {}, who)).to.replace(/\/what$/, '');
  const next = async (step: string, fields: Fields, to: string) =>
    assert.equal((await tellStep(site, path, step, fields, who)).to, to);
  await next('what', { theme: 'curriculum', title }, `${path}/how`);
  await next('how', { summary: 'We met <b>often</b>.', steps: 'Meet\n\nMeet again' }, `${path}/cost`);
  await next('cost', { costMoney: '£1,200', learners: '12' }, `${path}/files`);
  await next('files', {}, `${path}/you`);
  await next('you', { provider: 'Southgate Institute' }, path);
  return path;
};

/** Where a moderator decides on what waits under a title. */
export const inQueue = async (site: Site, title: string, moderator: Visitor): Promise<string> => {
  const { text } = await site.get('/practice/queue', moderator);
  const path = new RegExp(`href="(/practice/queue/[0-9a-f-]+)">${title}`).exec(text)?.[1];
  assert.ok(path, `${title} is in the queue`);
  return path;
};

const plainText = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Decides as the form would: what is not named stays as the page has it. */
export const decideOn = async (site: Site, path: string, fields: Fields, moderator: Visitor) => {
  const { text } = await site.get(path, moderator);
  const there = [
    ...text.matchAll(/<input[^>]* name="([^"]+)" type="text" value="([^"]*)"/g),
    ...text.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</g),
  ].map(([, name = '', value = '']) => [name, plainText(value)]);
  const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '';
  return site.post(path, { ...Object.fromEntries(there), revision, ...fields }, moderator);
};

/** The address at which readers find an example that was told under another one. */
export const publishedAt = async (site: Site, path: string): Promise<string> =>
  /href="(\/practice\/examples\/[0-9a-f-]+)"/.exec((await site.get(path)).text)?.[1] ?? '';

/** Agrees to what a moderator changed, as the page that shows it would. */
export const agreeTo = async (site: Site, path: string, who: Visitor) =>
  site.post(`${path}/agree`, { revision: await revisionOf(site, path, who) }, who);
