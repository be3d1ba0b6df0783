import { day, listed } from '#web/words.ts';
import { withdrawalReasons } from '../domain/fact.ts';
import { type Entry, isConfirmed, modeWords, type Offer, type Provider } from '../domain/register-entry.ts';

export type Tag = { readonly text: string; readonly classes: string };

export const stateTag = (kind: Entry['state']['kind']): Tag => {
  switch (kind) {
    case 'approved':
      return { text: 'Approved', classes: 'govuk-tag--green' };
    case 'approved-not-yet-taught':
      return { text: 'Approved, not taught yet', classes: 'govuk-tag--turquoise' };
    case 'withdrawn':
      return { text: 'Withdrawn', classes: 'govuk-tag--red' };
    case 'not-approved':
      return { text: 'Not approved', classes: 'govuk-tag--grey' };
  }
};

/** The verdict in a sentence. */
export const stateSentence = (entry: Entry): string => {
  const { state } = entry;
  switch (state.kind) {
    case 'approved':
      return `It is a Higher Technical Qualification for ${listed(entry.approvals.map((one) => one.occupationTitle))}.`;
    case 'approved-not-yet-taught':
      return `It is approved as a Higher Technical Qualification for ${listed(entry.approvals.map((one) => one.occupationTitle))}, and may be taught as one from ${day(state.firstTeach)}.`;
    case 'withdrawn': {
      const last = entry.withdrawals.find((one) => one.on === state.on);
      return `It is no Higher Technical Qualification: approval was withdrawn on ${day(state.on)}.${last ? ` ${withdrawalReasons[last.reason]}.` : ''}`;
    }
    case 'not-approved':
      return 'It is no Higher Technical Qualification: it has no approval on this day.';
  }
};

export type ShownOffer = {
  readonly id: string;
  readonly provider: string;
  readonly ukprn: string;
  readonly where: string;
  readonly mode: string;
  readonly entry: string;
  readonly units: string;
  readonly firstTeach: string;
  /** The first day on which it is offered no longer, or otherwise; empty: none is told. */
  readonly until: string;
  readonly confirmed: string;
  readonly counts: boolean;
};

export const shownOffer = (offer: Offer, provider: Provider | undefined, on: string): ShownOffer => ({
  id: offer.id,
  provider: provider?.name ?? offer.ukprn,
  ukprn: offer.ukprn,
  where: [offer.site, provider?.town, offer.postcode].filter(Boolean).join(', '),
  mode: modeWords[offer.mode],
  entry: offer.entryRoutes.length > 0 ? offer.entryRoutes.join('; ') : 'Not said',
  units: offer.units.length > 0 ? offer.units.join(', ') : 'All that its rules permit',
  firstTeach: offer.firstTeach ? day(offer.firstTeach) : 'not said',
  until: offer.until ? day(offer.until) : '',
  confirmed: isConfirmed(offer, on)
    ? `${offer.confirmedBy}, ${day(offer.confirmedOn ?? '')}${offer.confirmedWith ? `: ${offer.confirmedWith}` : ''}`
    : 'Not confirmed by the awarding organisation: it does not count yet',
  counts: isConfirmed(offer, on),
});
