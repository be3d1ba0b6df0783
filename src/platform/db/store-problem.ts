/** Why a store could not be opened: one clear line for whoever started the process. */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';
  readonly kind: 'held' | 'newer' | 'folder' | 'unreachable' | 'other-kind';

  constructor(kind: StoreProblem['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
