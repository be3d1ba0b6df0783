import type { FastifyRequest } from 'fastify';
import { WebProblem } from './errors/web-problem.ts';
import type { Form, UploadedFile, UploadLimits } from './route.ts';

/** The largest file a page takes, as the pages say it: 5 MB. */
export const largestFile = 5 * 1024 * 1024;

/** Control characters beside tabs and line ends, which a pasted text may have and no feed can hold: a space stands for each. */
const withoutControls = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (found) => ('\t\n\r\u0000'.includes(found) ? found : ' '));

/** Reads a sent form of either kind into one shape. Called once a request. */
export const readForm = async (request: FastifyRequest, limits?: UploadLimits): Promise<Form> => {
  const fields = new URLSearchParams();
  const files: UploadedFile[] = [];
  let all = 0;
  if (request.isMultipart())
    for await (const part of request.parts(limits ? { limits: { files: limits.files, fileSize: limits.each } } : {})) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        all += bytes.length;
        if (limits && all > limits.all) throw new WebProblem(413, 'The files are larger together than one form takes.');
        if (part.filename !== '' || bytes.length > 0) files.push({ field: part.fieldname, name: part.filename, bytes });
      } else if (typeof part.value === 'string') fields.append(part.fieldname, withoutControls(part.value));
    }
  else if (request.body && typeof request.body === 'object')
    for (const [name, value] of Object.entries(request.body))
      for (const one of Array.isArray(value) ? value : [value]) fields.append(name, withoutControls(String(one)));
  // No browser sends one, and PostgreSQL holds none in a text.
  for (const [, text] of fields)
    if (text.includes('\u0000')) throw new WebProblem(400, 'A field holds a character that no text can hold.');
  return { fields, files };
};
