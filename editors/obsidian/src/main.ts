// vaultdots in Obsidian: shows what `dots lsp` answers about this vault. Nothing is decided here.
import { Notice, Plugin, PluginSettingTab, Setting, type App } from 'obsidian';
import { find, machine } from './find';
import { Pane, PANE } from './pane';
import { AskYear, Review } from './review';
import { Search } from './search';
import { Server, type Digest, type Proposal, type Suggestion } from './server';

interface Settings {
  program: string;
}

export default class Vaultdots extends Plugin {
  settings: Settings = { program: '' };
  server: Server | undefined;

  override async onload(): Promise<void> {
    this.settings = { ...this.settings, ...((await this.loadData()) as Partial<Settings> | null) };
    this.registerView(PANE, (leaf) => new Pane(leaf, this));
    this.addSettingTab(new Tab(this.app, this));
    this.addCommand({
      id: 'search',
      name: 'Search',
      callback: () => void this.with((server) => new Search(this.app, server).open()),
    });
    this.addCommand({ id: 'connect', name: 'Connect this note', callback: () => void this.reveal() });
    this.addCommand({ id: 'goals', name: 'Goals of the year', callback: () => void this.reveal() });
    this.addCommand({ id: 'proposals', name: 'Proposals of agents', callback: () => void this.reveal() });
    this.addCommand({
      id: 'review',
      name: 'Review of a year',
      callback: () => new AskYear(this.app, (year) => void this.review(year)).open(),
    });
    this.addRibbonIcon('waypoints', 'Connections and goals', () => void this.reveal());
    // The app is to be there before a program is looked for.
    this.app.workspace.onLayoutReady(() => void this.start());
  }

  override onunload(): void {
    void this.server?.stop();
  }

  /** Look for the program and start it, again where it runs. */
  async start(): Promise<void> {
    const old = this.server;
    this.server = undefined;
    await old?.stop();
    const command = await find(this.settings.program, machine());
    if (command) {
      const server = new Server(this.app, command);
      try {
        await server.start();
        this.server = server;
      } catch (error) {
        this.tell(error);
      }
    }
    await this.redraw();
  }

  /** Do something with the server, or say why it cannot be done. */
  private async with(act: (server: Server) => unknown): Promise<void> {
    if (!this.server) {
      new Notice('The program dots was not found: see the settings of vaultdots.');
      return;
    }
    try {
      await act(this.server);
    } catch (error) {
      this.tell(error);
    }
  }

  private review(year: number): Promise<void> {
    return this.with(async (server) => {
      new Review(this.app, server, await server.ask<Digest>('review', '', { year })).open();
    });
  }

  /** A suggestion becomes a link in the note: where it is named, else in the note's own list. */
  async accept(path: string, suggestion: Suggestion): Promise<void> {
    await this.with(async (server) => {
      await server.ask('accept', path, { target: suggestion.target, line: suggestion.line });
      new Notice(`Linked to ${suggestion.target}`);
    });
    await this.redraw();
  }

  /** What an agent proposed is written by dots, undoably, or forgotten. */
  async decide(decision: 'accept' | 'reject', proposal: Proposal): Promise<void> {
    await this.with(async (server) => {
      await server.ask('proposals', '', { [decision]: proposal.id });
      new Notice(decision === 'accept' ? `Written: ${proposal.paths.join(', ')}` : 'Rejected');
    });
    await this.redraw();
  }

  private async reveal(): Promise<void> {
    const { workspace } = this.app;
    const leaf = workspace.getLeavesOfType(PANE)[0] ?? workspace.getRightLeaf(false);
    if (leaf) {
      await leaf.setViewState({ type: PANE, active: true });
      await workspace.revealLeaf(leaf);
      await this.redraw();
    }
  }

  private async redraw(): Promise<void> {
    for (const leaf of this.app.workspace.getLeavesOfType(PANE)) {
      if (leaf.view instanceof Pane) {
        await leaf.view.draw();
      }
    }
  }

  private tell(error: unknown): void {
    new Notice(`Dots: ${error instanceof Error ? error.message : String(error)}`);
  }
}

class Tab extends PluginSettingTab {
  constructor(
    app: App,
    private readonly plugin: Vaultdots,
  ) {
    super(app, plugin);
  }

  override display(): void {
    const { containerEl, plugin } = this;
    containerEl.empty();
    new Setting(containerEl)
      .setName('Program')
      .setDesc('The whole path of dots. Empty: looked for in the usual folders. It is never fetched.')
      .addText((text) =>
        text
          .setPlaceholder('/home/me/.local/bin/dots')
          .setValue(plugin.settings.program)
          .onChange(async (value) => {
            plugin.settings.program = value;
            await plugin.saveData(plugin.settings);
          }),
      );
    new Setting(containerEl)
      .setName('Look for it again')
      .setDesc(plugin.server ? 'Dots is running.' : 'Dots was not found.')
      .addButton((button) =>
        button.setButtonText('Start').onClick(async () => {
          await plugin.start();
          this.display();
        }),
      );
  }
}
