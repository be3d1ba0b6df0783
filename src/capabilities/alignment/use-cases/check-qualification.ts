import { createHash } from 'node:crypto';
import { type ClaimableStandard, readClaimable } from '#cap/standards';
import type { Problem } from '#kernel/problem.ts';
import { plainText } from '#platform/documents/plain-text.ts';
import { adviceOn } from '../domain/advice.ts';
import { type CheckResult, checkResult } from '../domain/check-result.ts';
import { answerCoverage } from '../domain/coverage.ts';
import { type KnownStandards, knownStandards } from '../domain/known-standards.ts';
import { field, list, textOf } from '../domain/loose-reading.ts';
import { claimRequirements, poseQuestion } from '../domain/pose-question.ts';
import { readOffer, readQualification } from '../domain/qualification-problems.ts';
import { criteriaAt } from './current-criteria.ts';

/** The qualification, the offer or a standard is wrong. `problems` has everything that is, each with its path. */
export class QualificationError extends Error {
  override readonly name = 'QualificationError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'));
    this.problems = problems;
  }
}

export type CheckOptions = {
  /** `verdict`: only verdict, guarantee, counterexample, unreached and advice are filled. `full` by default. */
  readonly report?: 'verdict' | 'full';
  /** Milliseconds after which what is not settled stays `unsettled`; 60,000 by default. */
  readonly timeLimitMs?: number;
  /** What one provider runs, as parsed JSON: the check is of that instead of the whole. */
  readonly offer?: unknown;
  /** The day whose approval criteria the advice goes by; today. */
  readonly asOf?: Date;
};

const defaultTimeLimitMs = 60_000;

/**
 * Proves that every permitted combination of a qualification covers what it claims, or shows the one that does not.
 *
 * @param qualification a qualification file, as parsed JSON.
 * @param standards records of the Skills England standards API, as parsed JSON: one, or an array of them in any number
 *   of versions. Only those that are claimed are read.
 * @throws QualificationError when the file, the offer or a claimed standard is wrong; its problems come all together.
 */
export const checkQualification = (
  qualification: unknown,
  standards: unknown,
  options: CheckOptions = {},
): CheckResult => {
  const started = performance.now();
  const limit = options.timeLimitMs ?? defaultTimeLimitMs;
  const known = readClaimedStandards(qualification, Array.isArray(standards) ? standards : [standards]);
  const read = readQualification(qualification, known);
  if (read.kind === 'refused') throw new QualificationError(read.refusal);
  const offer = options.offer === undefined ? null : readOffer(options.offer, read.value);
  if (offer?.kind === 'refused')
    throw new QualificationError(
      offer.refusal.map(({ path, message }) => ({ path: path === '' ? 'offer' : `offer.${path}`, message })),
    );
  const offered = offer?.value ?? null;
  const requirements = claimRequirements(read.value, known);
  const question = poseQuestion(read.value, requirements, offered);
  const answer = answerCoverage(question, {
    report: options.report ?? 'full',
    spent: () => (performance.now() - started) / limit,
  });
  const advice = adviceOn(
    criteriaAt(options.asOf ?? new Date()),
    read.value,
    known,
    requirements,
    question,
    offered,
    answer.unitsInNone,
  );
  return checkResult({ qualification: read.value, requirements, question, offer: offered }, answer, advice, sha256);
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Reads the records that the file's claims name, in all their versions; a record among them that cannot be read is a problem. */
const readClaimedStandards = (qualification: unknown, records: readonly unknown[]): KnownStandards => {
  const claimed = new Set(list(field(qualification, 'occupations')).map((claim) => textOf(field(claim, 'standard'))));
  const read: ClaimableStandard[] = [];
  const problems: Problem[] = [];
  records.forEach((record, index) => {
    const reference = textOf(field(record, 'referenceNumber'))?.trim().toUpperCase();
    if (reference === undefined || !claimed.has(reference)) return;
    const standard = readClaimable(record);
    if (standard.kind === 'ok') read.push(standard.value);
    else
      for (const problem of standard.refusal)
        problems.push({
          path: `standards[${index}]${problem.path ? `.${problem.path}` : ''}`,
          message: `${reference}: ${problem.message}`,
        });
  });
  if (problems.length > 0) throw new QualificationError(problems);
  return knownStandards(read, plainText);
};
