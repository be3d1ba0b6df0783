import { checkedBy } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { svgProblem } from '#platform/files/check-svg.ts';
import type { examineUpload } from '#platform/files/examine-upload.ts';
import { deleteKeptFile, keepFile, readKeptFile } from '#platform/files/kept-file.ts';
import type { Artwork } from '../domain/draw-mark.ts';
import type { Guideline, SchemeId } from '../domain/mark-rules.ts';
import { readArtwork } from '../domain/read-artwork.ts';
import { administerMark } from '../policy.ts';
import {
  addArtwork,
  addGuideline,
  decideGuideline,
  findGuideline,
  guidelineNow,
  type StoredGuideline,
  waitingGuideline,
} from '../store/guidelines.ts';
import { rulesToday } from './rules.ts';

export type ArtworkNow = {
  readonly isPlaceholder: boolean;
  readonly guideline: Guideline;
  readonly of: (scheme: SchemeId) => Artwork | null;
};

const opened = async (ctx: Context, stored: StoredGuideline): Promise<ArtworkNow> => {
  const artworks = new Map<string, Artwork>();
  for (const [scheme, file] of stored.files) {
    const kept = await readKeptFile(ctx, file);
    const artwork = kept ? readArtwork(new TextDecoder().decode(kept.bytes)) : null;
    if (artwork) artworks.set(scheme, artwork);
  }
  return {
    isPlaceholder: false,
    // A scheme that no artwork was loaded for does not exist: nothing official is made up.
    guideline: { ...stored.settings, schemes: stored.settings.schemes.filter((one) => artworks.has(one.id)) },
    of: (scheme) => artworks.get(scheme) ?? null,
  };
};

/** What the mark is drawn from today: the official artwork once it was loaded and checked, else the placeholder. */
export const artworkNow = async (ctx: Context): Promise<ArtworkNow> => {
  const stored = await guidelineNow(ctx);
  if (stored) return opened(ctx, stored);
  return { isPlaceholder: true, guideline: rulesToday(ctx).placeholder, of: () => null };
};

/** What was loaded and waits for its check, as it would be drawn. */
export const artworkWaiting = async (
  ctx: Context,
): Promise<{ readonly stored: StoredGuideline; readonly artwork: ArtworkNow } | null> => {
  const stored = await waitingGuideline(ctx);
  return stored ? { stored, artwork: await opened(ctx, stored) } : null;
};

/** Why a file cannot be the artwork; `null`: it can. */
export const artworkProblem = (bytes: Uint8Array): string | null => {
  const source = new TextDecoder().decode(bytes);
  const problem = svgProblem(source);
  if (problem !== null) return `The SVG cannot be taken: ${problem}`;
  return readArtwork(source) === null
    ? 'The SVG has no size: give it a viewBox, or a width and a height in pixels'
    : null;
};

const examining = {
  module: new URL('../../../platform/files/examine-upload.ts', import.meta.url),
  name: 'examineUpload',
};
const examineMs = 20_000;

/** A guideline's PDF, made fit to be kept. @returns refused with why it cannot be taken. */
export const examineGuideline = async (
  ctx: Context,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<Uint8Array, string>> => {
  const read = await ctx.workers.run<Awaited<ReturnType<typeof examineUpload>>>(examining, file, examineMs);
  if (read.kind === 'refused') return refused(read.refusal);
  return read.value.type === 'application/pdf' ? ok(read.value.bytes) : refused('The guideline has to be a PDF');
};

/** The PDF of the guideline that holds; `null`: none was loaded with it. */
export const guidelineDocument = async (ctx: Context): Promise<Uint8Array | null> =>
  documentOf(ctx, await guidelineNow(ctx));

export const documentOf = async (ctx: Context, stored: StoredGuideline | null): Promise<Uint8Array | null> =>
  stored?.documentId ? ((await readKeptFile(ctx, stored.documentId))?.bytes ?? null) : null;

export const hasGuidelineDocument = async (ctx: Context): Promise<boolean> =>
  Boolean((await guidelineNow(ctx))?.documentId);

/**
 * Loads the official artwork and what its guideline says. It waits for a check before it is used.
 *
 * @param id made with the form.
 * @param files each scheme's SVG, found good by `artworkProblem`.
 * @param document the guideline's PDF, as `examineGuideline` gave it.
 */
export const loadArtwork = async (
  ctx: Context,
  person: Person,
  id: string,
  settings: Guideline,
  files: ReadonlyMap<SchemeId, Uint8Array>,
  document: Uint8Array | null,
): Promise<void> => {
  demand(ctx.actor, administerMark);
  await ctx.transaction(async (inside) => {
    const documentId = document ? await keepFile(inside, 'application/pdf', document) : null;
    if (!(await addGuideline(inside, { id, settings, loadedBy: person.id, documentId }))) {
      if (documentId) await deleteKeptFile(inside, documentId);
      return;
    }
    for (const [scheme, bytes] of files)
      await addArtwork(inside, id, scheme, await keepFile(inside, 'image/svg+xml', bytes));
    await recordAct(inside, {
      name: 'quality-mark.artwork-loaded',
      subject: { kind: 'mark-guideline', id },
      after: { ...settings, schemes: settings.schemes.map((one) => one.id) },
    });
  });
};

export type ArtworkRefusal = 'gone' | 'needs-second-person' | 'others-can';

/** Says that what was loaded is the official artwork: from now on it takes the placeholder's place. */
export const approveArtwork = async (
  ctx: Context,
  person: Person,
  id: string,
): Promise<Result<null, ArtworkRefusal>> => {
  demand(ctx.actor, administerMark);
  return ctx.transaction(async (inside) => {
    const waiting = await findGuideline(inside, id);
    if (!waiting || waiting.checkedAt) return refused('gone');
    const checked = await checkedBy(inside, waiting.loadedBy ?? '', person.id, 'administrator');
    if (checked.kind === 'refused') return refused(checked.reason);
    const samePerson = checked.kind === 'same-person';
    if (!(await decideGuideline(inside, id, { kind: 'checked', by: person.id, samePerson }))) return refused('gone');
    await recordAct(inside, {
      name: 'quality-mark.artwork-checked',
      subject: { kind: 'mark-guideline', id },
      after: { samePerson },
    });
    return ok(null);
  });
};

/** Puts away what was loaded; what held before goes on holding. */
export const refuseArtwork = async (ctx: Context, id: string): Promise<void> => {
  demand(ctx.actor, administerMark);
  await ctx.transaction(async (inside) => {
    if (await decideGuideline(inside, id, { kind: 'refused' }))
      await recordAct(inside, { name: 'quality-mark.artwork-refused', subject: { kind: 'mark-guideline', id } });
  });
};
