import facts from '../../../../data/employer-facts.json' with { type: 'json' };

const titles: ReadonlyMap<string, string> = new Map(
  facts.sectors.sections.map(({ section, title }) => [section, title]),
);

/** Sections of the SIC 2007, in their order. */
export const sectors: readonly string[] = [...titles.keys()];

/** "Information and communication"; a section that is not listed is told by its letter. */
export const sectorTitle = (section: string): string => titles.get(section) ?? section;
