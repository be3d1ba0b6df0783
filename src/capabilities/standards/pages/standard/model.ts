import { counted, day, listed } from '#web/words.ts';
import type { Duty, Ksb, KsbKind, OccupationalStandard } from '../../domain/occupational-standard.ts';
import type { StandardInList } from '../../domain/standard-filters.ts';
import { isApproved } from '../../domain/standard-versions.ts';
import { standardPath, standardRecordPath, standardsPath, standardVersionPath } from '../../paths.ts';
import type { OpenedStandard } from '../../use-cases/open-standard.ts';
import { statusTag, type Tag } from '../version-words.ts';
import { type GridPicture, gridPicture } from './grid-picture.ts';
import { type TextBlock, textBlocks } from './text-blocks.ts';

export type Fact = { readonly name: string; readonly text: string; readonly href: string | null };

export type KsbInPage = {
  readonly code: string;
  readonly blocks: readonly TextBlock[];
  /** "Core", or the titles of its options; empty where the standard has no options. */
  readonly belongs: readonly string[];
  readonly duties: readonly string[];
};

export type KindInPage = {
  readonly id: KsbKind;
  readonly title: string;
  readonly ksbs: readonly KsbInPage[];
};

export type DutyInPage = {
  readonly code: string;
  readonly blocks: readonly TextBlock[];
  readonly belongs: readonly string[];
  readonly ksbs: readonly { readonly kind: string; readonly codes: readonly string[] }[];
};

export type OptionInPage = {
  readonly title: string;
  readonly required: number;
  readonly own: number;
};

export type GridInPage = {
  readonly picture: GridPicture;
  readonly pictureWords: string;
  readonly duties: readonly string[];
  readonly rows: readonly {
    readonly code: string;
    readonly first: boolean;
    readonly cells: readonly boolean[];
    readonly count: number;
  }[];
};

export type StandardModel = {
  readonly reference: string;
  readonly version: string;
  readonly title: string;
  readonly status: Tag;
  readonly fictional: boolean;
  /** Which version this is when none was asked for; `null`: it was asked for. */
  readonly whichWords: string | null;
  /** What is newer or stands in its place, with its address. */
  readonly instead: readonly { readonly text: string; readonly link: string; readonly href: string }[];
  /** Sentences: when the record changed under the same version number. */
  readonly replaced: readonly string[];
  readonly overview: string;
  readonly summary: readonly TextBlock[];
  readonly facts: readonly Fact[];
  readonly jobTitles: readonly string[];
  readonly kinds: readonly KindInPage[];
  readonly duties: readonly DutyInPage[];
  readonly options: readonly OptionInPage[];
  readonly coreCount: number;
  /** Codes that no duty maps to, where duties map to others. */
  readonly unmapped: readonly string[];
  readonly unmappedWords: string;
  readonly ksbCount: number;
  readonly grid: GridInPage | null;
  readonly noGridWords: string;
  readonly versions: readonly {
    readonly version: string;
    readonly href: string;
    readonly title: string;
    readonly status: Tag;
    readonly content: string;
    readonly imported: string;
    readonly shown: boolean;
    readonly note: string;
  }[];
  readonly recordPath: string;
  readonly workbookPath: string;
  readonly pageUrl: string | null;
  readonly importedOn: string;
};

const kindNames: Readonly<Record<KsbKind, string>> = {
  knowledge: 'Knowledge',
  skill: 'Skills',
  behaviour: 'Behaviours',
};
const kinds: readonly KsbKind[] = ['knowledge', 'skill', 'behaviour'];

/** @param asked a version was asked for in the address. */
export const standardModel = (opened: OpenedStandard, asked: boolean): StandardModel => {
  const { standard, stored, versions, current } = opened;
  const links = standard.duties.reduce((sum, duty) => sum + duty.ksbs.length, 0);
  const unmapped = links > 0 ? standard.ksbs.filter((ksb) => !isMapped(standard, ksb)).map((ksb) => ksb.code) : [];
  return {
    reference: standard.reference,
    version: standard.version,
    title: standard.title,
    status: statusTag(standard.status),
    fictional: stored.fictional,
    whichWords: asked || versions.length < 2 ? null : whichWords(current),
    instead: instead(opened),
    replaced: [...new Set(opened.replacedAt.map(day))].map(
      (date) => `The content of this version changed on ${date} although its number stayed ${standard.version}.`,
    ),
    overview: standard.overview,
    summary: textBlocks(standard.summary),
    facts: facts(standard),
    jobTitles: standard.typicalJobTitles,
    kinds: kinds
      .map((kind) => ({
        id: kind,
        title: kindNames[kind],
        ksbs: standard.ksbs.filter((ksb) => ksb.kind === kind).map((ksb) => ksbInPage(standard, ksb)),
      }))
      .filter((kind) => kind.ksbs.length > 0),
    duties: standard.duties.map((duty) => dutyInPage(standard, duty)),
    options: standard.options.map((option) => ({
      title: option.title,
      required: standard.ksbs.filter((ksb) => ksb.core || ksb.options.includes(option.id)).length,
      own: standard.ksbs.filter((ksb) => !ksb.core && ksb.options.includes(option.id)).length,
    })),
    coreCount: standard.ksbs.filter((ksb) => ksb.core).length,
    unmapped,
    unmappedWords: `${counted(unmapped.length, 'KSB')} that no duty maps to:`,
    ksbCount: standard.ksbs.length,
    grid: links > 0 ? gridInPage(standard, links) : null,
    noGridWords: noGridWords(standard),
    versions: versions.map((one) => versionInPage(one, standard.version, current)),
    recordPath: standardRecordPath(standard.reference, standard.version),
    workbookPath: `/check/workbook?${new URLSearchParams({ standard: `${standard.reference}@${standard.version}` })}`,
    pageUrl: standard.pageUrl,
    importedOn: day(stored.changedAt),
  };
};

const isMapped = (standard: OccupationalStandard, ksb: Ksb): boolean =>
  standard.duties.some((duty) => duty.ksbs.includes(ksb.code));

const whichWords = (current: StandardInList): string =>
  isApproved(current.status)
    ? `This is version ${current.version}, the newest that is approved for delivery.`
    : `This is version ${current.version}, the newest: no version here is approved for delivery.`;

/** The version that stands for the standard, and whatever is newer than this one. */
const instead = ({ standard, versions, current }: OpenedStandard): StandardModel['instead'] => {
  const place = versions.findIndex((one) => one.version === standard.version);
  return versions
    .filter((one, index) => index < place || (one.version === current.version && index !== place))
    .map((one) => ({
      text: `${one.version === current.version && isApproved(one.status) ? 'Approved for delivery is' : 'There is a newer version:'} `,
      link: `version ${one.version}${isApproved(one.status) ? '' : `, ${one.status?.toLowerCase() ?? 'no status given'}`}`,
      href:
        one.version === current.version ? standardPath(one.reference) : standardVersionPath(one.reference, one.version),
    }));
};

const facts = (standard: OccupationalStandard): readonly Fact[] => {
  const list: Fact[] = [];
  const add = (name: string, text: string | null, href: string | null = null) => {
    if (text !== null) list.push({ name, text, href });
  };
  const filter = (name: string, value: string) => standardsPath(new URLSearchParams({ [name]: value }));
  const date = (iso: string | null) => (iso === null ? null : day(iso));
  add('Level', standard.level === null ? 'Not given' : String(standard.level), levelPath(standard.level));
  add('Route', standard.route ?? 'Not given', standard.route === null ? null : filter('route', standard.route));
  add('Occupational pathway', standard.occupationalPathway);
  add('Cluster', standard.cluster);
  add(
    'Typical duration',
    standard.typicalDurationMonths === null ? null : counted(standard.typicalDurationMonths, 'month'),
  );
  add('Approved for delivery', date(standard.approvedForDelivery));
  add('Earliest start', date(standard.earliestStartDate));
  add('Latest start', date(standard.latestStartDate));
  add('Latest end', date(standard.latestEndDate));
  add('Last updated', date(standard.lastUpdated));
  add('LARS code', standard.larsCode === null ? null : String(standard.larsCode));
  return list;
};

const levelPath = (level: number | null): string | null =>
  level === null ? null : standardsPath(new URLSearchParams({ level: String(level) }));

/** The core, and the titles of the options, in the standard's order. Nothing where there are no options. */
const belongsTo = (standard: OccupationalStandard, core: boolean, options: readonly string[]): readonly string[] => {
  if (standard.options.length === 0) return [];
  const titles = standard.options.filter((option) => options.includes(option.id)).map((option) => option.title);
  return core ? ['Core', ...titles] : titles;
};

const ksbInPage = (standard: OccupationalStandard, ksb: Ksb): KsbInPage => ({
  code: ksb.code,
  blocks: textBlocks(ksb.text),
  belongs: ksb.core && standard.options.length > 0 ? ['Core'] : belongsTo(standard, ksb.core, ksb.options),
  duties: standard.duties.filter((duty) => duty.ksbs.includes(ksb.code)).map((duty) => duty.code),
});

const dutyInPage = (standard: OccupationalStandard, duty: Duty): DutyInPage => ({
  code: duty.code,
  blocks: textBlocks(duty.text),
  belongs: belongsTo(standard, duty.core || duty.options.length === 0, duty.options),
  ksbs: kinds
    .map((kind) => ({
      kind: kindNames[kind],
      codes: standard.ksbs.filter((ksb) => ksb.kind === kind && duty.ksbs.includes(ksb.code)).map((ksb) => ksb.code),
    }))
    .filter((one) => one.codes.length > 0),
});

const gridInPage = (standard: OccupationalStandard, links: number): GridInPage => {
  const most = standard.duties.reduce((best, duty) => (duty.ksbs.length > best.ksbs.length ? duty : best));
  const without = standard.duties.filter((duty) => duty.ksbs.length === 0).map((duty) => duty.code);
  return {
    picture: gridPicture(standard),
    pictureWords: [
      `${counted(standard.duties.length, 'duty', 'duties')} by ${counted(standard.ksbs.length, 'KSB')}, with ${counted(links, 'mapping')} from a duty to a KSB.`,
      `${most.code} maps to the most, ${counted(most.ksbs.length, 'KSB')}.`,
      ...(without.length > 0 ? [`${listed(without)} ${without.length === 1 ? 'maps' : 'map'} to none.`] : []),
    ].join(' '),
    duties: standard.duties.map((duty) => duty.code),
    rows: standard.ksbs.map((ksb, index) => {
      const cells = standard.duties.map((duty) => duty.ksbs.includes(ksb.code));
      return {
        code: ksb.code,
        first: index > 0 && standard.ksbs[index - 1]?.kind !== ksb.kind,
        cells,
        count: cells.filter(Boolean).length,
      };
    }),
  };
};

const noGridWords = (standard: OccupationalStandard): string => {
  if (standard.ksbs.length === 0 && standard.duties.length === 0)
    return 'This record lists neither duties nor KSBs. Standards written to the template used before 2018 often have them in prose alone.';
  if (standard.duties.length === 0)
    return 'This record lists no duties, so nothing says which duty needs which KSB. Standards written to the template used before 2018 often have none.';
  if (standard.ksbs.length === 0) return 'This record lists duties but no KSBs.';
  return 'This record does not say which duty needs which KSB.';
};

const versionInPage = (
  one: StandardInList,
  shown: string,
  current: StandardInList,
): StandardModel['versions'][number] => ({
  version: one.version,
  href: standardVersionPath(one.reference, one.version),
  title: one.title,
  status: statusTag(one.status),
  content: `${counted(one.dutyCount, 'duty', 'duties')}, ${counted(one.ksbCount, 'KSB')}`,
  imported: day(one.changedAt),
  shown: one.version === shown,
  note: one.version === current.version ? 'stands for this standard' : '',
});
