import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Site } from './site.ts';

type Fields = Readonly<Record<string, string>>;

/** What a hidden field of a form holds; empty: there is none. */
export const fieldOf = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** Answers a round's question of what works, as someone without an account. @returns the answer's id. */
export const answerRound = async (site: Site, slug: string, works: string, about: Fields = {}): Promise<string> => {
  const first = (await site.post(`/have-your-say/${slug}/answer`, {})).to;
  const address = first.replace(/\/[^/]+$/, '');
  const fill = async (path: string, fields: Fields) =>
    site.post(path, { revision: fieldOf((await site.get(path)).text, 'revision'), ...fields });
  await fill(first, { works });
  await fill(`${address}/about-you`, { mayPublish: 'yes', ...about });
  assert.match((await site.post(`${address}/send`, {})).to, /done=sent/);
  const { rows } = await sql<{ id: string }>`select id from have_your_say.answer where state = 'sent'
    and given ->> 'works' = ${works}`.execute(site.ctx.db);
  return rows[0]?.id ?? '';
};
