import { join } from 'node:path';
import nunjucks from 'nunjucks';
import type { MailBlock } from './mail.ts';

const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader([join(import.meta.dirname)]), {
  autoescape: true,
  throwOnUndefined: true,
});

export type WrittenMail = { readonly text: string; readonly html: string; readonly markdown: string };

const asText = (block: MailBlock): string => {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'link':
      return `${block.text}:\n${block.href}`;
    case 'code':
      return `    ${block.code}`;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
  }
};

/** GOV.UK Notify's own Markdown: `#` a heading, `*` a list, bare addresses become links. */
const asMarkdown = (block: MailBlock): string => {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'link':
      return `${block.text}:\n\n${block.href}`;
    case 'code':
      return `# ${block.code}`;
    case 'list':
      return block.items.map((item) => `* ${item}`).join('\n');
  }
};

/** The message in every form, from its one list of blocks. */
export const writeMail = (
  instance: { readonly name: string; readonly address: string },
  subject: string,
  body: readonly MailBlock[],
): WrittenMail => ({
  text: `${body.map(asText).join('\n\n')}\n\n-- \nSent by ${instance.name}, ${instance.address}\n`,
  html: templates.render('mail.njk', { ...instance, subject, body }),
  markdown: body.map(asMarkdown).join('\n\n'),
});
