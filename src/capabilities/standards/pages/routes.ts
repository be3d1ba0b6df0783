import type { Route } from '#web/route.ts';
import { downloadListAsCsv, downloadListAsJson } from './list/files.ts';
import { showList } from './list/page.ts';
import { downloadRecord, showStandard } from './standard/page.ts';

/** Everything here is open to anyone: standards are public, and nothing about a reader is kept. */
export const standardsRoutes: readonly Route[] = [
  { method: 'GET', path: '/standards', access: 'anyone', audit: 'standards.list', handle: showList },
  { method: 'GET', path: '/standards.csv', access: 'anyone', audit: 'standards.list-csv', handle: downloadListAsCsv },
  {
    method: 'GET',
    path: '/standards.json',
    access: 'anyone',
    audit: 'standards.list-json',
    handle: downloadListAsJson,
  },
  { method: 'GET', path: '/standards/:reference', access: 'anyone', audit: 'standards.standard', handle: showStandard },
  {
    method: 'GET',
    path: '/standards/:reference/:version',
    access: 'anyone',
    audit: 'standards.version',
    handle: showStandard,
  },
  {
    method: 'GET',
    path: '/standards/:reference/:version/record',
    access: 'anyone',
    audit: 'standards.record',
    handle: downloadRecord,
  },
];
