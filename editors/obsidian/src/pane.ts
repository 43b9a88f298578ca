// Beside the note: what its sections should be connected to, the goals of the year, what agents proposed.
import { ItemView, type WorkspaceLeaf } from 'obsidian';
import type Vaultdots from './main';
import { open } from './open';
import { goalRow, reasons, row } from './rows';
import type { Goal, Proposal, Suggestion } from './server';

export const PANE = 'vaultdots-pane';

export class Pane extends ItemView {
  private turn = 0;
  year = new Date().getFullYear();

  constructor(
    leaf: WorkspaceLeaf,
    private readonly plugin: Vaultdots,
  ) {
    super(leaf);
  }

  override getViewType(): string {
    return PANE;
  }

  override getDisplayText(): string {
    return 'Connections and goals';
  }

  override getIcon(): string {
    return 'waypoints';
  }

  override async onOpen(): Promise<void> {
    this.registerEvent(this.app.workspace.on('file-open', () => void this.draw()));
    await this.draw();
  }

  /** Ask again and show it; of several at once the last counts. */
  async draw(): Promise<void> {
    const turn = ++this.turn;
    const { server } = this.plugin;
    const file = this.app.workspace.getActiveFile();
    let suggestions: Suggestion[] = [];
    let goals: Goal[] = [];
    let proposals: Proposal[] = [];
    let problem = server ? '' : 'The program dots was not found: see the settings of this plugin.';
    if (server) {
      try {
        goals = await server.ask<Goal[]>('goals', '', { year: this.year });
        proposals = await server.ask<Proposal[]>('proposals', '');
        suggestions = file?.extension === 'md' ? await server.ask<Suggestion[]>('connect', file.path, { limit: 30 }) : [];
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
    }
    if (turn === this.turn) {
      this.show(file?.path ?? '', suggestions, goals, proposals, problem);
    }
  }

  private show(path: string, suggestions: Suggestion[], goals: Goal[], proposals: Proposal[], problem: string): void {
    const { contentEl, plugin } = this;
    const { server } = plugin;
    contentEl.empty();
    if (problem || !server) {
      contentEl.createDiv({ text: problem, cls: 'vaultdots-detail' });
      return;
    }
    contentEl.createEl('h5', { text: 'Connections' });
    for (const suggestion of suggestions) {
      const el = row(contentEl, suggestion.target, `${suggestion.section.at(-1) ?? ''} · ${reasons(suggestion)}`, () => {
        void open(this.app, server, suggestion.target, 1);
      });
      const actions = el.createDiv({ cls: 'vaultdots-actions' });
      const accept = actions.createEl('button', { text: 'Write the link' });
      accept.addEventListener('click', () => void plugin.accept(path, suggestion));
      const show = actions.createEl('button', { text: 'Show the line' });
      show.addEventListener('click', () => void open(this.app, server, path, suggestion.line));
    }
    if (suggestions.length === 0) {
      contentEl.createDiv({ text: 'Nothing to connect here.', cls: 'vaultdots-detail' });
    }
    contentEl.createEl('h5', { text: `Goals for ${this.year}` });
    for (const goal of goals) {
      goalRow(contentEl, goal, () => void open(this.app, server, goal.path, goal.line));
    }
    if (goals.length === 0) {
      contentEl.createDiv({ text: 'No goals were found.', cls: 'vaultdots-detail' });
    }
    if (proposals.length > 0) {
      contentEl.createEl('h5', { text: 'Proposals of agents' });
    }
    for (const proposal of proposals) {
      const el = contentEl.createDiv({ cls: 'vaultdots-row' });
      el.createDiv({ text: [proposal.operation, proposal.paths.join(', '), proposal.why].filter(Boolean).join(' · ') });
      el.createEl('pre', { text: proposal.diff || 'A file of it was changed since.', cls: 'vaultdots-detail' });
      const actions = el.createDiv({ cls: 'vaultdots-actions' });
      const accept = actions.createEl('button', { text: 'Accept' });
      accept.addEventListener('click', () => void plugin.decide('accept', proposal));
      const reject = actions.createEl('button', { text: 'Reject' });
      reject.addEventListener('click', () => void plugin.decide('reject', proposal));
    }
  }
}
