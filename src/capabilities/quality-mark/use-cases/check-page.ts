import { providerByUkprn } from '#cap/accounts';
import { knownOccupations } from '#cap/register';
import { dayWords } from '#kernel/london-time.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import { dayWritten, type Finding, type KnownMark, type PageCheck, type PicturePlace } from '../domain/check-page.ts';
import { hindranceWords, sentenceWithMark } from '../domain/mark-words.ts';
import type { Subject } from '../domain/page-subjects.ts';
import type { PageImage } from '../domain/page-text.ts';
import { isGenuine } from '../domain/verdict.ts';
import { liveMarkPath, markPath, offerPath } from '../paths.ts';
import type { TextChecked } from './check-text.ts';
import { offerOfCredential } from './read-credential.ts';
import { copyWords } from './register-facts.ts';
import { rulesToday } from './rules.ts';
import { marksOfProvider } from './settle-marks.ts';
import { sourcesHere, verifyFile } from './verify-credential.ts';

const work = { module: new URL('./check-text.ts', import.meta.url), name: 'checkText' } as const;
const checkMs = 20_000;

export type CheckedPage = {
  readonly provider: string;
  readonly findings: readonly Finding[];
  readonly blocks: number;
  readonly offers: number;
  /** Of what the register is a copy; empty: it is the source. */
  readonly copyWords: string;
};

const looksLikeMark = /quality[ _-]?mark|\bhtqs?\b|higher technical qualification/i;

type MarkShown = { readonly offer: string; readonly occupation: string };

/** The mark that an address of this site shows as it stands; `null`: it is no such address, a copy at another site among them. */
const liveMarkAt = (ctx: Context, src: string): MarkShown | null => {
  const url = URL.parse(src);
  const [, offer = '', occupation = ''] =
    (url?.host === new URL(ctx.address).host &&
      /\/mark\/offers\/([^/]+)\/([^/]+)\/(?:mark-[a-z]+\.(?:svg|png)|credential\.(?:svg|png))$/.exec(url.pathname)) ||
    [];
  try {
    return offer === '' ? null : { offer: decodeURIComponent(offer), occupation: decodeURIComponent(occupation) };
  } catch {
    return null;
  }
};

/**
 * What is out of date or wrong about one picture; `null`: nothing, or it is no mark.
 *
 * @param place where it stands.
 */
const pictureFinding = async (
  ctx: Context,
  image: PageImage,
  { subject, words }: PicturePlace,
  marks: readonly KnownMark[],
): Promise<Finding | null> => {
  const src = image.src.startsWith('data:') ? 'a picture in the page itself' : image.src.slice(0, 200);
  const said = (weight: Finding['weight'], wrong: string, mend: string): Finding => ({
    kind: 'picture',
    place: image.place,
    excerpt: { before: '', match: src, after: '' },
    weight,
    wrong,
    mend,
  });
  const live = liveMarkAt(ctx, image.src);
  const verdict = image.bytes && !live ? await verifyFile(image.bytes, sourcesHere(ctx), ctx.clock()) : null;
  if (verdict?.kind === 'ended')
    return said(
      'must',
      'This mark is out of date: the credential in it no longer holds.',
      'Take it out, or use the newest files of the offer.',
    );
  if (verdict?.kind === 'altered') return said('must', 'The credential in this mark is not genuine.', 'Take it out.');
  const shown = live ?? (verdict && isGenuine(verdict) ? await offerOfCredential(ctx, verdict) : null);
  if (shown) {
    const mark = marks.find((one) => one.offer === shown.offer && one.facts.occupation.reference === shown.occupation);
    if (!mark)
      return said(
        'must',
        'This picture is the mark of another provider, or of an offer that is not in the register.',
        'Use the lines that the page of your own offer gives you.',
      );
    if (mark.entitlement.kind === 'not-entitled')
      return said(
        'must',
        `This mark no longer holds${live ? ', and the picture says so' : ''}. ${mark.entitlement.hindrances.map((one) => hindranceWords(one).why).join(' ')}`,
        'Take the picture out.',
      );
    if (subject.kind === 'known' && !subject.qualifications.some((one) => one.id === mark.facts.qualification.id))
      return said(
        'must',
        `This is the mark of ${mark.facts.qualification.title}, and it stands under ${titlesOf(subject)}.`,
        'Use the picture that the page of that offer gives you, or move this one to where its qualification is described.',
      );
    if ((image.alt ?? '').trim() === '')
      return said(
        'must',
        'The mark has no text for people who do not see it.',
        `Give it the text that comes with the picture: ${ctx.address}${offerPath(mark.offer)}`,
      );
    const { wording, firstTeach } = mark.entitlement;
    if (wording.kind === 'before-first-teach' && !dayWritten(firstTeach).test(words))
      return said(
        'must',
        `${mark.facts.qualification.title} is taught as an HTQ from ${dayWords(firstTeach)} on, and the page does not say so beside the mark.`,
        `Write: “${sentenceWithMark(mark.facts, wording)}”`,
      );
    return live ? null : copyOf(ctx, said, mark);
  }
  if (!looksLikeMark.test(`${image.src.slice(0, 300)} ${image.alt ?? ''}`)) return null;
  const meant = subject.kind === 'known' ? subject.qualifications.flatMap((one) => one.marks) : marks;
  const entitled = meant.filter((one) => one.entitlement.kind === 'entitled');
  const [only, another] = entitled;
  if (!only)
    return said(
      'must',
      subject.kind === 'known'
        ? `This looks like the mark, and it may not be used for ${titlesOf(subject)} today.`
        : 'This looks like the mark, and the register gives this provider no right to use it today.',
      'Take it out.',
    );
  if (subject.kind === 'unknown')
    return said(
      'must',
      'This looks like the mark, and it stands under something that the register does not hold for this provider.',
      'Take it out, or write the title above it as the register has it.',
    );
  return copyOf(ctx, said, subject.kind === 'known' && !another ? only : null);
};

/** @param mark whose copy it is, where that is known. */
const copyOf = (
  ctx: Context,
  said: (weight: Finding['weight'], wrong: string, mend: string) => Finding,
  mark: KnownMark | null,
): Finding =>
  said(
    'look',
    'This looks like a copy of the mark. A copy cannot change when an approval does.',
    mark
      ? `Use the picture that this site serves: ${ctx.address}${liveMarkPath(mark.offer, mark.facts.occupation.reference)}`
      : `Use the picture that the page of the offer gives you: ${ctx.address}${markPath}`,
  );

const titlesOf = (subject: Extract<Subject, { readonly kind: 'known' }>): string =>
  subject.qualifications.map((one) => one.title).join(' and ');

/**
 * Checks a page of a provider's prospectus against the register of this instance.
 *
 * @param file the page, in HTML, Word, PDF or text.
 */
export const checkPage = async (
  ctx: Context,
  ukprn: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<CheckedPage, { readonly field: 'ukprn' | 'file'; readonly text: string }>> => {
  const marks = await marksOfProvider(ctx, ukprn);
  const provider = marks[0]?.facts.provider.name ?? (await providerByUkprn(ctx, ukprn))?.name ?? null;
  if (provider === null) return refused({ field: 'ukprn', text: 'No provider of that UKPRN is known here' });
  const check: PageCheck = { marks, occupations: await knownOccupations(ctx), titleRule: rulesToday(ctx).title };
  const checked = await ctx.workers.run<Result<TextChecked, string>>(work, { bytes: file.bytes, check }, checkMs);
  if (checked.kind === 'refused') return refused({ field: 'file', text: checked.refusal });
  const { page, findings, pictures } = checked.value;
  const all = [...findings];
  for (const [at, image] of page.images.entries()) {
    const one = await pictureFinding(ctx, image, pictures[at] ?? { subject: { kind: 'none' }, words: '' }, marks);
    if (one) all.push(one);
  }
  return ok({
    provider,
    findings: all,
    blocks: page.blocks.length,
    offers: marks.length,
    copyWords: await copyWords(ctx),
  });
};
