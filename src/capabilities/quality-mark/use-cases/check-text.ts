import { ok, type Result } from '#kernel/result.ts';
import { type CheckedText, checkPage, type PageCheck } from '../domain/check-page.ts';
import type { PageText } from '../domain/page-text.ts';
import { readPage } from './read-page.ts';

export type TextToCheck = { readonly bytes: Uint8Array; readonly check: PageCheck };
export type TextChecked = CheckedText & { readonly page: PageText };

/** Reads a page and checks its text. Heavy work: run it on the pool, since whoever sends a page decides how long it takes. */
export const checkText = async ({ bytes, check }: TextToCheck): Promise<Result<TextChecked, string>> => {
  const read = await readPage(bytes);
  return read.kind === 'refused' ? read : ok({ page: read.value, ...checkPage(read.value, check) });
};
