import { notFound, WebProblem } from '#web/errors/web-problem.ts';
import type { Route } from '#web/route.ts';
import { issuerPath } from '../paths.ts';
import { issuerDocument } from '../use-cases/keys.ts';
import { signedCredential } from '../use-cases/read-credential.ts';
import { statusList } from '../use-cases/status.ts';
import { jsonAnswer } from './picture.ts';

/** What checkers of credentials ask: who signs, what stands, and the credential at its own address. */
export const machineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: issuerPath,
    access: 'anyone',
    audit: 'quality-mark.issuer',
    handle: async (_request, ctx) =>
      jsonAnswer('issuer.json', 'application/ld+json', {
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
        ...(await issuerDocument(ctx)),
      }),
  },
  {
    method: 'GET',
    path: '/mark/status/:list',
    access: 'anyone',
    audit: 'quality-mark.status',
    perMinute: 240,
    handle: async (request, ctx) => {
      const list = /^\d{1,6}$/.test(request.params.list ?? '') ? Number(request.params.list) : 0;
      const found = await statusList(ctx, list);
      if (found === null) throw notFound('There is no such list.');
      // Not known is not valid: a checker that gets no list says so.
      if (found === 'unsigned') throw new WebProblem(503, 'This instance cannot sign the list at the moment.');
      return jsonAnswer(`status-${list}.json`, 'application/vc', found);
    },
  },
  {
    method: 'GET',
    path: '/mark/credentials/:credential',
    access: 'anyone',
    audit: 'quality-mark.credential',
    handle: async (request, ctx) => {
      const found = await signedCredential(ctx, request.params.credential ?? '');
      if (!found) throw notFound('There is no such credential.');
      return jsonAnswer('credential.json', 'application/vc', found);
    },
  },
];
