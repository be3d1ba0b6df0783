/** Someone who waits, as far as fairness goes. */
export type Waiting = {
  readonly id: string;
  readonly wanted: number;
  /** Fewer places will do. */
  readonly partWillDo: boolean;
};

export type OfferOfPlaces = { readonly id: string; readonly places: number };

/**
 * Who is offered which of the free places: docs/algorithms/places.md, "Waiting, and who comes first".
 *
 * @param line those who wait and whose address is known to be theirs, the longest first.
 */
export const offersFor = (free: number, line: readonly Waiting[]): readonly OfferOfPlaces[] => {
  const offers: OfferOfPlaces[] = [];
  let left = free;
  for (const one of line) {
    if (left <= 0) break;
    const places = one.wanted <= left ? one.wanted : one.partWillDo ? left : 0;
    if (places === 0) continue;
    offers.push({ id: one.id, places });
    left -= places;
  }
  return offers;
};
