/** The service worker that keeps the page which checks credentials, for those who asked for it: it opens without a connection. */
{
  type Lasting = { readonly waitUntil: (work: Promise<unknown>) => void };
  type Fetching = Lasting & { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void };
  // The library of the DOM, which this project's browser code is checked against, does not describe workers.
  const worker = self as unknown as {
    readonly location: Location;
    readonly skipWaiting: () => Promise<void>;
    addEventListener(name: 'install', hear: (event: Lasting) => void): void;
    addEventListener(name: 'fetch', hear: (event: Fetching) => void): void;
  };

  const page = '/mark/verify';
  const kept = 'htq-verify';
  const assetsIn = (text: string): readonly string[] =>
    [...text.matchAll(/\/assets\/[\w.-]+\.(?:js|css|svg)/g)].map(([path]) => path);

  /** Keeps the page as a visitor sees it, and all that it is made of: the page last, so that it never stands without its parts. */
  const keep = async (): Promise<void> => {
    const answer = await fetch(page, { credentials: 'omit', cache: 'no-store' });
    if (!answer.ok) throw new Error(`The page answered ${answer.status}`);
    const cache = await caches.open(kept);
    const seen = new Set<string>();
    const waiting = [...assetsIn(await answer.clone().text())];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      // The name of an asset changes with its content: what is there already is the same.
      let part = await cache.match(path);
      if (!part) {
        part = await fetch(path, { credentials: 'omit' });
        if (!part.ok) throw new Error(`${path} answered ${part.status}`);
        await cache.put(path, part.clone());
      }
      if (path.endsWith('.js')) waiting.push(...assetsIn(await part.text()));
    }
    await cache.put(page, answer);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (pathname !== page && !seen.has(pathname)) await cache.delete(request);
    }
  };

  worker.addEventListener('install', (event) => event.waitUntil(keep().then(() => worker.skipWaiting())));
  worker.addEventListener('fetch', (event) => {
    const { origin, pathname } = new URL(event.request.url);
    if (event.request.method !== 'GET' || origin !== worker.location.origin) return;
    if (event.request.mode === 'navigate' && pathname === page)
      event.respondWith(
        fetch(event.request).then(
          (answer) => {
            event.waitUntil(keep().catch(() => {}));
            return answer;
          },
          async () => (await caches.match(page)) ?? Response.error(),
        ),
      );
    else if (pathname.startsWith('/assets/'))
      event.respondWith(caches.match(event.request).then((part) => part ?? fetch(event.request)));
  });
}
