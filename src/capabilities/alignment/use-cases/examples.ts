import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { field, list, textOf } from '../domain/loose-reading.ts';

/** The fictional qualifications that come with the toolkit. */
const folder = join(import.meta.dirname, '../../../../examples/qualifications');

export type Example = { readonly name: string; readonly title: string; readonly units: number; readonly text: string };

export const listExamples = async (): Promise<readonly Example[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const raw: unknown = JSON.parse(text);
      return {
        name: file.replace(/\.json$/, ''),
        title: textOf(field(raw, 'title')) ?? file,
        units: list(field(raw, 'units')).length,
        text,
      };
    }),
  );
};
