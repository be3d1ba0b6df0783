import { hubPath } from '../paths.ts';

export const crumbs = [
  { text: 'Start', href: '/' },
  { text: 'Have your say', href: hubPath },
];
