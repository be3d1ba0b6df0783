import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** How the server behaves towards a recipient: by the local part of the address. */
const refusals: Readonly<Record<string, number>> = { nobody: 550, later: 451 };

export type MailServer = {
  readonly address: string;
  /** What was taken, as a mail program reads it. */
  readonly taken: readonly ParsedMail[];
  /** Recipients of the SMTP conversation itself. */
  readonly recipients: readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * A real SMTP server on the loopback. `nobody@…` is refused for good, `later@…` is put off once, `hangs@…` never gets
 * an answer, `dies@…` has the connection cut in the middle of the message.
 */
export const openMailServer = async (): Promise<MailServer> => {
  const taken: ParsedMail[] = [];
  const recipients: string[] = [];
  const putOff = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (to, session, done) => {
      const [name = ''] = to.address.split('@');
      if (name === 'hangs') return;
      const code = refusals[name];
      if (code !== undefined && !(code === 451 && putOff.has(to.address))) {
        putOff.add(to.address);
        done(Object.assign(new Error('refused'), { responseCode: code }));
        return;
      }
      recipients.push(to.address);
      if (name === 'dies') setTimeout(() => (session as { socket?: { destroy(): void } }).socket?.destroy(), 0);
      done();
    },
    onData: (stream, session, done) => {
      const dies = session.envelope.rcptTo.some((to) => to.address.startsWith('dies'));
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (dies) {
          for (const connection of (server as unknown as { connections: Set<{ _socket?: { destroy(): void } }> })
            .connections)
            connection._socket?.destroy();
          return;
        }
        taken.push(await simpleParser(Buffer.concat(chunks)));
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.server.address() as AddressInfo;
  return {
    address: `smtp://127.0.0.1:${port}`,
    taken,
    recipients,
    close: () => new Promise((done) => server.close(() => done())),
  };
};
