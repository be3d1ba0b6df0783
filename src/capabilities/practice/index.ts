/** Front door of the practice library: what neighbours may ask. */
export { type ExampleForNeighbours, examplesOfTheme, publishedExample } from './use-cases/read.ts';
