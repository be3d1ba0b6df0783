import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Violation = { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] };

/** Fails with every violation of WCAG 2.2 A and AA, and of axe's best practice, on the page as it stands. */
export const assertAccessible = async (page: Page): Promise<void> => {
  await page.addScriptTag({ path: axePath });
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then((result) => result.violations)`,
  )) as readonly Violation[];
  const told = violations.map(
    (one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `    ${node.html.slice(0, 200)}`).join('\n')}`,
  );
  assert.deepEqual(told, [], `${page.url()}\n${told.join('\n')}`);
};

/** Fails when the page as a whole scrolls sideways at this width. */
export const assertFits = async (page: Page, width: number): Promise<void> => {
  await page.setViewportSize({ width, height: 800 });
  const needed = (await page.evaluate('document.documentElement.scrollWidth')) as number;
  assert.ok(needed <= width, `${page.url()} is ${needed} pixels wide at ${width}`);
};
