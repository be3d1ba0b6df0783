import assert from 'node:assert/strict';
import { HtmlValidate } from 'html-validate';
import type { Answered } from './site.ts';

/** What of the markup is not ours to choose: govuk-frontend's own templates. */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // The Design System marks up breadcrumbs, lists and landmarks with roles that newer HTML implies.
    'no-redundant-role': 'off',
    // Links that look like buttons, and frames that scroll, are its patterns too.
    'prefer-native-element': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
    'no-inline-style': 'error',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
  },
});

/** Fails where markup is no valid HTML. */
export const assertValid = async (address: string, html: string): Promise<void> => {
  const report = await validator.validateString(html);
  const told = report.results.flatMap((result) =>
    result.messages.map(
      (message) => `${address} ${message.line}:${message.column} ${message.ruleId}: ${message.message}`,
    ),
  );
  assert.deepEqual(told, [], told.join('\n'));
};

/** Fails where a page is a fault of ours, has not one heading of the first level, or is no valid HTML. */
export const assertGood = async (address: string, answer: Answered): Promise<void> => {
  assert.ok(answer.status < 500, answer.text.slice(0, 500));
  assert.equal(answer.text.match(/<h1[\s>]/g)?.length, 1);
  assert.doesNotMatch(answer.text, /undefined|\[object Object\]/);
  await assertValid(address, answer.text);
};
