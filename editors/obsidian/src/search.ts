// Search while typing.
import { SuggestModal, type App } from 'obsidian';
import { open } from './open';
import type { Hit, Server } from './server';

const MOST = 50;

export class Search extends SuggestModal<Hit> {
  constructor(
    app: App,
    private readonly server: Server,
  ) {
    super(app);
    this.setPlaceholder('Words, "phrases", tag:, year:, kind: …');
  }

  override async getSuggestions(query: string): Promise<Hit[]> {
    return query.trim() ? this.server.ask<Hit[]>('search', '', { query, limit: MOST }) : [];
  }

  override renderSuggestion(hit: Hit, el: HTMLElement): void {
    el.createDiv({ text: [hit.title, ...hit.section.slice(1)].join(' › ') });
    el.createDiv({ text: hit.snippet, cls: 'vaultdots-detail' });
  }

  override onChooseSuggestion(hit: Hit): void {
    void open(this.app, this.server, hit.path, hit.line);
  }
}
