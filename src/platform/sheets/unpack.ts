import { type UnzipFileInfo, unzipSync } from 'fflate';
import { ok, type Result } from '#kernel/result.ts';
import type { SheetProblem } from './sheet.ts';
import { refusedAs, sheetLimits } from './sheet-limits.ts';

/** Parts by their path within the workbook. */
export type Parts = ReadonlyMap<string, Uint8Array>;

/**
 * Lists what is in a zip, from its directory alone: nothing is unpacked.
 *
 * @returns refused when the zip is broken or says of itself that it unpacks to more than is read.
 */
export const listParts = (bytes: Uint8Array): Result<readonly UnzipFileInfo[], SheetProblem> => {
  const parts: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (part) => {
        parts.push(part);
        return false;
      },
    });
  } catch {
    return refusedAs('damaged', 'The workbook is damaged or cut off: it begins as one, and its end is missing.');
  }
  const whole = parts.reduce((sum, part) => sum + part.originalSize, 0);
  if (whole > sheetLimits.unpackedBytes || parts.length > sheetLimits.parts)
    return refusedAs(
      'too-large',
      `The workbook is too large: it unpacks to ${Math.ceil(whole / 1_000_000)} MB in ${parts.length} parts; at most ${Math.floor(sheetLimits.unpackedBytes / 1_000_000)} MB in ${sheetLimits.parts} parts are read.`,
    );
  return ok(parts);
};

/**
 * Unpacks the parts that are wanted. Call it after `listParts` has agreed: fflate writes each part into a buffer of
 * the size that the directory declares, so a directory that lies gives a damaged part and never a larger one.
 */
export const unpack = (bytes: Uint8Array, wanted: (path: string) => boolean): Result<Parts, SheetProblem> => {
  try {
    return ok(new Map(Object.entries(unzipSync(bytes, { filter: (part) => wanted(part.name) }))));
  } catch {
    return refusedAs('damaged', 'The workbook is damaged: one of its parts cannot be unpacked.');
  }
};

export const textOfPart = (parts: Parts, path: string): string => {
  const part = parts.get(path);
  return part ? new TextDecoder().decode(part) : '';
};
