/**
 * Grids with the arrow keys: one cell of the table is in the tab order, the arrows move from it, Home and End go to the
 * ends of its row. Without this script the table reads as a table, and its frame scrolls with the arrows.
 */
const keys: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const cellAt = (table: HTMLTableElement, row: number, column: number): HTMLElement | null =>
  table.rows[row]?.cells[column] ?? null;

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-htq-grid]')) {
  // With the role, a cell that takes the focus is read out with both its headers.
  table.setAttribute('role', 'grid');
  let current = cellAt(table, 1, 1);
  current?.setAttribute('tabindex', '0');
  const move = (to: HTMLElement | null): void => {
    if (!to) return;
    current?.removeAttribute('tabindex');
    current = to;
    to.setAttribute('tabindex', '0');
    to.focus({ preventScroll: false });
  };
  table.addEventListener('keydown', (event) => {
    const cell = (event.target as HTMLElement).closest('td, th');
    if (!(cell instanceof HTMLTableCellElement)) return;
    const row = (cell.parentElement as HTMLTableRowElement).rowIndex;
    const step = keys[event.key];
    if (step) move(cellAt(table, row + step[0], cell.cellIndex + step[1]));
    else if (event.key === 'Home') move(cellAt(table, row, 1));
    else if (event.key === 'End') move(cellAt(table, row, (table.rows[row]?.cells.length ?? 1) - 1));
    else return;
    event.preventDefault();
  });
  table.addEventListener('click', (event) => {
    const cell = (event.target as HTMLElement).closest('td');
    if (cell) move(cell);
  });
}
