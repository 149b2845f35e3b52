/**
 * Lets the arrow keys, Home and End move through the cells of a table's body, of which one is in the order of Tab: the
 * button in a cell, or the cell itself where it has none.
 */
export function attachGridKeys(table) {
  const cells = [...table.tBodies[0].rows].map(row => [...row.querySelectorAll('td')].map(cell => cell.firstElementChild ?? cell));
  const all = cells.flat();
  const take = cell => {
    for (const each of all) {
      each.tabIndex = each === cell ? 0 : -1;
    }
  };
  take(all.find(cell => cell.matches('button')) ?? all[0]);

  table.addEventListener('focusin', event => all.includes(event.target) && take(event.target));
  table.addEventListener('keydown', event => {
    const row = cells.findIndex(each => each.includes(event.target));
    if (row < 0 || event.altKey || event.metaKey) {
      return;
    }
    const column = cells[row].indexOf(event.target);
    const last = cells.length - 1;
    const [toRow, toColumn] = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? last : row, last],
    }[event.key] ?? [];
    if (toRow !== undefined) {
      event.preventDefault();
      cells[toRow]?.[toColumn]?.focus();
    }
  });
}
