import type { Context } from '#platform/context.ts';
import type { MarkFacts } from '../domain/mark-facts.ts';

/** An offer as the mark sees it: one qualification at one provider, and the occupations that it is named for. */
export type OfferSeen = {
  readonly id: string;
  readonly ukprn: string;
  readonly provider: string;
  readonly qualification: { readonly id: string; readonly title: string };
  readonly occupations: readonly { readonly reference: string; readonly title: string }[];
};

export type RegisterStanding =
  | { readonly kind: 'authority' }
  | { readonly kind: 'copy'; readonly of: string; readonly asAt: string | null };

export const registerStanding = async (_ctx: Context): Promise<RegisterStanding> => ({ kind: 'authority' });

const provider = { ukprn: '19999901', name: 'Northfield College' };
const occupation = { reference: 'ST9001', title: 'Network technician' };
const base = { level: 4, awardingOrganisation: 'Example Awards', route: 'Digital' };
const facts: readonly MarkFacts[] = [
  {
    qualification: { ...base, id: 'network', number: '999/0001/1', title: 'Certificate for Network Technicians' },
    occupation,
    provider,
    approval: { cycle: '4', approvedOn: '2024-03-01', firstTeach: '2025-09-01' },
    withdrawal: null,
    offer: { id: 'a1', site: 'Main site', firstTeach: '2025-09-01', confirmedBy: 'Example Awards', confirmedOn: '2025-05-01' },
  },
  {
    qualification: { ...base, id: 'next', number: '999/0002/1', title: 'Diploma in Network Operations' },
    occupation,
    provider,
    approval: { cycle: '6', approvedOn: '2026-05-01', firstTeach: '2029-09-01' },
    withdrawal: null,
    offer: { id: 'a2', site: 'Main site', firstTeach: '2029-09-01', confirmedBy: 'Example Awards', confirmedOn: '2026-06-01' },
  },
  {
    qualification: { ...base, id: 'gone', number: '999/0003/1', title: 'Diploma in Telephony' },
    occupation,
    provider,
    approval: { cycle: '3', approvedOn: '2022-09-01', firstTeach: '2024-09-01' },
    withdrawal: { on: '2026-10-05', reason: 'the occupational standard was retired.' },
    offer: { id: 'a3', site: 'Main site', firstTeach: '2024-09-01', confirmedBy: 'Example Awards', confirmedOn: '2024-05-01' },
  },
];

const seen = (one: MarkFacts): OfferSeen => ({
  id: one.offer?.id ?? '',
  ukprn: one.provider.ukprn,
  provider: one.provider.name,
  qualification: one.qualification,
  occupations: [one.occupation],
});

export const offersOfProvider = async (_ctx: Context, ukprn: string, _on: string): Promise<readonly OfferSeen[]> =>
  facts.filter((one) => one.provider.ukprn === ukprn).map(seen);

export const findOffer = async (_ctx: Context, id: string): Promise<OfferSeen | null> =>
  facts.filter((one) => one.offer?.id === id).map(seen)[0] ?? null;

export const factsOf = async (_ctx: Context, offer: OfferSeen, reference: string, _on: string): Promise<MarkFacts | null> =>
  facts.find((one) => one.offer?.id === offer.id && one.occupation.reference === reference) ?? null;
