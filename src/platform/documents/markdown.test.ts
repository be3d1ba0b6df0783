import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from './markdown.ts';

test('Markdown becomes markup of the Design System, with ids on headings', () => {
  const { markup, headings } = renderMarkdown(
    '# Über uns\n\nA [link](/x) and **more**.\n\n## Same\n\n## Same\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two',
  );
  const html = String(markup);
  assert.deepEqual(headings, [
    { id: 'uber-uns', text: 'Über uns' },
    { id: 'same', text: 'Same' },
    { id: 'same-2', text: 'Same' },
  ]);
  assert.match(html, /<h2 id="uber-uns" class="govuk-heading-m">Über uns<\/h2>/);
  assert.match(html, /<p class="govuk-body">A <a href="\/x" class="govuk-link">link<\/a>/);
  assert.match(html, /<th class="govuk-table__header" scope="col">a<\/th>/);
  assert.match(html, /<ul class="govuk-list govuk-list--bullet">\n<li>one<\/li>/);
});

test('what could act is shown as text', () => {
  const html = String(
    renderMarkdown(
      '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example) ![d](javascript:x)\n\n[e](https://ok.example "t\\" onclick=\\"x")',
    ).markup,
  );
  assert.doesNotMatch(html, /<script|<img|href="(?:javascript|data|\/\/)|" onclick="/);
  assert.match(html, /href="https:\/\/ok\.example"/);
});
