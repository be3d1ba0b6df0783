import { providerByUkprn } from '#cap/accounts';
import { knownOccupations } from '#cap/register';
import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import {
  type Finding,
  checkPage as findWrong,
  type KnownMark,
  type PictureFinding,
  subjectsOfPictures,
} from '../domain/check-page.ts';
import { markStateOf } from '../domain/mark-state.ts';
import { altText, hindranceWords } from '../domain/mark-words.ts';
import type { Subject } from '../domain/page-subjects.ts';
import type { PageImage, PageText } from '../domain/page-text.ts';
import { liveMarkPath, markPath } from '../paths.ts';
import { artworkNow } from './artwork.ts';
import { rulesToday } from './rules.ts';
import { marksOfProvider } from './settle-marks.ts';
import { sourcesHere, verifyFile } from './verify-credential.ts';

const work = { module: new URL('./read-page.ts', import.meta.url), name: 'readPage' } as const;
const readMs = 20_000;

export type CheckedPage = {
  readonly provider: string;
  readonly findings: readonly Finding[];
  readonly blocks: number;
  readonly offers: number;
};

const livePlace = /\/mark\/offers\/([^/]+)\/([^/]+)\/(?:mark-[a-z]+\.(?:svg|png)|credential\.(?:svg|png))/;
const looksLikeMark = /quality[ _-]?mark|\bhtqs?\b|higher technical qualification/i;

/**
 * What is out of date or wrong about one picture; `null`: nothing, or it is no mark.
 *
 * @param subject what it stands under.
 */
const pictureFinding = async (
  ctx: Context,
  image: PageImage,
  subject: Subject,
  marks: readonly KnownMark[],
): Promise<PictureFinding | null> => {
  const src = image.src.startsWith('data:') ? 'a picture in the page itself' : image.src;
  const said = (weight: Finding['weight'], wrong: string, mend: string): PictureFinding => ({
    place: image.place,
    src,
    weight,
    wrong,
    mend,
  });
  const [, offer, occupation] = livePlace.exec(image.src)?.map((one) => decodeURIComponent(one)) ?? [];
  if (offer !== undefined) {
    const mark = marks.find((one) => one.offer === offer && one.facts.occupation.reference === occupation);
    if (!mark)
      return said(
        'must',
        'This picture is the mark of another provider, or of an offer that is not in the register.',
        'Use the lines that the page of your own offer gives you.',
      );
    if (mark.entitlement.kind === 'not-entitled')
      return said(
        'must',
        `This mark no longer holds, and the picture says so. ${mark.entitlement.hindrances.map((one) => hindranceWords(one).why).join(' ')}`,
        'Take the picture out.',
      );
    if (subject.kind === 'known' && !subject.qualifications.some((one) => one.id === mark.facts.qualification.id))
      return said(
        'must',
        `This is the mark of ${mark.facts.qualification.title}, and it stands under ${titlesOf(subject)}.`,
        'Use the picture that the page of that offer gives you, or move this one to where its qualification is described.',
      );
    return (image.alt ?? '').trim() === ''
      ? said(
          'must',
          'The mark has no text for people who do not see it.',
          `Give it this text: “${altText(mark.facts, markStateOf(mark.entitlement), (await artworkNow(ctx)).isPlaceholder)}”`,
        )
      : null;
  }
  if (image.bytes) {
    const verdict = await verifyFile(image.bytes, sourcesHere(ctx), ctx.clock());
    if (verdict.kind === 'ended')
      return said(
        'must',
        'This mark is out of date: the credential in it no longer holds.',
        'Take it out, or use the newest files of the offer.',
      );
    if (verdict.kind === 'altered') return said('must', 'The credential in this mark is not genuine.', 'Take it out.');
    if (verdict.kind !== 'unreadable') return null;
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
  return said(
    'look',
    'This looks like a copy of the mark. A copy cannot change when an approval does.',
    subject.kind === 'known' && !another
      ? `Use the picture that this site serves: ${ctx.address}${liveMarkPath(only.offer, only.facts.occupation.reference)}`
      : `Use the picture that the page of the offer gives you: ${ctx.address}${markPath}`,
  );
};

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
  const read = await ctx.workers.run<Result<PageText, string>>(work, file, readMs);
  if (read.kind === 'refused') return refused({ field: 'file', text: read.refusal });
  const page = read.value;
  const pictures: PictureFinding[] = [];
  const subjects = subjectsOfPictures(page, marks);
  for (const [at, image] of page.images.entries()) {
    const one = await pictureFinding(ctx, image, subjects[at] ?? { kind: 'none' }, marks);
    if (one) pictures.push(one);
  }
  const check = { marks, occupations: await knownOccupations(ctx), titleRule: rulesToday(ctx).title };
  return ok({ provider, findings: findWrong(page, check, pictures), blocks: page.blocks.length, offers: marks.length });
};
