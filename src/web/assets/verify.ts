import {
  checkLocally,
  credentialInPng,
  isPng,
  isWholePng,
  type JsonObject,
  type KnownController,
  statusBit,
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

/** The credential in an SVG, unless something in it could act. */
const credentialInSvg = (text: string, drawing: ReadonlySet<string>): string | Answer => {
  const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
  for (const element of picture.querySelectorAll('*')) {
    const name = element.localName;
    const allowed = element.namespaceURI === namespace || drawing.has(name);
    const acts = [...element.attributes].some(
      ({ name: key, value }) =>
        /^on/i.test(key) || /javascript:/i.test(value) || (/href$/i.test(key) && !/^(?:#|data:image\/)/.test(value)),
    );
    if (!allowed || acts) return unreadable(`The picture is not opened: it holds <${name}>, which could act.`);
  }
  const held = picture.getElementsByTagNameNS(namespace, 'credential')[0]?.textContent?.trim();
  return held ? held : unreadable('No credential is in this picture.');
};

const readFile = async (file: File, drawing: ReadonlySet<string>): Promise<JsonObject | Answer> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text: string | Answer | null;
  if (isPng(bytes)) {
    if (!isWholePng(bytes)) return unreadable('The picture is cut off.');
    text = await credentialInPng(bytes);
  } else {
    const plain = new TextDecoder().decode(bytes).trim();
    text = plain.startsWith('<') ? credentialInSvg(plain, drawing) : plain;
  }
  if (text === null) return unreadable('No credential is in this picture.');
  if (typeof text !== 'string') return text;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as JsonObject;
  } catch {
    // Told below.
  }
  return unreadable('What is in it is not a credential as JSON.');
};

const isAnswer = (one: JsonObject | Answer): one is Answer => 'tone' in one && 'title' in one;

/** Whether it was withdrawn, by the issuer's own signed list. @returns `null`: not known. */
const isWithdrawn = async (credential: JsonObject, controller: KnownController): Promise<boolean | null> => {
  const entries = [credential.credentialStatus ?? []].flat();
  let withdrawn = false;
  for (const entry of entries) {
    const { statusListCredential, statusListIndex } = entry as JsonObject;
    try {
      const address = new URL(String(statusListCredential));
      const answer = await fetch(address, { cache: 'no-store', credentials: 'omit' });
      if (!answer.ok) return null;
      const list = (await answer.json()) as JsonObject;
      if (list.id !== statusListCredential || (await checkLocally(list, controller)) !== 'genuine') return null;
      const bit = await statusBit(list, Number(statusListIndex));
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
  const { validFrom } = credential;
  if (typeof validFrom === 'string' && Date.parse(validFrom) > Date.now())
    return open('It is dated later than the clock of this device.');
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
  const check = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const read = await readFile(file, drawing);
    if (isAnswer(read)) show(read, '');
    else {
      const answer = await verdictOn(read, controller);
      const genuine = answer === answers.valid || answer === answers.withdrawn || answer === answers.unknown;
      show(withFirstTeach(answer, read), said(read, genuine));
    }
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
