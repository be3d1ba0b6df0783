import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import type { Example } from '../domain/example.ts';
import { confirmFilePath, confirmPath, draftPath } from '../paths.ts';
import { listFiles, openFile } from '../use-cases/attach.ts';
import { confirmAddress, findBySecret } from '../use-cases/confirm-address.ts';
import { shareCrumbs } from './draft-asked.ts';
import { fileAnswer } from './file-answer.ts';
import { type ShownExample, shownExample, shownFile } from './words.ts';

type ConfirmModel = { readonly shown: ShownExample; readonly action: string };

const confirmView = view<ConfirmModel>('capabilities/practice/pages/share/confirm.njk');

const gone = () => notFound('There is no example to confirm here. It was taken back, or deleted because nobody did.');

const secretOf = (request: PageRequest): string => request.params.secret ?? '';

const asked = async (request: PageRequest, ctx: Context): Promise<Example> => {
  const one = await findBySecret(ctx, secretOf(request));
  if (!one) throw gone();
  return one;
};

/** What the mail to an address that was given without an account leads to. */
export const confirmingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/practice/confirm/:secret',
    access: 'anyone',
    audit: 'practice.confirm-form',
    perMinute: 60,
    handle: async (request, ctx) => {
      const one = await asked(request, ctx);
      if (one.state !== 'unconfirmed') return redirect(draftPath(one.token));
      const files = (await listFiles(ctx, one.id)).map((file) =>
        shownFile(file, confirmFilePath(secretOf(request), file.id)),
      );
      return page(
        confirmView,
        {
          shown: shownExample(one, londonDay(ctx.clock()), files),
          action: confirmPath(secretOf(request)),
        },
        { title: 'Is this example from you?', crumbs: shareCrumbs },
      );
    },
  },
  {
    method: 'GET',
    path: '/practice/confirm/:secret/files/:file',
    access: 'anyone',
    audit: 'practice.confirm-file',
    perMinute: 60,
    handle: async (request, ctx) =>
      fileAnswer(await openFile(ctx, await asked(request, ctx), request.params.file ?? '', true)),
  },
  {
    method: 'POST',
    path: '/practice/confirm/:secret',
    access: 'anyone',
    audit: 'practice.confirm',
    perMinute: 30,
    handle: async (request, ctx) => {
      const token = await confirmAddress(ctx, secretOf(request));
      if (token === null) throw gone();
      return redirect(`${draftPath(token)}?done=confirmed`);
    },
  },
];
