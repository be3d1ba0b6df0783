import { checkedBy } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { PageText } from '../domain/guide-page.ts';
import { edit } from '../policy.ts';
import { pinAttachments } from '../store/attachments.ts';
import {
  addVersion,
  type Draft,
  deleteDraft,
  dueDrafts,
  findDraft,
  findPage,
  lockPage,
  saveDraft,
  setSchedule,
  setWithdrawn,
} from '../store/guide.ts';
import { makeFindable } from './findable.ts';
import { formatsChanged } from './make-formats.ts';
import { tellSoon } from './tell-subscribers.ts';

export { findDraft } from '../store/guide.ts';

export type EditedText = PageText & { readonly major: boolean; readonly changeNote: string };

export type EditRefusal =
  | { readonly kind: 'unknown' }
  /** Someone saved meanwhile: what is there now comes along, and what was typed is not lost. */
  | { readonly kind: 'changed'; readonly now: Draft };

/**
 * Saves a draft.
 *
 * @param revision of the draft that the editor began with; 0: there was none.
 * @param submit hands it over to be checked.
 */
export const saveDraftOf = (
  ctx: Context,
  person: Person,
  page: string,
  text: EditedText,
  revision: number,
  submit: boolean,
): Promise<Result<void, EditRefusal>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockPage(inside, page))) return refused({ kind: 'unknown' });
    const there = await findDraft(inside, page);
    if ((there?.revision ?? 0) !== revision && there) return refused({ kind: 'changed', now: there });
    await saveDraft(inside, {
      ...text,
      page,
      revision: (there?.revision ?? 0) + 1,
      state: submit ? 'submitted' : 'draft',
      editedBy: person.id,
    });
    await recordAct(inside, {
      name: submit ? 'guidance.submitted' : 'guidance.draft-saved',
      subject: { kind: 'guidance-page', id: page },
      after: { title: text.title, major: text.major },
    });
    return ok(undefined);
  });
};

export type PublishRefusal =
  | 'unknown'
  | 'nothing-submitted'
  | 'changed'
  | 'needs-second-person'
  | 'others-can'
  | 'not-in-the-future';

/** Within a transaction: makes a version of the draft, and everything that readers have of it. @returns its number. */
const publishDraft = async (inside: Context, draft: Draft, checkedById: string, checked: string): Promise<number> => {
  const { page } = draft;
  const number = ((await findPage(inside, page))?.current.number ?? 0) + 1;
  await addVersion(inside, page, {
    title: draft.title,
    summary: draft.summary,
    body: draft.body,
    number,
    major: draft.major,
    changeNote: draft.major ? draft.changeNote : null,
    writtenBy: draft.editedBy,
    checkedBy: checkedById,
  });
  await pinAttachments(inside, page, number);
  await deleteDraft(inside, page);
  await formatsChanged(inside, page);
  await makeFindable(inside, page);
  if (draft.major) await tellSoon(inside);
  await recordAct(inside, {
    name: 'guidance.published',
    subject: { kind: 'guidance-page', id: page },
    before: { version: number - 1 },
    after: { version: number, major: draft.major, checked },
  });
  return number;
};

/**
 * Publishes what was submitted, once someone has checked it; who that may be is the instance's policy.
 *
 * @param at when; `null`: now.
 * @returns the version's number, or `null` where it is published later.
 */
export const publish = (
  ctx: Context,
  person: Person,
  page: string,
  revision: number,
  at: Date | null = null,
): Promise<Result<number | null, PublishRefusal>> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockPage(inside, page))) return refused('unknown');
    const draft = await findDraft(inside, page);
    if (draft?.state !== 'submitted') return refused('nothing-submitted');
    if (draft.revision !== revision) return refused('changed');
    if (at && at <= ctx.clock()) return refused('not-in-the-future');
    const check = await checkedBy(inside, draft.editedBy, person.id, 'editor');
    if (check.kind === 'refused') return refused(check.reason);
    if (!at) return ok(await publishDraft(inside, draft, person.id, check.kind));
    await setSchedule(inside, page, at, person.id);
    await recordAct(inside, {
      name: 'guidance.scheduled',
      subject: { kind: 'guidance-page', id: page },
      after: { at: at.toISOString(), checked: check.kind },
    });
    return ok(null);
  });
};

/** Publishes what was checked for a time that has come. @returns the pages. */
export const publishDue = async (ctx: Context): Promise<readonly string[]> => {
  const done: string[] = [];
  for (const page of await dueDrafts(ctx))
    await ctx.transaction(async (inside) => {
      await lockPage(inside, page);
      const draft = await findDraft(inside, page);
      // Someone may have saved it meanwhile, which takes the time back.
      if (draft?.state !== 'scheduled' || !draft.publishAt || !draft.checkedBy || draft.publishAt > ctx.clock()) return;
      await publishDraft(inside, draft, draft.checkedBy, 'scheduled');
      done.push(page);
    });
  return done;
};

/** Makes a draft of what an older version said; it is published like any other draft, or not. @returns false where there is none such. */
export const restoreAsDraft = (
  ctx: Context,
  person: Person,
  page: string,
  version: PageText,
  number: number,
): Promise<void> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    await lockPage(inside, page);
    const there = await findDraft(inside, page);
    await saveDraft(inside, {
      title: version.title,
      summary: version.summary,
      body: version.body,
      page,
      revision: (there?.revision ?? 0) + 1,
      major: true,
      changeNote: `Back to what version ${number} said.`,
      state: 'draft',
      editedBy: person.id,
    });
    await recordAct(inside, {
      name: 'guidance.restored-as-draft',
      subject: { kind: 'guidance-page', id: page },
      after: { version: number },
    });
  });
};

/** Withdraws a page with a reason, in favour of another where one is named, or (`null`) takes that back. Its address and versions stay. */
export const withdraw = (
  ctx: Context,
  page: string,
  reason: string | null,
  supersededBy: string | null = null,
): Promise<boolean> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    if (!(await lockPage(inside, page))) return false;
    await setWithdrawn(inside, page, reason, supersededBy);
    await formatsChanged(inside, page);
    await makeFindable(inside, page);
    await recordAct(inside, {
      name: reason === null ? 'guidance.withdrawal-ended' : 'guidance.withdrawn',
      subject: { kind: 'guidance-page', id: page },
      ...(reason === null ? {} : { after: { reason, supersededBy } }),
    });
    return true;
  });
};
