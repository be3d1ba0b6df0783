import {
  createCredential,
  createList,
  decodeList,
  VC_BSL_VC_V2_CONTEXT,
} from '@digitalbazaar/vc-bitstring-status-list';
import { z } from 'zod';

/** Entries of one list: the least that the recommendation allows, so that a list tells nobody who asks for which (Bitstring Status List 1.0, 6.1). */
export const listLength = 131_072;

/** @param revoked indexes of what no longer stands. */
export const statusListCredential = async (
  list: { readonly address: string; readonly issuer: string; readonly revoked: readonly number[] },
  at: Date,
): Promise<object> => {
  const bits = await createList({ length: listLength });
  for (const index of list.revoked) bits.setStatus(index, true);
  const made = await createCredential({
    id: list.address,
    list: bits,
    statusPurpose: 'revocation',
    context: VC_BSL_VC_V2_CONTEXT,
  });
  return { ...made, issuer: list.issuer, validFrom: `${at.toISOString().slice(0, 19)}Z` };
};

const listShape = z.looseObject({
  id: z.string(),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() }).transform((one) => one.id)]),
  type: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  credentialSubject: z.looseObject({
    type: z.literal('BitstringStatusList'),
    statusPurpose: z.string(),
    encodedList: z.string().max(2_000_000),
  }),
});

/**
 * The bit of one entry in a list that was read and whose signature was checked before.
 *
 * @returns `null` when it is no such list, another issuer's, or of another purpose.
 */
export const statusIn = async (
  list: unknown,
  wanted: { readonly address: string; readonly issuer: string; readonly purpose: string; readonly index: number },
): Promise<boolean | null> => {
  const read = listShape.safeParse(list);
  if (!read.success) return null;
  const { id, issuer, type, credentialSubject } = read.data;
  if (id !== wanted.address || issuer !== wanted.issuer || !type.includes('BitstringStatusListCredential')) return null;
  if (credentialSubject.statusPurpose !== wanted.purpose) return null;
  try {
    return (await decodeList({ encodedList: credentialSubject.encodedList })).getStatus(wanted.index);
  } catch {
    return null;
  }
};
