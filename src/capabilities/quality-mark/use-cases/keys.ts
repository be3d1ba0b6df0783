import { randomUUID } from 'node:crypto';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import { type Context, demandTransaction } from '#platform/context.ts';
import type { Controller } from '#platform/credentials/known-documents.ts';
import { type OpenSigner, openSigner } from '#platform/credentials/sign-credential.ts';
import { makeSigningKey, seal, unseal } from '#platform/credentials/signing-key.ts';
import { issuerPath } from '../paths.ts';
import { administerMark } from '../policy.ts';
import { lockCredentials, revokeCredential, standingOfKey } from '../store/credentials.ts';
import { addKey, disownKey, listKeys, retireKey, type StoredKey, sealedKey } from '../store/keys.ts';

export const issuerAddress = (ctx: Context): string => `${ctx.address}${issuerPath}`;
const methodAddress = (ctx: Context, id: string): string => `${issuerAddress(ctx)}#${id}`;

export type CurrentSigner = OpenSigner & { readonly keyId: string };

/** Why nothing can be signed. */
export type NoSigner = 'no-secret' | 'other-secret';

const makeKey = async (ctx: Context, secret: string): Promise<void> => {
  const made = await makeSigningKey();
  const id = `key-${randomUUID()}`;
  if (await addKey(ctx, { id, publicKey: made.publicKeyMultibase, sealed: seal(secret, made.secretKeyMultibase, id) }))
    await recordAct(ctx, { name: 'quality-mark.key-made', subject: { kind: 'signing-key', id } });
};

/** The key that signs now; the first one is made when it is first wanted. */
export const currentSigner = async (ctx: Context): Promise<CurrentSigner | NoSigner> => {
  demandTransaction(ctx, 'Signing');
  if (ctx.signingSecret === undefined) return 'no-secret';
  if (!(await sealedKey(ctx))) await makeKey(ctx, ctx.signingSecret);
  return openKey(ctx);
};

const openKey = async (ctx: Context): Promise<CurrentSigner | NoSigner> => {
  const key = await sealedKey(ctx);
  if (ctx.signingSecret === undefined || !key) return 'no-secret';
  const secretKeyMultibase = unseal(ctx.signingSecret, key.sealed, key.id);
  if (secretKeyMultibase === null) return 'other-secret';
  const signer = await openSigner({
    controller: issuerAddress(ctx),
    method: methodAddress(ctx, key.id),
    key: { publicKeyMultibase: key.publicKey, secretKeyMultibase },
  });
  return { ...signer, keyId: key.id };
};

/** For what is signed on reading, such as the status list: no key is made for it. */
export const signerThatIs = openKey;

/**
 * Who signs here: every key that still counts, those that were retired among them, so that what they signed goes on verifying.
 */
export const issuerDocument = async (ctx: Context): Promise<Controller> => {
  const id = issuerAddress(ctx);
  const keys = (await listKeys(ctx)).filter((one) => one.disownedAt === null);
  return {
    id,
    verificationMethod: keys.map((one) => ({
      id: methodAddress(ctx, one.id),
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: one.publicKey,
    })),
    assertionMethod: keys.map((one) => methodAddress(ctx, one.id)),
  };
};

export const keysSeen = (ctx: Context): Promise<readonly StoredKey[]> => listKeys(ctx);

/** A new key signs from now on; what the old one signed goes on verifying. @returns false without a secret to seal it under. */
export const rotateKey = async (ctx: Context): Promise<boolean> => {
  demand(ctx.actor, administerMark);
  const { signingSecret } = ctx;
  if (signingSecret === undefined) return false;
  await ctx.transaction(async (inside) => {
    const before = await retireKey(inside);
    await makeKey(inside, signingSecret);
    await recordAct(inside, {
      name: 'quality-mark.key-rotated',
      ...(before === null ? {} : { before: { key: before } }),
    });
  });
  return true;
};

/**
 * Somebody else may have had the key: nothing that it signed counts from now on. New credentials take the place of the old when
 * the marks are settled next.
 *
 * @returns false where there is no such key.
 */
export const disown = async (ctx: Context, id: string): Promise<boolean> => {
  demand(ctx.actor, administerMark);
  return ctx.transaction(async (inside) => {
    await lockCredentials(inside);
    const current = (await sealedKey(inside))?.id === id;
    if (!(await disownKey(inside, id))) return false;
    if (current) await retireKey(inside);
    const signed = await standingOfKey(inside, id);
    for (const one of signed) await revokeCredential(inside, one.id, 'key');
    await recordAct(inside, {
      name: 'quality-mark.key-disowned',
      subject: { kind: 'signing-key', id },
      after: { credentials: signed.length },
    });
    return true;
  });
};
