/** The peers of `bench/page.ts`, each in a process of its own: `node bench/page-peers.ts fastify|express PORT HTML`. */
import { readFileSync } from 'node:fs';
import express from 'express';
import session from 'express-session';
import Fastify from 'fastify';
import helmet from 'helmet';
import { renderMarkdown } from '#platform/documents/markdown.ts';
import { prepareAssets } from '#web/assets.ts';
import { makeRender } from '#web/render.ts';

const [kind, port = '0', htmlFile = ''] = process.argv.slice(2);

/** Sends the bytes, and does nothing else. */
const bare = async () => {
  const body = readFileSync(htmlFile);
  const server = Fastify();
  server.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(body));
  await server.listen({ host: '127.0.0.1', port: Number(port) });
};

/** The usual stack of the field: it renders the same template with the same content for every request. */
const usual = () => {
  const render = makeRender(prepareAssets());
  const text = readFileSync(new URL('../content/20-approval.md', import.meta.url), 'utf8').replace(
    /^---[\s\S]*?---/,
    '',
  );
  const { markup, headings } = renderMarkdown(text);
  const model = {
    doneWords: '',
    banner: null,
    topic: 'Approval',
    title: 'How a qualification is approved',
    summary: 'What is asked.',
    published: '24 November 2026',
    updated: '24 November 2026',
    historyHref: '/guidance/approval/history',
    late: false,
    reviewDue: '24 May 2027',
    headings,
    markup,
    attachments: [],
    formats: [],
    otherFormatHref: '/guidance/approval/another-format',
    related: [],
    subscribeHref: '/guidance/subscribe',
    editHref: '',
    hasDraft: false,
    shell: {
      name: 'HTQ Toolkit',
      version: '0.1.0',
      title: 'How a qualification is approved',
      faulty: false,
      description: 'What is asked.',
      canonical: 'http://localhost/guidance/approval',
      wide: false,
      crumbs: [{ text: 'Start', href: '/' }],
      navigation: ['Guidance', 'Check', 'Standards', 'Account'].map((one) => ({
        text: one,
        href: '/',
        current: false,
        active: false,
      })),
      signInHref: '/sign-in',
      person: null,
      formToken: '',
      example: true,
      phase: 'An example.',
      address: 'http://localhost/guidance/approval',
      today: '24 November 2026',
    },
  };
  const app = express();
  app.use(helmet());
  app.use(session({ secret: 'of the bench', resave: false, saveUninitialized: false }));
  app.get('/page', (_request, response) => {
    response.type('html').send(render('capabilities/guidance/pages/guide-page/page.njk', model));
  });
  app.listen(Number(port), '127.0.0.1');
};

if (kind === 'fastify') await bare();
else usual();
