import { join } from 'node:path';
import nunjucks from 'nunjucks';
import type { Assets } from './assets.ts';
import { govukFolder } from './assets.ts';
import { counted, day, longDay, thousands } from './words.ts';

export type Render = (template: string, model: object) => string;

const sources = join(import.meta.dirname, '..');

/** Templates are found below `src/` by path, govuk-frontend's own as `govuk/…`. */
export const makeRender = (assets: Assets): Render => {
  const loader = new nunjucks.FileSystemLoader([sources, join(govukFolder, '..')]);
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addGlobal('asset', assets.address);
  environment.addFilter('thousands', thousands);
  environment.addFilter('counted', counted);
  environment.addFilter('day', day);
  environment.addFilter('longDay', longDay);
  return (template, model) => environment.render(template, model);
};
