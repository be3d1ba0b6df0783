import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Context } from '#platform/context.ts';
import type { Logger } from '#platform/log/log.ts';
import { OutOfTime, PoolFull } from '#platform/workers/pool.ts';
import type { Answer, PageFrame } from './answer.ts';
import { govukFolder, prepareAssets } from './assets.ts';
import type { NavigationItem } from './capability.ts';
import { errorWords } from './errors/error-words.ts';
import { WebProblem } from './errors/web-problem.ts';
import { largestFile, readForm } from './form.ts';
import { makeRender } from './render.ts';
import type { Form, Route } from './route.ts';
import { longDay } from './words.ts';

export type ServerParts = {
  readonly name: string;
  readonly version: string;
  readonly routes: readonly Route[];
  readonly navigation: readonly NavigationItem[];
  readonly context: Context;
  readonly log: Logger;
  /** Answers /readyz: resolves when the store can be asked, rejects when not. */
  readonly ready: () => Promise<void>;
};

/** Seconds after which a caller that was told "too busy" may come back. */
const retryAfterSeconds = 30;

/** govuk-frontend's template has one inline script; the content security policy lets in that one by its hash. */
const inlineScriptHash = (): string => {
  const template = readFileSync(join(govukFolder, 'template.njk'), 'utf8');
  const script = /<script[^>]*>(document\.body\.className[^<]*)<\/script>/.exec(template)?.[1];
  if (!script) throw new Error("govuk-frontend's template no longer has the inline script that the policy allows");
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
};

/** The whole site as a Fastify instance that does not listen yet: tests inject requests into it. */
export const buildServer = async (parts: ServerParts): Promise<FastifyInstance> => {
  const assets = prepareAssets();
  const render = makeRender(assets);
  const server = Fastify({
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 2 * largestFile,
    routerOptions: { ignoreTrailingSlash: true },
    // A proxy's word for the visitor's address is taken from the loopback alone.
    trustProxy: 'loopback',
    // An address that cannot be decoded never reaches a route.
    frameworkErrors: (_error, request, reply) => {
      sendError(request, reply, 400, null);
    },
  });

  await server.register(helmet, {
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", inlineScriptHash()],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
  });
  await server.register(formbody, { bodyLimit: 2 * largestFile });
  await server.register(multipart, {
    limits: { fileSize: largestFile, fieldSize: largestFile, files: 4, parts: 5000 },
  });
  await server.register(rateLimit, { global: false, keyGenerator: (request) => request.ip });

  const sendPage = (
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    model: object,
    frame: PageFrame,
  ): FastifyReply => {
    const path = request.url.split('?')[0] ?? '/';
    const shell = {
      name: parts.name,
      version: parts.version,
      title: frame.title,
      faulty: frame.faulty ?? false,
      wide: frame.wide ?? false,
      crumbs: (frame.crumbs ?? []).map((crumb) => ({ text: crumb.text, href: crumb.href })),
      navigation: parts.navigation.map((item) => ({
        ...item,
        current: item.href === path,
        active: path.startsWith(`${item.href}/`),
      })),
      example: parts.context.storeKind === 'example',
      phase:
        parts.context.storeKind === 'example'
          ? 'This is an example store. What is marked as fictional in it was made up for this project.'
          : 'This is a young service: check what matters to you.',
      address: `${request.protocol}://${request.host}${path}`,
      today: longDay(parts.context.clock()),
    };
    return reply
      .code(frame.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(render(template, { ...model, shell }));
  };

  const sendError = (request: FastifyRequest, reply: FastifyReply, status: number, detail: string | null) => {
    const words = errorWords(status);
    if (status === 503) reply.header('retry-after', String(retryAfterSeconds));
    const model = { words, detail, reference: status >= 500 ? request.id : null };
    return sendPage(request, reply, 'web/pages/error/page.njk', model, { title: words.title, status });
  };

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
    switch (answer.kind) {
      case 'page':
        return sendPage(request, reply, answer.template, answer.model, answer.frame);
      case 'redirect':
        return reply.redirect(answer.to, 303);
      case 'file':
        return reply
          .type(answer.type)
          .header('cache-control', 'no-store')
          .header('content-disposition', `${answer.inline ? 'inline' : 'attachment'}; filename="${answer.name}"`)
          .send(typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body));
    }
  };

  server.setNotFoundHandler((request, reply) => sendError(request, reply, 404, null));
  server.setErrorHandler((error, request, reply) => {
    const { status, detail } = asProblem(error);
    if (status >= 500 && status !== 503)
      parts.log.error({ err: error, request: request.id, route: request.routeOptions.url }, 'request failed');
    return sendError(request, reply, status, detail);
  });
  server.addHook('onResponse', async (request, reply) => {
    parts.log.info(
      {
        request: request.id,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });

  for (const asset of assets.all)
    server.get(asset.path, (_request, reply) =>
      reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable').send(asset.body),
    );
  server.get('/favicon.ico', (_request, reply) => reply.redirect(assets.address('favicon.svg'), 302));
  server.get('/healthz', (_request, reply) => reply.type('text/plain').send('alive\n'));
  server.get('/readyz', async (_request, reply) => {
    try {
      await parts.ready();
      return reply.type('text/plain').send('ready\n');
    } catch {
      return reply.code(503).type('text/plain').send('the store does not answer\n');
    }
  });

  for (const route of parts.routes)
    server.route({
      method: route.method,
      url: route.path,
      config: route.perMinute === undefined ? {} : { rateLimit: { max: route.perMinute, timeWindow: 60_000 } },
      handler: async (request, reply) => {
        let form: Promise<Form> | undefined;
        const answer = await route.handle(
          {
            params: request.params as Readonly<Record<string, string>>,
            query: new URLSearchParams(request.url.split('?')[1] ?? ''),
            form: () => {
              form ??= readForm(request);
              return form;
            },
          },
          parts.context,
        );
        return send(request, reply, answer);
      },
    });
  return server;
};

/** Which error page an error becomes. What is not foreseen is ours: 500, and its words stay in the log. */
const asProblem = (error: unknown): { readonly status: number; readonly detail: string | null } => {
  if (error instanceof WebProblem) return { status: error.status, detail: error.detail };
  if (error instanceof PoolFull) return { status: 503, detail: null };
  if (error instanceof OutOfTime)
    return {
      status: 503,
      detail: 'This took longer than a page may take. The command line takes as long as you let it.',
    };
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 && status < 500
    ? { status, detail: null }
    : { status: 500, detail: null };
};
