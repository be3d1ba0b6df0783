import { SignJWT } from 'jose';
import { MailRefused, type MailTransport } from './transport.ts';

/** The public address of GOV.UK Notify's API. */
const notifyAddress = 'https://api.notifications.service.gov.uk';
const patienceMs = 20_000;
const uuid = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';

/**
 * Mail by GOV.UK Notify, through one template whose subject is `((subject))` and whose text is `((body))`.
 *
 * @param key an API key as Notify gives it: a name, the service's id and the secret, joined by hyphens.
 * @param template the template's id.
 * @throws Error when the key has another shape.
 */
export const notifyTransport = (key: string, template: string, address: string = notifyAddress): MailTransport => {
  const parts = new RegExp(`^.+-(${uuid})-(${uuid})$`).exec(key);
  if (!parts) throw new Error('The key of GOV.UK Notify has not the shape NAME-SERVICE-SECRET');
  const [, service = '', secret = ''] = parts;
  return {
    name: 'GOV.UK Notify',
    send: async ({ id, to, subject, written }) => {
      const token = await new SignJWT({ iss: service })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt()
        .sign(new TextEncoder().encode(secret));
      const answer = await fetch(`${address}/v2/notifications/email`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          email_address: to.address,
          template_id: template,
          personalisation: { subject, body: written.markdown },
          reference: id,
        }),
        signal: AbortSignal.timeout(patienceMs),
      });
      if (answer.ok) return;
      const words = `GOV.UK Notify answered ${answer.status}`;
      // 429: too many for now. 403 is a wrong key or clock, which its operator mends.
      if (answer.status === 400) throw new MailRefused(`${words}: it will not take this message.`);
      throw new Error(`${words}.`);
    },
    close: () => {},
  };
};
