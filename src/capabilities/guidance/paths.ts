export const guidancePath = '/guidance';
export const guidePagePath = (id: string): string => `/guidance/${encodeURIComponent(id)}`;
export const historyPath = (id: string): string => `${guidePagePath(id)}/history`;
export const versionPath = (id: string, number: number): string => `${guidePagePath(id)}/versions/${number}`;
export const changesPath = (id: string, from: number, to: number): string =>
  `${guidePagePath(id)}/changes/${from}..${to}`;
export const editPath = (id: string): string => `${guidePagePath(id)}/edit`;
export const wholeGuidePath = '/guidance/whole';
export const updatesPath = '/guidance/updates';
export const feedPath = '/guidance/updates.atom';
export const subscribePath = '/guidance/subscribe';
export const filePath = (page: string, name: string): string =>
  `${guidePagePath(page)}/files/${encodeURIComponent(name)}`;
export const tablePath = (page: string, name: string): string =>
  `${guidePagePath(page)}/tables/${encodeURIComponent(name)}`;
export const tableChangesPath = (page: string, name: string, from: number, to: number): string =>
  `${tablePath(page, name)}/changes/${from}..${to}`;
export const editFilesPath = (page: string): string => `${editPath(page)}/files`;
export const formatPath = (subject: string, format: 'pdf' | 'docx'): string =>
  `${guidePagePath(subject)}/formats/${format}`;
export const otherFormatPath = (page: string): string => `${guidePagePath(page)}/another-format`;
export const formatRequestsPath = '/guidance/format-requests';
export const madeFormatPath = (page: string, id: string): string => `${guidePagePath(page)}/made/${id}`;
export const factsPath = '/guidance/facts';
export const factPath = (id: string): string => `${factsPath}/${encodeURIComponent(id)}`;
export const newFactPath = '/guidance/new-fact';
/** Where editors see what waits, what is late and what is out of date. */
export const deskPath = '/guidance/desk';
export const newPagePath = '/guidance/new-page';
export const aboutPagePath = (page: string): string => `${editPath(page)}/about`;

/** Pages below /guidance that are no pages of the guide, and that its texts may link to. */
export const besideGuidePaths: readonly string[] = [wholeGuidePath, updatesPath, feedPath, subscribePath, factsPath];
