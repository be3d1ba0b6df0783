import {
  createCredential,
  createList,
  decodeList,
  VC_BSL_VC_V2_CONTEXT,
} from '@digitalbazaar/vc-bitstring-status-list';
import { z } from 'zod';

/** Entries of one list: the least that the recommendation allows, so that a list tells nobody who asks for which (Bitstring Status List 1.0, 6.1). */
export const listLength = 131_072;

/** Hours for which a list may be taken for what stands: long enough for clocks that are wrong, too short for a list of last year. */
const goodForHours = 24;
const seconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

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
  const until = new Date(at.getTime() + goodForHours * 3_600_000);
  return { ...made, issuer: list.issuer, validFrom: seconds(at), validUntil: seconds(until) };
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
