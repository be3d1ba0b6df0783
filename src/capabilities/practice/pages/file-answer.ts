import { slugOf } from '#kernel/slug.ts';
import type { Answer } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { openFile } from '../use-cases/attach.ts';

/** A file of an example, saved under its title rather than shown: what others made is not opened within this site. */
export const fileAnswer = (opened: Awaited<ReturnType<typeof openFile>>): Answer => {
  if (!opened) throw notFound('There is no such file, or it was taken back.');
  const { title, ending, type } = opened.file;
  return { kind: 'file', name: `${slugOf(title) || 'file'}.${ending}`, type, body: opened.bytes };
};
