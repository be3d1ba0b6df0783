import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
  '--no-first-run',
  '--disable-component-update',
];

/**
 * A real Chromium: the one CHROMIUM_PATH names, one that is installed, or the one from npm (`@sparticuz/chromium`,
 * Linux on x64, which unpacks itself).
 *
 * @throws where none can be had, saying how to get one: a journey is never skipped for want of a browser.
 */
export const openBrowser = async (): Promise<Browser> => {
  const path = process.env.CHROMIUM_PATH ?? installed.find((candidate) => existsSync(candidate));
  if (path && process.env.HTQ_TEST_CHROMIUM !== 'npm') return chromium.launch({ executablePath: path, args: flags });
  try {
    return await fromNpm();
  } catch (error) {
    throw new Error(
      `No Chromium: install one (on Debian: apt-get install chromium) or name one in CHROMIUM_PATH. The one from npm did not start: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const fromNpm = async (): Promise<Browser> => {
  const { default: packed, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  // Where the system lacks the NSS libraries, the package's own serve.
  const libraries = await inflate(
    join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin/al2023.tar.br'),
  );
  setupLambdaEnvironment(join(libraries, 'lib'));
  return chromium.launch({ executablePath, args: [...flags, '--no-zygote'] });
};
