/** Work for the tests of the pool. */
export const double = (number: number): number => 2 * number;

export const fails = (): never => {
  throw new Error('it failed');
};

export const spins = (): never => {
  for (;;);
};
