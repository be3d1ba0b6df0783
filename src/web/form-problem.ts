/** What is wrong with one field of a form; `field` is its id, or empty where none is to blame. */
export type FormProblem = { readonly field: string; readonly text: string };
