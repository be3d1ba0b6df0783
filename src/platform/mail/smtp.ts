import nodemailer from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { MailRefused, type MailTransport } from './transport.ts';

/** Milliseconds that each step of the conversation may take before the server is taken for hanging. */
const patienceMs = 15_000;

/**
 * Mail by SMTP. A refusal that the server calls lasting (5xx, RFC 5321 4.2.1) is `MailRefused`; everything else, such
 * as 4xx, a connection that ends or a server that says nothing, may succeed later.
 *
 * @param address `smtp://user:password@host:port`, or `smtps://` for TLS from the start.
 * @param from sender of every message: `HTQ Toolkit <toolkit@example.org>`.
 */
export const smtpTransport = (address: string, from: string, patience: number = patienceMs): MailTransport => {
  const transport = nodemailer.createTransport(
    {
      url: address,
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as SMTPTransport.Options,
    { from },
  );
  const host = new URL(address).hostname;
  return {
    name: host,
    send: async ({ id, to, subject, unsubscribe, written, calendar }) => {
      try {
        await transport.sendMail({
          to: { name: to.name ?? '', address: to.address },
          subject,
          text: written.text,
          html: written.html,
          ...(calendar
            ? { icalEvent: { method: calendar.method, content: calendar.text, filename: 'event.ics' } }
            : {}),
          messageId: `<${id}@${host}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribe
              ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
              : {}),
          },
        });
      } catch (error) {
        const { responseCode, code } = error as { readonly responseCode?: number; readonly code?: string };
        if (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH')
          throw new MailRefused(`The mail server refused it for good (${responseCode}).`);
        throw new Error(
          `The mail server ${responseCode !== undefined ? `put it off (${responseCode})` : `could not be used (${code ?? 'no reason given'})`}.`,
        );
      }
    },
    close: () => transport.close(),
  };
};
