import { peopleWithRole } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { pageIdOf } from '../domain/page-id.ts';
import { nextReview } from '../domain/review.ts';
import { edit } from '../policy.ts';
import {
  type AboutPage,
  addReview,
  deleteUnpublished,
  findPageOnDesk,
  listPagesOnDesk,
  makePlaceAfter,
  setAboutPage,
} from '../store/desk.ts';
import { addPage, deleteDraft, findDraft, findPage, lockPage, saveDraft } from '../store/guide.ts';
import { makeFindable } from './findable.ts';

export { findPageOnDesk, listPagesOnDesk, listReviews, type PageOnDesk } from '../store/desk.ts';

/** Who may be given a page. */
export const possibleOwners = (ctx: Context) => peopleWithRole(ctx, 'editor');

/**
 * A page as its editor needs it: what it says now, or for one that was never published, a version 0 that says nothing
 * but its draft's title.
 */
export const openForEditing = async (ctx: Context, id: string): Promise<GuidePage | null> => {
  const published = await findPage(ctx, id);
  if (published) return published;
  const page = await findPageOnDesk(ctx, id);
  if (!page) return null;
  return {
    id,
    topic: page.topic,
    place: page.place,
    owner: page.owner,
    routes: page.routes,
    reviewDue: page.reviewDue,
    withdrawn: null,
    current: {
      page: id,
      number: 0,
      title: page.draft?.title ?? id,
      summary: '',
      body: '',
      major: true,
      changeNote: null,
      publishedAt: ctx.clock(),
      writtenBy: null,
      checkedBy: null,
    },
  };
};

export type NewPageRefusal = 'no-address' | 'taken';

/**
 * Begins a page. Readers see nothing of it before its first version is published.
 *
 * @param after id of the page that it follows; `null`: it comes first.
 */
export const startPage = (
  ctx: Context,
  person: Person,
  page: { readonly title: string; readonly topic: string; readonly after: string | null },
): Promise<Result<string, NewPageRefusal>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    const id = pageIdOf(page.title);
    if (id === null) return refused('no-address');
    const pages = await listPagesOnDesk(inside);
    if (pages.some((one) => one.id === id)) return refused('taken');
    const place = pages.find((one) => one.id === page.after)?.place ?? 0;
    await makePlaceAfter(inside, place);
    const added = await addPage(inside, {
      id,
      place: place + 1,
      topic: page.topic,
      reviewDue: nextReview(ctx.clock()),
      owner: person.id,
    });
    if (!added) return refused('taken');
    await saveDraft(inside, {
      page: id,
      revision: 1,
      title: page.title,
      summary: '',
      body: '',
      major: true,
      changeNote: 'First published.',
      state: 'draft',
      editedBy: person.id,
    });
    await recordAct(inside, {
      name: 'guidance.page-started',
      subject: { kind: 'guidance-page', id },
      after: { title: page.title, topic: page.topic },
    });
    return ok(id);
  });
};

/** Where a page stands, what it is about and who looks after it: holds at once, and is on record. */
export const setAbout = (
  ctx: Context,
  id: string,
  about: Omit<AboutPage, 'place'> & { readonly after: string | null },
): Promise<boolean> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockPage(inside, id))) return false;
    const pages = await listPagesOnDesk(inside);
    const before = pages.find((one) => one.id === id);
    if (!before) return false;
    const others = pages.filter((one) => one.id !== id);
    const now = others.filter((one) => one.place < before.place).at(-1)?.id ?? null;
    let place = before.place;
    if (now !== about.after) {
      const after = others.find((one) => one.id === about.after)?.place ?? 0;
      await makePlaceAfter(inside, after);
      place = after + 1;
    }
    const { topic, owner, routes } = about;
    await setAboutPage(inside, id, { topic, owner, routes, place });
    await makeFindable(inside, id);
    await recordAct(inside, {
      name: 'guidance.page-about-set',
      subject: { kind: 'guidance-page', id },
      before: { topic: before.topic, owner: before.owner, routes: before.routes, after: now },
      after: { topic, owner, routes, after: about.after },
    });
    return true;
  });
};

/** Somebody read the page through and found that it holds. @param nextDue ISO date. */
export const lookThrough = (
  ctx: Context,
  person: Person,
  id: string,
  nextDue: string,
  note: string,
): Promise<Result<void, 'unknown' | 'not-in-the-future'>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockPage(inside, id))) return refused('unknown');
    if (nextDue <= londonDay(ctx.clock())) return refused('not-in-the-future');
    await addReview(inside, id, { by: person.id, nextDue, note });
    await recordAct(inside, {
      name: 'guidance.page-looked-through',
      subject: { kind: 'guidance-page', id },
      after: { nextDue },
    });
    return ok(undefined);
  });
};

/** Throws the draft away, and with it a page that was never published and has no files. What is published stays. */
export const discardDraft = (ctx: Context, page: string): Promise<void> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await findDraft(inside, page))) return;
    await deleteDraft(inside, page);
    await deleteUnpublished(inside, page);
    await recordAct(inside, { name: 'guidance.draft-discarded', subject: { kind: 'guidance-page', id: page } });
  });
};
