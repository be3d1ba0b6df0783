import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';

export type Asset = { readonly path: string; readonly type: string; readonly body: Buffer };

export type Assets = {
  /** Address of an asset by its name, `style.css`: it changes with the content, so browsers keep it for good. */
  readonly address: (name: string) => string;
  readonly all: readonly Asset[];
};

const folder = join(import.meta.dirname, 'assets');
export const govukFolder = dirname(createRequire(import.meta.url).resolve('govuk-frontend/dist/govuk/all.bundle.js'));

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * govuk-frontend's own compiled stylesheet, with the one thing changed that it has no setting for outside Sass:
 * GDS Transport is licensed for gov.uk alone, so its font faces go and its name gives way to the instance's stack.
 */
export const withoutGdsTransport = (css: string): string =>
  css.replaceAll(/@font-face\{[^}]*\}/g, '').replaceAll(/"?GDS Transport"?,arial,sans-serif/g, 'var(--htq-font)');

/** Reads, prepares and hashes everything that browsers fetch. Done once, at start. */
export const prepareAssets = (): Assets => {
  const byName = new Map<string, Asset>();
  const add = (name: string, body: string | Buffer) => {
    const bytes = Buffer.from(body);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const ending = extname(name);
    byName.set(name, {
      path: `/assets/${basename(name, ending)}-${hash}${ending}`,
      type: types[ending] ?? 'application/octet-stream',
      body: bytes,
    });
  };
  const address = (name: string): string => {
    const asset = byName.get(name);
    if (!asset) throw new Error(`There is no asset called ${name}`);
    return asset.path;
  };

  const govuk = readFileSync(join(govukFolder, 'govuk-frontend.min.css'), 'utf8').replace(
    /\/\*# sourceMappingURL.*/,
    '',
  );
  const own = [
    'brand.css',
    'shell.css',
    'alignment.css',
    'standards.css',
    'plan.css',
    'employers.css',
    'mark.css',
    'print.css',
  ].map((file) => readFileSync(join(folder, file), 'utf8'));
  add('style.css', [withoutGdsTransport(govuk), ...own].join('\n'));
  add('govuk-frontend.js', readFileSync(join(govukFolder, 'govuk-frontend.min.js')));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.svg')))
    add(file, readFileSync(join(folder, file)));
  /** A module, after those that it imports: its name has a hash of theirs in it. */
  const addModule = (file: string): void => {
    const name = `${basename(file, '.ts')}.js`;
    if (byName.has(name)) return;
    const script = stripTypeScriptTypes(readFileSync(join(folder, file), 'utf8')).replaceAll(
      /(?<=from )'\.\/([\w-]+)\.ts'/g,
      (_, imported: string) => {
        addModule(`${imported}.ts`);
        return `'${address(`${imported}.js`)}'`;
      },
    );
    add(name, script.replaceAll("'govuk-frontend'", `'${address('govuk-frontend.js')}'`));
  };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) addModule(file);
  return { address, all: [...byName.values()] };
};
