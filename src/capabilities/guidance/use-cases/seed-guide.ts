import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { nextReview } from '../domain/review.ts';
import { addPage, addVersion, type NewPage } from '../store/guide.ts';
import { makeFindable } from './findable.ts';
import { makeFormatsSoon } from './make-formats.ts';
import { seedFacts } from './seed-facts.ts';

const folder = join(import.meta.dirname, '../../../../content');

const frontMatter = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  topic: z.string().min(1),
  /** Left out: it is about all of them. */
  routes: z.array(z.enum(occupationalRoutes)).default([]),
});

/** A page of `content/`: its file is `NN-ID.md`, the number its place, with front matter above the Markdown. */
export const readContentFile = (file: string, text: string, reviewDue: string): NewPage => {
  const name = /^(\d+)-([a-z0-9-]+)\.md$/.exec(file);
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (!name || !parts)
    throw new Error(`content/${file}: expected NN-name.md with front matter between two lines of ---`);
  const read = frontMatter.safeParse(parse(parts[1] ?? ''));
  if (!read.success)
    throw new Error(
      `content/${file}: ${read.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; ')}`,
    );
  return { ...read.data, id: name[2] ?? '', place: Number(name[1]), body: (parts[2] ?? '').trim(), reviewDue };
};

/** Publishes the toolkit's own guide in a new store, as version 1 of each page, dated today. */
export const seedGuide = async (ctx: Context): Promise<void> => {
  const due = nextReview(ctx.clock());
  const pages = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => readContentFile(file, readFileSync(join(folder, file), 'utf8'), due));
  await seedFacts(ctx);
  await ctx.transaction(async (inside) => {
    for (const page of pages) {
      await addPage(inside, page);
      await addVersion(inside, page.id, {
        ...page,
        number: 1,
        major: true,
        changeNote: 'First published here.',
        writtenBy: null,
        checkedBy: null,
      });
      await makeFindable(inside, page.id);
    }
    await makeFormatsSoon(inside);
    await recordAct(inside, { name: 'guidance.seeded', after: { pages: pages.map((page) => page.id) } });
  });
};
