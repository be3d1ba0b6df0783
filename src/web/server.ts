import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import nunjucks from 'nunjucks';
import { type Actor, visitor } from '#kernel/actor.ts';
import { isAllowed, NotAllowed } from '#kernel/permission.ts';
import { lastAct } from '#platform/audit/last-act.ts';
import { actingAs, type Context } from '#platform/context.ts';
import type { Logger } from '#platform/log/log.ts';
import { OutOfMemory, OutOfTime, PoolFull } from '#platform/workers/pool.ts';
import { type Answer, type CookieToSet, type PageFrame, redirect } from './answer.ts';
import { govukFolder, prepareAssets } from './assets.ts';
import type { NavigationItem } from './capability.ts';
import { errorWords } from './errors/error-words.ts';
import { WebProblem } from './errors/web-problem.ts';
import { largestFile, readForm } from './form.ts';
import { isAtThisMachine, isSentFromHere } from './origin.ts';
import { makePageCache, type RenderedPage } from './page-cache.ts';
import { makeRender } from './render.ts';
import type { Form, Route } from './route.ts';
import { formToken, formTokenField, type Identify, type SignedIn, sessionCookie } from './session.ts';
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
  readonly identify: Identify;
  /** Where someone signs in, and comes back to the address in its parameter `to`. */
  readonly signInPath: string;
};

/** Whoever sent the request, once the session was looked up; without it, a visitor. */
type Visit = { readonly signedIn: SignedIn; readonly token: string };
const visits = new WeakMap<FastifyRequest, Visit>();

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

  /** A page that every visitor sees alike: who has it already is told that it is the same (RFC 9110, 13.1.2). */
  const sendKept = (request: FastifyRequest, reply: FastifyReply, page: RenderedPage): FastifyReply => {
    reply.headers(page.headers as Record<string, string>);
    return request.headers['if-none-match'] === page.etag ? reply.code(304).send() : reply.send(page.body);
  };
  const keptAs = (request: FastifyRequest): string =>
    request.headers.cookie === undefined && !request.url.includes('?')
      ? `${request.protocol}://${request.host}${request.url}`
      : '';

  const pages = makePageCache(() => lastAct(parts.context));
  // Before all other hooks: a page that was rendered before goes out with the headers that these gave it then.
  server.addHook('onRequest', (request, reply, done) => {
    const page = request.method === 'GET' ? pages.findNow(keptAs(request)) : null;
    if (page) sendKept(request, reply, page);
    else done();
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
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: 2 * largestFile });
  await server.register(multipart, {
    limits: { fileSize: largestFile, fieldSize: largestFile, files: 4, parts: 5000 },
  });
  await server.register(rateLimit, { global: false, keyGenerator: (request) => request.ip });

  const renderPage = (request: FastifyRequest, template: string, model: object, frame: PageFrame): string => {
    const path = pathOf(request);
    const visit = visits.get(request);
    const person = visit?.signedIn.person;
    const actor: Actor = person ?? visitor;
    const navigation = parts.navigation.filter((item) => !item.permission || isAllowed(actor, item.permission));
    // The nearest of the parts that a page is in.
    const [part] = navigation
      .filter(({ href }) => path === href || path.startsWith(`${href}/`))
      .toSorted((one, other) => other.href.length - one.href.length);
    const linkTo = (item: NavigationItem) => ({
      text: item.text,
      href: item.href,
      current: item.href === path,
      active: item === part && item.href !== path,
    });
    const shell = {
      name: parts.name,
      version: parts.version,
      title: frame.title,
      faulty: frame.faulty ?? false,
      description: frame.description ?? '',
      canonical: (frame.status ?? 200) === 200 ? `${parts.context.address}${frame.canonicalPath ?? path}` : '',
      linkedData: frame.linkedData ? asScriptData(frame.linkedData) : '',
      wide: frame.wide ?? false,
      crumbs: (frame.crumbs ?? []).map((crumb) => ({ text: crumb.text, href: crumb.href })),
      navigation: navigation.filter((item) => !item.permission).map(linkTo),
      work: navigation.filter((item) => item.permission).map(linkTo),
      signInHref: path === parts.signInPath ? path : `${parts.signInPath}?to=${encodeURIComponent(path)}`,
      person: person
        ? {
            name: person.name,
            forWhom: person.memberships.find((one) => one.organisation === person.actingFor)?.name ?? '',
          }
        : null,
      formToken: visit ? formToken(visit.token) : '',
      example: parts.context.storeKind === 'example',
      phase:
        parts.context.storeKind === 'example'
          ? 'This is an example store. What is marked as fictional in it was made up for this project.'
          : 'This is a young service: check what matters to you.',
      address: `${request.protocol}://${request.host}${path}`,
      today: longDay(parts.context.clock()),
    };
    return render(template, { ...model, shell });
  };

  const sendPage = (
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    model: object,
    frame: PageFrame,
  ): FastifyReply =>
    reply
      .code(frame.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(renderPage(request, template, model, frame));

  const sendError = (request: FastifyRequest, reply: FastifyReply, status: number, detail: string | null) => {
    const words = errorWords(status);
    if (status === 503) reply.header('retry-after', String(retryAfterSeconds));
    const model = { words, detail, reference: status >= 500 ? request.id : null };
    return sendPage(request, reply, 'web/pages/error/page.njk', model, { title: words.title, status });
  };

  const setCookies = (request: FastifyRequest, reply: FastifyReply, cookies: readonly CookieToSet[]) => {
    for (const { name, value, maxAgeSeconds } of cookies)
      reply.setCookie(name, value ?? '', {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: request.protocol === 'https',
        ...(value === null ? { maxAge: 0 } : maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      });
  };

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
    setCookies(request, reply, answer.cookies ?? []);
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
          .headers(answer.headers ?? {})
          .send(typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body));
    }
  };

  /** Nothing typed is lost to a session that ended: the form comes back, to be sent again. */
  const sendFormAgain = (
    request: FastifyRequest,
    reply: FastifyReply,
    form: Form,
    signedOut: boolean,
  ): FastifyReply => {
    const fields = [...form.fields]
      .filter(([name]) => name !== formTokenField)
      .map(([name, value]) => ({ name, value }));
    const title = signedOut ? 'Sign in, then send this again' : 'Check this and send it again';
    return sendPage(
      request,
      reply,
      'web/pages/form-again/page.njk',
      { title, action: request.url, fields, signedOut, filesLost: form.files.length > 0 },
      { title, status: signedOut ? 401 : 403 },
    );
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
      reply
        .type(asset.type)
        .header('cache-control', 'public, max-age=31536000, immutable')
        // A service worker keeps pages that lie outside of the folder that it comes from.
        .headers(/-offline-[0-9a-f]+\.js$/.test(asset.path) ? { 'service-worker-allowed': '/' } : {})
        .send(asset.body),
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
        // PostgreSQL holds none in a text, so nothing here has it in its address.
        if (request.url.includes('%00'))
          throw new WebProblem(400, 'The address holds a character that no text can hold.');
        let sent: Promise<Form> | undefined;
        const form = () => {
          sent ??= readForm(request, route.uploads);
          return sent;
        };
        const token = request.cookies[sessionCookie];
        const kept = route.sameForAll ? keptAs(request) : '';
        const stamp = kept === '' ? '' : await pages.stampNow();
        const there = kept === '' ? null : await pages.find(kept);
        if (there) return sendKept(request, reply, there);
        const signedIn = token ? await parts.identify(parts.context, token) : null;
        if (signedIn && token) visits.set(request, { signedIn, token });
        const params = request.params as Readonly<Record<string, string>>;
        const ctx = actingAs(parts.context, signedIn?.person ?? visitor, 'page');
        if (route.method === 'POST' && !isSentFromHere(request))
          throw new WebProblem(403, 'The form was sent by another site, so nothing was done.');
        if (route.access !== 'anyone' && !isAllowed(ctx.actor, route.access, params)) {
          if (signedIn) throw new NotAllowed(route.access);
          if (route.method === 'GET') return send(request, reply, redirect(signInAddress(parts.signInPath, request)));
          return sendFormAgain(request, reply, await form(), true);
        }
        // The form may have been opened before this session began: what it holds is kept, and sent again with its token.
        if (
          route.method === 'POST' &&
          signedIn &&
          token &&
          (await form()).fields.get(formTokenField) !== formToken(token)
        )
          return sendFormAgain(request, reply, await form(), false);
        const answer = await route.handle(
          {
            path: pathOf(request),
            params,
            query: new URLSearchParams(request.url.split('?')[1] ?? ''),
            form,
            cookies: request.cookies as Readonly<Record<string, string>>,
            session: signedIn?.session ?? null,
            network: request.ip,
            browser: request.headers['user-agent'] ?? '',
            atThisMachine: isAtThisMachine(request),
          },
          ctx,
        );
        if (route.method === 'POST') pages.changed();
        if (kept !== '' && answer.kind === 'page' && (answer.frame.status ?? 200) === 200 && !answer.cookies?.length)
          return sendKept(
            request,
            reply,
            pages.keep(
              kept,
              renderPage(request, answer.template, answer.model, answer.frame),
              reply.getHeaders(),
              stamp,
            ),
          );
        return send(request, reply, answer);
      },
    });
  return server;
};

/** JSON that stands in a script element: nothing in it can end the element (HTML, 4.12.1.3). */
const asScriptData = (data: object) => new nunjucks.runtime.SafeString(JSON.stringify(data).replaceAll('<', '\\u003c'));

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '/';

const signInAddress = (signInPath: string, request: FastifyRequest): string =>
  `${signInPath}?to=${encodeURIComponent(request.url)}`;

/** Which error page an error becomes. What is not foreseen is ours: 500, and its words stay in the log. */
const asProblem = (error: unknown): { readonly status: number; readonly detail: string | null } => {
  if (error instanceof NotAllowed) return { status: 403, detail: error.message };
  if (error instanceof WebProblem) return { status: error.status, detail: error.detail };
  if (error instanceof PoolFull) return { status: 503, detail: null };
  if (error instanceof OutOfMemory)
    return { status: 503, detail: 'This needed more memory than a page may take. The command line has more.' };
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
