/** One of the two servers of `bookings.ts`: the whole site on the database that DATABASE_URL names, without limits for one network address. */
import { makeContext } from '#platform/context.ts';
import { openPostgresStore } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { buildServer } from '#web/server.ts';
import { openSession } from '../src/capabilities/accounts/use-cases/sessions.ts';
import { allRoutes, capabilities, jobs, references } from '../src/main/compose.ts';

const store = openPostgresStore(process.env.DATABASE_URL ?? '');
const queue = await openQueue(store, jobs, [], makeLog('silent'));
const server = await buildServer({
  name: 'Bench',
  version: '0.0.0',
  // All clients of the bench have one address.
  routes: allRoutes('Bench').map(({ perMinute: _, ...route }) => route),
  navigation: capabilities.flatMap((one) => one.navigation),
  context: makeContext({
    db: store.db,
    clock: () => new Date(),
    storeKind: 'own',
    workers: inlineWorkers,
    name: 'Bench',
    address: 'http://localhost',
    jobs: queue,
    mail: null,
    issuers: [],
    exampleToken: null,
    personalData: [],
    references,
    actor: { kind: 'system', name: 'bench' },
    door: 'page',
  }),
  log: makeLog('silent'),
  ready: async () => {},
  identify: openSession,
  signInPath: '/sign-in',
});
await server.listen({ host: '127.0.0.1', port: 0 });
const address = server.server.address();
process.send?.(typeof address === 'object' && address ? address.port : 0);
