/** Where the time comes from. Injected everywhere, so that a test can hold it still. */
export type Clock = () => Date;
