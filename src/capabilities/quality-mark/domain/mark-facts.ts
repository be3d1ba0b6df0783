/**
 * What the register says of one qualification, for one occupation, at one provider, on one day. `null` for a part that it does
 * not have.
 */
export type MarkFacts = {
  readonly qualification: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly level: number;
    readonly awardingOrganisation: string;
    readonly route: string;
  };
  readonly occupation: { readonly reference: string; readonly title: string };
  readonly provider: { readonly ukprn: string; readonly name: string };
  /** Dates as ISO. */
  readonly approval: { readonly cycle: string; readonly approvedOn: string; readonly firstTeach: string } | null;
  readonly withdrawal: { readonly on: string; readonly reason: string } | null;
  readonly offer: {
    readonly id: string;
    readonly site: string;
    readonly firstTeach: string;
    readonly confirmedBy: string | null;
    readonly confirmedOn: string | null;
  } | null;
};
