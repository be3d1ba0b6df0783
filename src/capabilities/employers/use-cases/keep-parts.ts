import { isAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Ask, Contact, Meeting, NextStep } from '../domain/employer.ts';
import type { ContactText, MeetingText, NextStepText } from '../domain/read-parts.ts';
import { workOnEmployer } from '../policy.ts';
import { type AskToKeep, addAsk, listAsks, removeAsk, saveAsk } from '../store/asks.ts';
import { addContact, listContacts, removeContact, saveContact } from '../store/contacts.ts';
import { lockEmployer } from '../store/employers.ts';
import { addMeeting, listMeetings, removeMeeting, saveMeeting } from '../store/meetings.ts';
import { addNextStep, listNextSteps, removeNextStep, saveNextStep } from '../store/next-steps.ts';

export type { AskToKeep } from '../store/asks.ts';

/** What hangs on a record: of each kind how it is listed, added, saved and taken away. */
export type PartKind<Part, Text> = {
  /** `contact`: what the trail calls it. */
  readonly name: string;
  readonly list: (ctx: Context, employer: string) => Promise<readonly Part[]>;
  readonly add: (ctx: Context, employer: string, id: string, text: Text) => Promise<void>;
  readonly save: (ctx: Context, employer: string, id: string, text: Text) => Promise<void>;
  readonly remove: (ctx: Context, id: string) => Promise<void>;
};

export const contactKind: PartKind<Contact, ContactText> = {
  name: 'contact',
  list: listContacts,
  add: addContact,
  save: saveContact,
  remove: removeContact,
};
export const meetingKind: PartKind<Meeting, MeetingText> = {
  name: 'meeting',
  list: (ctx, employer) => listMeetings(ctx, [employer]),
  add: addMeeting,
  save: saveMeeting,
  remove: removeMeeting,
};
export const nextStepKind: PartKind<NextStep, NextStepText> = {
  name: 'next-step',
  list: listNextSteps,
  add: addNextStep,
  save: saveNextStep,
  remove: removeNextStep,
};
export const askKind: PartKind<Ask, AskToKeep> = {
  name: 'ask',
  list: listAsks,
  add: addAsk,
  save: saveAsk,
  remove: removeAsk,
};

export type PartRefusal<Part> =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too-many' }
  /** Someone saved meanwhile: what is there now. */
  | { readonly kind: 'changed'; readonly now: Part };

/** Of each kind on one record: more than anyone writes, and a page still shows them. */
export const mostParts = 500;

/**
 * Adds or changes what hangs on a record, whose row is locked meanwhile.
 *
 * @param id made with the form, so that a form that is sent twice adds it once.
 * @param revision of the part that the form began with; 0: it is new.
 */
export const keepPart = <Part extends { readonly id: string; readonly revision: number }, Text>(
  ctx: Context,
  kind: PartKind<Part, Text>,
  employer: string,
  id: string,
  revision: number,
  text: Text,
): Promise<Result<void, PartRefusal<Part>>> =>
  ctx.transaction(async (inside) => {
    const record = await lockEmployer(inside, employer);
    if (!record || !isAllowed(ctx.actor, workOnEmployer, { organisation: record.organisation }))
      return refused({ kind: 'unknown' });
    const parts = await kind.list(inside, employer);
    const before = parts.find((one) => one.id === id);
    if (revision === 0) {
      if (before) return ok(undefined);
      if (parts.length >= mostParts) return refused({ kind: 'too-many' });
      await kind.add(inside, employer, id, text);
    } else {
      if (!before) return refused({ kind: 'unknown' });
      if (before.revision !== revision) return refused({ kind: 'changed', now: before });
      await kind.save(inside, employer, id, text);
    }
    // Nothing of what was typed: it is about people, and goes with the record.
    await recordAct(inside, {
      name: `employers.${kind.name}-${revision === 0 ? 'added' : 'changed'}`,
      subject: { kind: kind.name, id },
      forOrganisation: record.organisation,
      after: { employer },
    });
    return ok(undefined);
  });

/** @returns false where there is no such thing for this actor. */
export const dropPart = <Part extends { readonly id: string }, Text>(
  ctx: Context,
  kind: PartKind<Part, Text>,
  employer: string,
  id: string,
): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const record = await lockEmployer(inside, employer);
    if (!record || !isAllowed(ctx.actor, workOnEmployer, { organisation: record.organisation })) return false;
    if (!(await kind.list(inside, employer)).some((one) => one.id === id)) return false;
    await kind.remove(inside, id);
    await recordAct(inside, {
      name: `employers.${kind.name}-removed`,
      subject: { kind: kind.name, id },
      forOrganisation: record.organisation,
      before: { employer },
    });
    return true;
  });
