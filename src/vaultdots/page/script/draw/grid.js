// Which dot is under a point: cells of map units, so that ten thousand dots cost no more than ten.
const CELL = 80;

export function makeGrid(pos, rows) {
  const cells = new Map();
  for (const row of rows) {
    const key = Math.floor(pos.x[row] / CELL) * 100003 + Math.floor(pos.y[row] / CELL);
    const cell = cells.get(key);
    if (cell) cell.push(row); else cells.set(key, [row]);
  }
  // distance(row): px from the point to the dot's rim, negative inside. reach: map units to look.
  return (x, y, reach, distance) => {
    let best = null, least = Infinity;
    for (let i = Math.floor((x - reach) / CELL); i <= Math.floor((x + reach) / CELL); i++)
      for (let j = Math.floor((y - reach) / CELL); j <= Math.floor((y + reach) / CELL); j++)
        for (const row of cells.get(i * 100003 + j) ?? []) {
          const d = distance(row);
          if (d < least) { best = row; least = d; }
        }
    return { row: best, distance: least };
  };
}
