import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';

/** Row types as Kysely wants them, made from a migrated database: one file a schema, at its owner. */
export type RowFile = { readonly path: string; readonly text: string };

type Column = {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly generated: boolean;
};

/** JavaScript's type of a column, by the parsers of `platform/db/open-store.ts`. */
const types: Readonly<Record<string, string>> = {
  text: 'string',
  bool: 'boolean',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  date: 'string',
  timestamptz: 'Date',
  jsonb: 'unknown',
  tsvector: 'string',
  uuid: 'string',
  bytea: 'Uint8Array',
  _int4: 'number[]',
  _text: 'string[]',
};

const ownerOf = (schema: string): string =>
  schema === 'platform' ? 'src/platform/db/rows.ts' : `src/capabilities/${schema.replaceAll('_', '-')}/store/rows.ts`;

const pascal = (name: string): string =>
  name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const rowFiles = async (db: Kysely<unknown>): Promise<readonly RowFile[]> => {
  const { rows } = await sql<Column>`
    select table_schema as schema, table_name as table, column_name as name, udt_name as type,
      is_nullable = 'YES' as nullable, (is_identity = 'YES' or column_default is not null) as generated
    from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema', 'public', 'pgboss')
      and table_name not in ('migration', 'migration_lock')
    order by table_schema, table_name, ordinal_position`.execute(db);
  return [...Map.groupBy(rows, (row) => row.schema)].map(([schema, columns]) => ({
    path: ownerOf(schema),
    text: fileOf(schema, columns),
  }));
};

const fileOf = (schema: string, columns: readonly Column[]): string => {
  const tables = [...Map.groupBy(columns, (column) => column.table)];
  const rowTypes = tables.map(
    ([table, own]) =>
      `export type ${pascal(table)}Row = {\n${own.map((column) => `  readonly ${column.name}: ${typeOf(column)};\n`).join('')}};\n`,
  );
  const map = tables.map(([table]) => `  '${schema}.${table}': ${pascal(table)}Row;\n`).join('');
  const text = [...rowTypes, `export type ${pascal(schema)}Tables = {\n${map}};\n`].join('\n');
  const imports = text.includes('Generated<') ? "import type { Generated } from 'kysely';\n\n" : '';
  return `/** Row types of the schema \`${schema}\`, made from the migrated database by \`npm run rows\`. Not for editing. */\n\n${imports}${text}`;
};

const typeOf = ({ schema, table, name, type, nullable, generated }: Column): string => {
  const known = types[type];
  if (!known) throw new Error(`${schema}.${table}.${name} is of type ${type}, which has no type here yet`);
  const whole = nullable ? `${known} | null` : known;
  return generated ? `Generated<${whole}>` : whole;
};

/** Files whose content is not what the database says. */
export const staleFiles = (root: string, files: readonly RowFile[]): readonly string[] =>
  files.filter(({ path, text }) => readFileSync(join(root, path), 'utf8') !== text).map(({ path }) => path);
