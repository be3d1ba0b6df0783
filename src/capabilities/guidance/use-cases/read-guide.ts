export { findPage, listPages, listUpdates, listVersions } from '../store/guide.ts';
