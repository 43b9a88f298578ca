// How a suggestion and a goal are shown, by the DOM alone.
import type { Goal, Suggestion } from './server';

const SIGNS: Record<string, string> = { kept: '✓', partly: '◐', carried: '→', dropped: '✗', open: '○', unknown: '?' };

export function row(parent: HTMLElement, words: string, detail: string, chosen: () => void): HTMLElement {
  const el = parent.createDiv({ cls: 'vaultdots-row' });
  const link = el.createEl('a', { text: words, href: '#' });
  link.addEventListener('click', (event) => {
    event.preventDefault();
    chosen();
  });
  el.createDiv({ text: detail, cls: 'vaultdots-detail' });
  return el;
}

export function goalRow(parent: HTMLElement, goal: Goal, chosen: () => void): HTMLElement {
  const detail = `${goal.status} · ${goal.made_in} → ${goal.target_year ?? '?'}`;
  return row(parent, `${SIGNS[goal.status] ?? ''} ${goal.text}`.trim(), detail, chosen);
}

export function reasons(suggestion: Suggestion): string {
  return suggestion.reasons.map((reason) => reason.text).join(' · ');
}
