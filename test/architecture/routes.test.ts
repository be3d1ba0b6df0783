import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Route } from '#web/route.ts';
import { allRoutes } from '../../src/main/compose.ts';

const routeProblems = (routes: readonly Route[]): readonly string[] => {
  const audits = new Map<string, string>();
  return routes.flatMap((route) => {
    const name = `${route.method} ${route.path}`;
    const problems: string[] = [];
    if (route.access !== 'anyone' && !route.access?.name) problems.push(`${name}: who may enter is not said`);
    if (!/^[a-z-]+\.[a-z-]+$/.test(route.audit ?? ''))
      problems.push(`${name}: its audit name is not said as capability.act`);
    if (route.sameForAll && (route.access !== 'anyone' || route.method !== 'GET'))
      problems.push(`${name}: what is not for anyone is not the same for all`);
    const other = audits.get(route.audit);
    if (other) problems.push(`${name}: ${other} has the audit name ${route.audit} already`);
    audits.set(route.audit, name);
    if (!/^\/[a-z0-9\-/:.]*$/i.test(route.path)) problems.push(`${name}: an address is readable aloud`);
    return problems;
  });
};

test('every route says who may enter and what it is called', () => {
  const routes = allRoutes('HTQ Toolkit');
  assert.ok(routes.length > 10);
  assert.deepEqual(routeProblems(routes), []);
});

test('a route that does not say so is found', () => {
  const bare = { method: 'GET', path: '/x y', handle: () => ({ kind: 'redirect', to: '/' }) } as unknown as Route;
  assert.equal(routeProblems([bare]).length, 3);
  assert.equal(routeProblems([{ ...bare, sameForAll: true }]).length, 4);
});
