import type { Context } from '#platform/context.ts';
import { statusListCredential } from '#platform/credentials/status-list.ts';
import { statusListPath } from '../paths.ts';
import { revokedIn } from '../store/credentials.ts';
import { issuerAddress, signerThatIs } from './keys.ts';

/**
 * The status list as it stands at this moment, signed.
 *
 * @returns `null`: there is no such list; 'unsigned': the operator's secret is missing, so nothing can be said.
 */
export const statusList = async (ctx: Context, list: number): Promise<object | 'unsigned' | null> => {
  const revoked = await revokedIn(ctx, list);
  if (revoked === null) return null;
  const signer = await signerThatIs(ctx);
  if (typeof signer === 'string') return 'unsigned';
  const at = ctx.clock();
  const address = `${ctx.address}${statusListPath(list)}`;
  return signer.sign(await statusListCredential({ address, issuer: issuerAddress(ctx), revoked }, at), at);
};
