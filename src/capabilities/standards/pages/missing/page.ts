import { type Answer, page, view } from '#web/answer.ts';
import { standardPath, standardsPath, standardVersionPath } from '../../paths.ts';
import type { UnknownStandard } from '../../use-cases/open-standard.ts';
import { statusTag, type Tag } from '../version-words.ts';

type Model = {
  readonly title: string;
  readonly versions: readonly {
    readonly text: string;
    readonly href: string;
    readonly status: Tag;
    readonly fictional: boolean;
  }[];
  readonly listPath: string;
};

const missingView = view<Model>('capabilities/standards/pages/missing/page.njk');

/** Longest part of an address that is said back. */
const longest = 40;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** No such standard, or no such version of it: what there is instead. */
export const showMissing = ({ reference, versions }: UnknownStandard, version: string | null): Answer => {
  const title =
    versions.length > 0
      ? `There is no version ${short(version ?? '')} of ${reference} here`
      : reference === ''
        ? 'There is no such standard here'
        : `There is no standard ${short(reference)} here`;
  const model: Model = {
    title,
    versions: versions.map((one) => ({
      text: `${one.title}, version ${one.version}`,
      href: standardVersionPath(one.reference, one.version),
      status: statusTag(one.status),
      fictional: one.fictional,
    })),
    listPath: standardsPath(),
  };
  const crumbs = [
    { text: 'Start', href: '/' },
    { text: 'Occupational standards', href: standardsPath() },
    ...(versions.length > 0 ? [{ text: reference, href: standardPath(reference) }] : []),
  ];
  return page(missingView, model, { title, crumbs, status: 404 });
};
