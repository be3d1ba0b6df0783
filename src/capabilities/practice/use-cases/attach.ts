import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { examineFile } from '#platform/files/examine-on-pool.ts';
import { keepFile, readKeptFile } from '#platform/files/kept-file.ts';
import { type Example, isBeingWritten } from '../domain/example.ts';
import { type ExampleFile, longestTitle, mostBytes, mostFiles } from '../domain/example-file.ts';
import { addFile, findFile, listFiles, removeFile } from '../store/example-files.ts';
import { changeExample, findByToken, lockExample } from '../store/examples.ts';

export { listFiles } from '../store/example-files.ts';

/** The title that a file is shown by where nobody gave it one: its own name. */
const titleOf = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[a-z0-9]+$/i, '')
    .replaceAll(/[-_\s]+/g, ' ')
    .trim() || 'File';

/**
 * Looks at a file and takes it up with an example that is being written.
 *
 * @param id made with the form: sent twice, the file is there once.
 * @returns refused with the reason, for whoever sent it.
 */
export const attach = async (
  ctx: Context,
  token: string,
  id: string,
  sent: { readonly title: string; readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<void, string>> => {
  const examined = await examineFile(ctx, { name: sent.name, bytes: sent.bytes });
  if (examined.kind === 'refused') return examined;
  const upload = examined.value;
  return ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (!one || !isBeingWritten(one.state)) return refused('The example is sent in: nothing can be added to it now');
    const there = await listFiles(inside, one.id);
    if (there.some((file) => file.id === id)) return ok(undefined);
    if (there.length >= mostFiles) return refused(`An example has up to ${mostFiles} files. Take one out first`);
    if (there.reduce((sum, file) => sum + file.size, upload.bytes.length) > mostBytes)
      return refused('All files of an example together have up to 25 MB');
    await addFile(inside, {
      id,
      example: one.id,
      title: (sent.title || titleOf(sent.name)).slice(0, longestTitle),
      file: await keepFile(inside, upload.type, upload.bytes),
      type: upload.type,
      ending: upload.ending,
      size: upload.bytes.length,
      facts: upload.facts,
    });
    await changeExample(inside, one.id, {});
    await recordAct(inside, {
      name: 'practice.file-attached',
      subject: { kind: 'practice-example', id: one.id },
      after: { type: upload.type },
    });
    return ok(undefined);
  });
};

/** Takes a file out of an example that is being written, with its bytes. */
export const takeFileOut = (ctx: Context, token: string, id: string): Promise<void> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    const file = one && isBeingWritten(one.state) ? await findFile(inside, one.id, id) : null;
    if (!one || !file) return;
    await removeFile(inside, file);
    await changeExample(inside, one.id, {});
    await recordAct(inside, { name: 'practice.file-removed', subject: { kind: 'practice-example', id: one.id } });
  });

/**
 * A file with its bytes.
 *
 * @param heldBackToo for whoever writes the example or decides on it: readers never have what is held back.
 */
export const openFile = async (
  ctx: Context,
  example: Pick<Example, 'id'>,
  id: string,
  heldBackToo: boolean,
): Promise<{ readonly file: ExampleFile; readonly bytes: Uint8Array } | null> => {
  const file = await findFile(ctx, example.id, id);
  if (!file || (file.heldBack !== null && !heldBackToo)) return null;
  const kept = await readKeptFile(ctx, file.file);
  return kept ? { file, bytes: kept.bytes } : null;
};
