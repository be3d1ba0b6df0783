/** Where this capability's pages are. */
const withQuery = (path: string, query: URLSearchParams): string => (query.size > 0 ? `${path}?${query}` : path);

export const registerPath = (query: URLSearchParams = new URLSearchParams()): string => withQuery('/register', query);
export const registerFilePath = (format: 'csv' | 'json', query: URLSearchParams = new URLSearchParams()): string =>
  withQuery(`/register.${format}`, query);
export const entryPath = (id: string): string => `/register/${encodeURIComponent(id)}`;
export const entryHistoryPath = (id: string): string => `${entryPath(id)}/history`;
export const entryEditPath = (id: string, what: string): string => `${entryPath(id)}/edit/${encodeURIComponent(what)}`;
export const newEntryPath = '/register/new';
export const registerFeedPath = '/register/updates.atom';
export const comparePath = '/register/compare';
export const proposalsPath = '/register/proposals';
export const proposalPath = (id: string): string => `${proposalsPath}/${encodeURIComponent(id)}`;
export const natureSettingPath = '/register/kind';
export const casesPath = '/register/cases';
export const casePath = (id: string): string => `${casesPath}/${encodeURIComponent(id)}`;
export const matchingPath = '/register/matching';
export const importPath = '/register/import';
export const loadedFilePath = (id: string): string => `${importPath}/${encodeURIComponent(id)}`;
export const providerPath = (ukprn: string): string => `/providers/${encodeURIComponent(ukprn)}`;
export const providerDetailsPath = (ukprn: string): string => `${providerPath(ukprn)}/edit`;
export const occupationPath = (reference: string): string => `/occupations/${encodeURIComponent(reference)}`;
export const cyclesPath = '/cycles';
export const cyclePath = (id: string): string => `/cycles/${encodeURIComponent(id)}`;
export const followCyclesPath = '/cycles/follow';
export const cycleEditPath = (id: string): string => `${cyclePath(id)}/edit`;
export const carryOverPath = (id: string): string => `${cyclePath(id)}/carry-over`;
