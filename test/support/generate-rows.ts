/** `npm run rows`: writes the row types anew after a migration, from a real PostgreSQL. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openPostgresStore } from '#platform/db/open-store.ts';
import { startEmbeddedPostgres } from './postgres-servers.ts';
import { rowFiles } from './row-types.ts';
import { templateDatabase } from './stores.ts';

const root = resolve(import.meta.dirname, '../..');
const server = await startEmbeddedPostgres();
const store = openPostgresStore(`${server.address}/${templateDatabase}`);
try {
  for (const { path, text } of await rowFiles(store.db)) {
    writeFileSync(join(root, path), text);
    console.log(path);
  }
} finally {
  await store.close();
  await server.stop();
}
