// A year on one page.
import { Modal, type App } from 'obsidian';
import { open } from './open';
import { goalRow, row } from './rows';
import type { Digest, Server } from './server';

export class Review extends Modal {
  constructor(
    app: App,
    private readonly server: Server,
    private readonly digest: Digest,
  ) {
    super(app);
  }

  override onOpen(): void {
    const { contentEl, digest } = this;
    this.setTitle(String(digest.year));
    const path = digest.review;
    if (digest.summary) {
      contentEl.createEl('p', { text: digest.summary });
    }
    const go = (file: string, line: number) => () => {
      this.close();
      void open(this.app, this.server, file, line);
    };
    for (const section of path ? digest.sections : []) {
      row(contentEl, section.heading, '', go(path ?? '', section.line));
    }
    if (digest.goals.length > 0) {
      contentEl.createEl('h5', { text: 'Goals' });
      for (const goal of digest.goals) {
        goalRow(contentEl, goal, go(goal.path, goal.line));
      }
    }
    if (digest.books.length > 0) {
      contentEl.createEl('h5', { text: 'Books' });
      for (const book of digest.books) {
        contentEl.createDiv({ text: [book.title, book.author].filter(Boolean).join(' / '), cls: 'vaultdots-row' });
      }
    }
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}

/** Ask for a year. */
export class AskYear extends Modal {
  constructor(
    app: App,
    private readonly chosen: (year: number) => void,
  ) {
    super(app);
  }

  override onOpen(): void {
    this.setTitle('Review of which year?');
    const input = this.contentEl.createEl('input', { type: 'number', value: String(new Date().getFullYear()) });
    input.addEventListener('keydown', (event) => {
      const year = Number(input.value);
      if (event.key === 'Enter' && Number.isInteger(year) && year > 0) {
        this.close();
        this.chosen(year);
      }
    });
    input.focus();
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}
