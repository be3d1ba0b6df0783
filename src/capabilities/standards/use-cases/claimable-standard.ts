import type { Problem } from '#kernel/problem.ts';
import { ok, type Result } from '#kernel/result.ts';
import { plainText } from '#platform/documents/plain-text.ts';
import type { OccupationalStandard } from '../domain/occupational-standard.ts';
import { readStandard } from './read-standard.ts';

/** The part of a standard that a claim rests on. */
export type ClaimableStandard = Pick<
  OccupationalStandard,
  'reference' | 'version' | 'title' | 'level' | 'status' | 'options'
> & { readonly ksbs: readonly ClaimableKsb[] };

/** A KSB as a claim needs it. Its text is made plain when it is first asked for: most checks never ask. */
export type ClaimableKsb = Pick<OccupationalStandard['ksbs'][number], 'code' | 'text' | 'core' | 'options'>;

const noOptions: readonly string[] = [];

/** A class for its getter alone: one for all KSBs, where an object literal would make one for each. */
class CoreKsb implements ClaimableKsb {
  readonly code: string;
  readonly core = true;
  readonly options = noOptions;
  readonly #detail: string;

  constructor(code: string, detail: string) {
    this.code = code;
    this.#detail = detail;
  }

  get text(): string {
    return plainText(this.#detail);
  }
}

/**
 * Reads what a claim needs of a record. A record that is plainly in order and has no options is read in place, which
 * takes a fraction of the time; any other is read as `readStandard` reads it, which also says what is wrong.
 */
export const readClaimable = (raw: unknown): Result<ClaimableStandard, readonly Problem[]> =>
  plainRecord(raw) ?? readStandard(raw);

/** Records of foundation apprenticeships and apprenticeship units name their lists otherwise. */
const otherNames = ['technicalKnowledges', 'technicalSkills', 'employabilitySkillsAndBehaviours'];

const lists = [
  ['knowledges', 'K'],
  ['skills', 'S'],
  ['behaviours', 'B'],
] as const;

const plainRecord = (raw: unknown): Result<ClaimableStandard, never> | null => {
  const record = raw as Readonly<Record<string, unknown>> | null;
  if (typeof record !== 'object' || record === null) return null;
  const { referenceNumber, versionNumber, title, level, status, options, duties } = record;
  if (typeof referenceNumber !== 'string' || !/^ST\d{4}$/.test(referenceNumber)) return null;
  if (typeof versionNumber !== 'string' || !/^\d+(?:\.\d+)*$/.test(versionNumber)) return null;
  if (typeof title !== 'string' || title.trim() === '' || typeof level !== 'number' || typeof status !== 'string')
    return null;
  if (!Array.isArray(options) || options.length > 0 || !Array.isArray(duties)) return null;
  if (otherNames.some((name) => name in record)) return null;
  const ksbs: ClaimableKsb[] = [];
  for (const [key, letter] of lists) {
    const items = record[key];
    if (!Array.isArray(items)) return null;
    for (let index = 0; index < items.length; index += 1) {
      const detail = (items[index] as { readonly detail?: unknown } | null)?.detail;
      if (typeof detail !== 'string') return null;
      ksbs.push(new CoreKsb(`${letter}${index + 1}`, detail));
    }
  }
  const standard = {
    reference: referenceNumber,
    version: versionNumber,
    title: plainText(title),
    level,
    status: plainText(status),
    options: [],
    ksbs,
  };
  return ok(standard);
};
