/** What the register says of one qualification, for one occupation, at one provider, on one day. */
export type { MarkFacts } from '#cap/register';
