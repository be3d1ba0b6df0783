import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { examineFile } from '#platform/files/examine-on-pool.ts';
import { keepFile } from '#platform/files/kept-file.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { answerWorkingDays, dueAfter, type FormatRequest } from '../domain/format-request.ts';
import { guidePagePath } from '../paths.ts';
import { edit } from '../policy.ts';
import { addRequest, listRequests, lockRequest, setAnswer } from '../store/format-requests.ts';
import { findPage } from '../store/guide.ts';

export { madeOnRequest } from '../store/format-requests.ts';

export type AskedFormat = {
  /** Made with the form, so that a form sent twice asks once. */
  readonly id: string;
  readonly page: string;
  readonly wanted: string;
  readonly details: string;
  readonly address: string;
};

/** Takes the wish up, and says by mail by when the answer comes. @returns that day, as an ISO date. */
export const askForFormat = (ctx: Context, asked: AskedFormat): Promise<string> =>
  ctx.transaction(async (inside) => {
    const due = dueAfter(ctx.clock(), answerWorkingDays);
    const page = await findPage(inside, asked.page);
    if (!page || !(await addRequest(inside, { ...asked, due }))) return due;
    await sendMail(inside, {
      name: 'guidance.format-asked',
      to: { address: asked.address, name: null },
      person: null,
      subject: `We have your request: ${page.current.title}`,
      body: [
        { kind: 'text', text: `You asked for “${page.current.title}” in another format: ${asked.wanted}.` },
        { kind: 'text', text: `You will have an answer by ${due}. You need not do anything until then.` },
      ],
    });
    await recordAct(inside, {
      name: 'guidance.format-asked',
      subject: { kind: 'guidance-page', id: asked.page },
      after: { wanted: asked.wanted, due },
    });
    return due;
  });

export const formatRequests = (ctx: Context): Promise<readonly FormatRequest[]> => {
  demand(ctx.actor, edit);
  return listRequests(ctx);
};

/** Answers by mail. A file that was made for it is offered to everyone on the page from now on. */
export const answerRequest = async (
  ctx: Context,
  person: Person,
  id: string,
  words: string,
  sent: { readonly name: string; readonly bytes: Uint8Array } | null,
): Promise<Result<void, string>> => {
  demand(ctx.actor, edit);
  const examined = sent ? await examineFile(ctx, sent) : null;
  if (examined?.kind === 'refused') return refused(examined.refusal);
  const upload = examined?.kind === 'ok' ? examined.value : null;
  return ctx.transaction(async (inside) => {
    const there = await lockRequest(inside, id);
    const page = there ? await findPage(inside, there.page_id) : null;
    if (!there || !page) return refused('There is no such request.');
    if (there.answered_at) return refused('Someone answered it already.');
    const file = upload ? await keepFile(inside, upload.type, upload.bytes) : null;
    await setAnswer(inside, id, { by: person.id, words, file, ending: upload?.ending ?? null });
    if (there.address !== '')
      await sendMail(inside, {
        name: 'guidance.format-answered',
        to: { address: there.address, name: null },
        person: null,
        subject: `Your request: ${page.current.title}`,
        body: [
          { kind: 'text', text: words },
          {
            kind: 'link',
            text: file ? `${there.wanted}, on the page` : 'The page',
            href: `${ctx.address}${guidePagePath(there.page_id)}`,
          },
        ],
      });
    await recordAct(inside, {
      name: 'guidance.format-answered',
      subject: { kind: 'guidance-page', id: there.page_id },
      after: { wanted: there.wanted, withFile: file !== null },
    });
    return ok(undefined);
  });
};
