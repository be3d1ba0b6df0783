import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { slugOf } from '#kernel/slug.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { putEntries, removeEntry } from '#platform/search/search-entry.ts';
import { type Collection, mostExamples, movedUp } from '../domain/collection.ts';
import { type Example, notARecommendation } from '../domain/example.ts';
import { collectionPath } from '../paths.ts';
import { curate } from '../policy.ts';
import { addCollection, deleteCollection, findCollection, saveCollection } from '../store/collections.ts';
import { listPublished } from '../store/examples.ts';

export { collectionsWith, findCollection, listCollections } from '../store/collections.ts';

/** What collections are called among all that can be found. */
export const collectionKind = 'practice-collection';

/** Its examples that readers have, in its order. */
export const examplesOf = async (ctx: Context, one: Collection): Promise<readonly Example[]> => {
  const published = new Map((await listPublished(ctx)).map((example) => [example.id, example]));
  return one.examples.flatMap((id) => published.get(id) ?? []);
};

/**
 * Lets the search find a collection that readers have, in the transaction that changes it. It is found by its own words: those of an
 * example have an entry of their own, which goes when they are taken out or taken back.
 */
export const makeCollectionFindable = async (ctx: Context, one: Collection): Promise<void> => {
  if (one.publishedAt === null) return removeEntry(ctx, collectionKind, one.id);
  await putEntries(ctx, [
    {
      kind: collectionKind,
      id: one.id,
      href: collectionPath(one.slug),
      title: one.title,
      summary: `Examples put together. ${notARecommendation}`,
      body: one.words,
      codes: [],
      route: null,
      level: null,
      changedAt: ctx.clock(),
    },
  ]);
};

/** Begins a collection, which editors alone see until it is published. @param id made with the form. @returns its address's part. */
export const beginCollection = (
  ctx: Context,
  person: Person,
  one: Pick<Collection, 'id' | 'title' | 'words'>,
): Promise<Result<string, 'taken'>> => {
  demand(ctx.actor, curate);
  return ctx.transaction(async (inside) => {
    const slug = slugOf(one.title).slice(0, 60).replace(/-+$/, '') || 'collection';
    if (await addCollection(inside, { ...one, slug }, person.id)) {
      await recordAct(inside, { name: 'practice.collection-begun', subject: { kind: collectionKind, id: one.id } });
      return ok(slug);
    }
    // The form was sent twice, or another collection has the address.
    return (await findCollection(inside, slug))?.id === one.id ? ok(slug) : refused('taken');
  });
};

export type CollectionChange = {
  readonly title: string;
  readonly words: string;
  /** What one button does beside saving; `null`: nothing. */
  readonly then:
    | { readonly kind: 'add' | 'take-out' | 'up'; readonly example: string }
    | { readonly kind: 'publish' | 'hide' }
    | null;
};

export type CollectionRefusal = 'unknown' | 'changed' | 'no-example' | 'full' | 'empty';

/** Saves title and words, and does what the button says. @param revision that the form began with. */
export const changeCollection = (
  ctx: Context,
  slug: string,
  revision: number,
  change: CollectionChange,
): Promise<Result<void, CollectionRefusal>> => {
  demand(ctx.actor, curate);
  return ctx.transaction(async (inside) => {
    const one = await findCollection(inside, slug, true);
    if (!one) return refused('unknown');
    if (one.revision !== revision) return refused('changed');
    let { examples, publishedAt } = one;
    const { then } = change;
    switch (then?.kind) {
      case 'add':
        if (!(await listPublished(inside)).some((example) => example.id === then.example)) return refused('no-example');
        if (examples.length >= mostExamples) return refused('full');
        if (!examples.includes(then.example)) examples = [...examples, then.example];
        break;
      case 'take-out':
        examples = examples.filter((id) => id !== then.example);
        break;
      case 'up':
        examples = movedUp(examples, then.example);
        break;
      case 'publish':
        if ((await examplesOf(inside, one)).length === 0) return refused('empty');
        publishedAt ??= ctx.clock();
        break;
      case 'hide':
        publishedAt = null;
        break;
    }
    const saved = { ...one, title: change.title, words: change.words, examples, publishedAt };
    await saveCollection(inside, one.id, saved);
    await makeCollectionFindable(inside, saved);
    await recordAct(inside, {
      name: 'practice.collection-changed',
      subject: { kind: collectionKind, id: one.id },
      after: { examples: examples.length, published: publishedAt !== null },
    });
    return ok(undefined);
  });
};

/** Deletes a collection; its examples stay. */
export const throwCollectionAway = (ctx: Context, slug: string): Promise<void> => {
  demand(ctx.actor, curate);
  return ctx.transaction(async (inside) => {
    const one = await findCollection(inside, slug, true);
    if (!one) return;
    await removeEntry(inside, collectionKind, one.id);
    await deleteCollection(inside, one.id);
    await recordAct(inside, { name: 'practice.collection-deleted', subject: { kind: collectionKind, id: one.id } });
  });
};
