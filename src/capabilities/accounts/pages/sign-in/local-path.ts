import { accountPath } from '../../paths.ts';

/** Where to go after signing in: an address of this site, and nothing that a browser could take for another one. */
export const localPath = (given: string | null): string =>
  given !== null && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(given) && !given.startsWith('/sign-in') ? given : accountPath;
