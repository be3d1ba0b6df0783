/** Work for the tests of the pool. */
export const double = (number: number): number => 2 * number;

export const fails = (): never => {
  throw new Error('it failed');
};

export const spins = (): never => {
  for (;;);
};

export const hoards = (): number => {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `kept ${kept.length} ${at}`));
};
