import {
  checkLocally,
  credentialInPng,
  isBadge,
  isPng,
  isWholePng,
  type JsonObject,
  type KnownController,
  statusBit,
  timeOf,
} from './credential-check.ts';

/** The check of a credential in the page itself: the file stays on this device, and it works without a connection. */

const namespace = 'https://purl.imsglobal.org/ob/v3p0';

type Answer = { readonly tone: 'good' | 'bad' | 'open'; readonly title: string; readonly text: string };

const answers = {
  valid: { tone: 'good', title: 'This credential is genuine and holds today.', text: '' },
  withdrawn: {
    tone: 'bad',
    title: 'This credential is genuine, and it no longer holds: it was withdrawn or replaced.',
    text: '',
  },
  over: { tone: 'bad', title: 'This credential is genuine, and its time is over.', text: '' },
  altered: { tone: 'bad', title: 'This credential is not genuine.', text: 'It is not what its issuer signed.' },
  unknown: {
    tone: 'open',
    title: 'The signature is genuine. Whether the credential still holds is not known.',
    text: 'The list that says whether it was withdrawn could not be had: there may be no connection. Check it again when there is one.',
  },
} as const satisfies Readonly<Record<string, Answer>>;

const open = (text: string): Answer => ({
  tone: 'open',
  title: 'Whether this credential is genuine is not known.',
  text,
});
const unreadable = (text: string): Answer => ({ tone: 'open', title: 'No credential could be read.', text });

/** Why no credential could be read from a file. */
class Unreadable extends Error {}

/** The credential in an SVG. @throws Unreadable when something in it could act, or it holds none. */
const credentialInSvg = (text: string, drawing: ReadonlySet<string>): string => {
  const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
  for (const element of picture.querySelectorAll('*')) {
    const name = element.localName;
    const allowed = element.namespaceURI === namespace || drawing.has(name);
    const acts = [...element.attributes].some(
      ({ name: key, value }) =>
        /^on/i.test(key) || /javascript:/i.test(value) || (/href$/i.test(key) && !/^(?:#|data:image\/)/.test(value)),
    );
    if (!allowed || acts) throw new Unreadable(`The picture is not opened: it holds <${name}>, which could act.`);
  }
  const held = picture.getElementsByTagNameNS(namespace, 'credential')[0]?.textContent?.trim();
  if (!held) throw new Unreadable('No credential is in this picture.');
  return held;
};

/** @throws Unreadable */
const readFile = async (file: File, drawing: ReadonlySet<string>): Promise<JsonObject> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text: string | null;
  if (isPng(bytes)) {
    if (!isWholePng(bytes)) throw new Unreadable('The picture is cut off.');
    text = await credentialInPng(bytes).catch(() => {
      throw new Unreadable('The picture is damaged.');
    });
  } else {
    const plain = new TextDecoder().decode(bytes).trim();
    text = plain.startsWith('<') ? credentialInSvg(plain, drawing) : plain;
  }
  if (text === null) throw new Unreadable('No credential is in this picture.');
  let read: unknown = null;
  try {
    read = JSON.parse(text);
  } catch {
    // Told below.
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read) || !isBadge(read as JsonObject))
    throw new Unreadable('What is in it is not a credential of this kind as JSON.');
  return read as JsonObject;
};

/** Whether it was withdrawn, by the issuer's own signed list. @returns `null`: not known. */
const isWithdrawn = async (credential: JsonObject, controller: KnownController): Promise<boolean | null> => {
  const entries = [credential.credentialStatus ?? []].flat() as readonly JsonObject[];
  let withdrawn = false;
  for (const entry of entries) {
    try {
      const address = new URL(String(entry.statusListCredential));
      const answer = await fetch(address, { cache: 'no-store', credentials: 'omit' });
      if (!answer.ok) return null;
      const list = (await answer.json()) as JsonObject;
      // A list of long ago does not say what stands now.
      if (timeOf(list, Date.now()) === 'after' || (await checkLocally(list, controller)) !== 'genuine') return null;
      const bit = await statusBit(list, entry);
      if (bit === null) return null;
      withdrawn ||= bit;
    } catch {
      return null;
    }
  }
  return withdrawn;
};

const verdictOn = async (credential: JsonObject, controller: KnownController): Promise<Answer> => {
  switch (await checkLocally(credential, controller)) {
    case 'altered':
      return answers.altered;
    case 'other-issuer':
      return open('It was not signed by this register, and this page has no other issuer’s keys.');
    case 'no-proof':
      return open('It has no signature of the kind that a browser checks by itself. Send it with the button.');
    case 'not-here':
      return open('This browser cannot check this kind of signature by itself. Send it with the button.');
    case 'genuine':
  }
  const time = timeOf(credential, Date.now());
  if (time === 'before') return open('It is dated later than the clock of this device.');
  if (time === 'after') return answers.over;
  const withdrawn = await isWithdrawn(credential, controller);
  return withdrawn === null ? answers.unknown : withdrawn ? answers.withdrawn : answers.valid;
};

const said = (credential: JsonObject, genuine: boolean): string => {
  const { description } = credential;
  if (typeof description !== 'string') return '';
  return genuine ? `It says: ${description}` : `It claims, and nothing vouches for it: ${description}`;
};

const dayOf = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'long' });

/** What holds, and is not taught yet, is told with its first day. */
const withFirstTeach = (answer: Answer, credential: JsonObject): Answer => {
  const subject = credential.credentialSubject;
  const starts = typeof subject === 'object' && subject !== null ? (subject as JsonObject).activityStartDate : null;
  const at = typeof starts === 'string' ? Date.parse(starts) : Number.NaN;
  return answer === answers.valid && at > Date.now()
    ? { ...answer, title: `${answer.title} It is taught as an HTQ from ${dayOf.format(at)} on, not before.` }
    : answer;
};

const start = (place: HTMLElement): void => {
  const input = place.querySelector<HTMLInputElement>('input[type=file]');
  const shown = document.getElementById(place.dataset.htqVerify ?? '');
  if (!input || !shown) return;
  const controller = JSON.parse(place.dataset.htqKeys ?? '{}') as KnownController;
  const drawing = new Set((place.dataset.htqDrawing ?? '').split(' '));
  const show = (answer: Answer, more: string): void => {
    const title = document.createElement('h2');
    title.className = 'govuk-heading-m';
    title.textContent = answer.title;
    const lines = [answer.text, more, 'Checked on this device: the file was not sent anywhere.']
      .filter(Boolean)
      .map((text) => {
        const line = document.createElement('p');
        line.className = 'govuk-body';
        line.textContent = text;
        return line;
      });
    shown.className = `htq-verdict htq-verdict--${answer.tone}`;
    shown.replaceChildren(title, ...lines);
  };
  let asked = 0;
  const check = async (file: File | undefined): Promise<void> => {
    asked += 1;
    const mine = asked;
    // What was said of another file must not stand beside this one, whatever comes of it.
    shown.className = '';
    shown.replaceChildren();
    if (!file) return;
    let found: readonly [Answer, string];
    try {
      const read = await readFile(file, drawing);
      const answer = await verdictOn(read, controller);
      const genuine = Object.values<Answer>(answers).includes(answer) && answer !== answers.altered;
      found = [withFirstTeach(answer, read), said(read, genuine)];
    } catch (error) {
      found = [unreadable(error instanceof Unreadable ? error.message : 'What is in it could not be read.'), ''];
    }
    if (mine === asked) show(...found);
  };
  input.addEventListener('change', () => void check(input.files?.[0]));
  place.addEventListener('dragover', (event) => {
    event.preventDefault();
    place.classList.add('htq-drop--over');
  });
  place.addEventListener('dragleave', () => place.classList.remove('htq-drop--over'));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('htq-drop--over');
    const files = event.dataTransfer?.files;
    if (files?.length) {
      input.files = files;
      void check(files[0]);
    }
  });
  place.classList.add('htq-drop');
  for (const hidden of place.querySelectorAll<HTMLElement>('[data-htq-here]')) hidden.hidden = false;
};

for (const place of document.querySelectorAll<HTMLElement>('[data-htq-verify]')) start(place);

/** Keeping the page on this device, for use without a connection: only when it is asked for, and until it is taken away. */
const startKeeping = async (place: HTMLElement, script: string): Promise<void> => {
  const { serviceWorker } = navigator;
  const button = place.querySelector('button');
  const words = place.querySelector('p');
  // Browsers have it over HTTPS alone, and at the machine itself.
  if (!serviceWorker || !button || !words) return;
  const scope = location.pathname;
  const show = (kept: boolean, text: string): void => {
    button.textContent = kept ? 'Remove it from this device' : 'Keep this page on this device';
    words.textContent = text;
  };
  const keptText = 'This page is kept on this device. It opens without a connection, at the same address.';
  const freeText =
    'You can keep this page on this device: it opens without a connection then, and checks the signature. Whether a credential was withdrawn is not known without one.';
  const there = async () =>
    (await serviceWorker.getRegistrations()).find((one) => new URL(one.scope).pathname === scope);
  const isKept = (await there()) !== undefined;
  // A newer release brings a newer worker.
  if (isKept) await serviceWorker.register(script, { scope });
  show(isKept, isKept ? keptText : freeText);
  place.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const before = await there();
      if (before) {
        await before.unregister();
        await caches.delete('htq-verify');
        show(false, 'It was removed from this device.');
      } else {
        await serviceWorker.register(script, { scope });
        await serviceWorker.ready;
        show(true, keptText);
      }
    } catch {
      show(false, 'It could not be kept. Try again when there is a connection.');
    }
    button.disabled = false;
  });
};

const keeping = document.querySelector<HTMLElement>('[data-htq-keep]');
if (keeping) void startKeeping(keeping, keeping.dataset.htqKeep ?? '');
