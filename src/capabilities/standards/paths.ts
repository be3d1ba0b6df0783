/** Where this capability's pages are. A reference or version is whatever text a record has, so each is encoded. */

/** @param query filters, as the page itself reads them; none: all standards. */
export const standardsPath = (query: URLSearchParams = new URLSearchParams()): string => withQuery('/standards', query);

export const standardsFilePath = (format: 'csv' | 'json', query: URLSearchParams = new URLSearchParams()): string =>
  withQuery(`/standards.${format}`, query);

/** The standard, by the version that stands for it. */
export const standardPath = (reference: string): string => `/standards/${encodeURIComponent(reference)}`;

export const standardVersionPath = (reference: string, version: string): string =>
  `${standardPath(reference)}/${encodeURIComponent(version)}`;

/** One KSB or duty of one version: `K1`, `D3`. */
export const standardPlacePath = (reference: string, version: string, code: string): string =>
  `${standardVersionPath(reference, version)}#${encodeURIComponent(code)}`;

/** The record as it is stored, JSON. */
export const standardRecordPath = (reference: string, version: string): string =>
  `${standardVersionPath(reference, version)}/record`;

const withQuery = (path: string, query: URLSearchParams): string => (query.size > 0 ? `${path}?${query}` : path);
