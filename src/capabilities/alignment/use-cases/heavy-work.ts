import type { OccupationalStandard } from '#cap/standards';
import type { Problem } from '#kernel/problem.ts';
import type { HeavyWork } from '#platform/workers/pool.ts';
import type { CheckResult } from '../domain/check-result.ts';
import type { Qualification } from '../domain/qualification-file.ts';
import { type CheckOptions, checkQualification, QualificationError } from './check-qualification.ts';
import { makeTemplate, type WorkbookFormat } from './make-template.ts';
import { type InputFile, readQualificationInput } from './read-qualification-input.ts';
import { writeWorkbook } from './write-workbook.ts';

/**
 * What runs on a thread of the pool: plain values in, plain values out. A refusal comes back as a value, since an
 * error loses its fields on the way between threads.
 */
export const readInputWork = (files: readonly InputFile[]) => readQualificationInput(files);

export type CheckInput = {
  readonly qualification: unknown;
  readonly records: readonly unknown[];
  readonly options: CheckOptions;
};
export type CheckAnswer =
  | { readonly kind: 'checked'; readonly result: CheckResult }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

export const checkWork = ({ qualification, records, options }: CheckInput): CheckAnswer => {
  try {
    return { kind: 'checked', result: checkQualification(qualification, records, options) };
  } catch (error) {
    if (error instanceof QualificationError) return { kind: 'wrong', problems: error.problems };
    throw error;
  }
};

export type TemplateInput = { readonly standards: readonly OccupationalStandard[]; readonly format: WorkbookFormat };

export const templateWork = ({ standards, format }: TemplateInput) => makeTemplate(standards, format);

export type WorkbookInput = {
  readonly qualification: Qualification;
  readonly standards: readonly OccupationalStandard[];
  readonly format: 'xlsx' | 'ods' | 'csv';
};

export const workbookWork = ({ qualification, standards, format }: WorkbookInput) =>
  writeWorkbook(qualification, standards, format);

const here = new URL(import.meta.url);

/** For `ctx.workers.run`. */
export const heavyWork = {
  readInput: { module: here, name: 'readInputWork' },
  check: { module: here, name: 'checkWork' },
  template: { module: here, name: 'templateWork' },
  workbook: { module: here, name: 'workbookWork' },
} as const satisfies Readonly<Record<string, HeavyWork>>;
