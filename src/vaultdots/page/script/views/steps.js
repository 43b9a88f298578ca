// Lines through the years that are walked by key: ← and → along a line, ↑ and ↓ between lines.

// counts: how many steps each line has. A step carries data-thread and data-at.
export function stepKeys(root, row, at, counts, press) {
  const go = (r, k) => root.querySelector(`[data-thread="${r}"][data-at="${k}"]`)?.focus();
  const near = (r) => Math.min(at, (counts[r] ?? 1) - 1);
  const keys = {
    ArrowRight: () => go(row, Math.min(at + 1, counts[row] - 1)), ArrowLeft: () => go(row, Math.max(0, at - 1)),
    ArrowDown: () => go(row + 1, near(row + 1)), ArrowUp: () => go(row - 1, near(row - 1)), Enter: press, " ": press,
  };
  return {
    click: press,
    keydown(event) {
      if (!keys[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    },
  };
}
