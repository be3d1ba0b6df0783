export const markPath = '/mark';
export const guidancePath = '/mark/guidance';
export const sheetPath = '/mark/do-and-dont.pdf';
export const guidelinePath = '/mark/guideline.pdf';
export const verifyPath = '/mark/verify';
export const checkPath = '/mark/check';
export const artworkPath = '/mark/artwork';
export const issuerPath = '/mark/issuer';
export const statusListPath = (list: number): string => `/mark/status/${list}`;
export const credentialIdPath = (id: string): string => `/mark/credentials/${id}`;
export const placeholderPath = (scheme: string): string => `/mark/pictures/${encodeURIComponent(scheme)}.svg`;
export const offerPath = (offer: string): string => `/mark/offers/${encodeURIComponent(offer)}`;
/** Of an offer, for one of its occupations: the mark holds for each apart. */
const forOccupation = (offer: string, occupation: string): string =>
  `${offerPath(offer)}/${encodeURIComponent(occupation)}`;
/** SVG for pages; PNG for mail programs, most of which show no SVG. The scheme, unless another is named: `mainScheme`. */
export const liveMarkPath = (
  offer: string,
  occupation: string,
  scheme = 'light',
  form: 'svg' | 'png' = 'svg',
): string => `${forOccupation(offer, occupation)}/mark-${scheme}.${form}`;
export const assetsPath = (offer: string, occupation: string): string => `${forOccupation(offer, occupation)}/mark.zip`;
export const credentialPath = (offer: string, occupation: string, ending: 'json' | 'svg' | 'png'): string =>
  `${forOccupation(offer, occupation)}/credential.${ending}`;
