// Lists beside the note: who links here, what to connect, the year's goals, what agents proposed.
import * as vscode from 'vscode';
import { fileOf, reasonsOf, type Connection, type Goal, type Link, type Proposal } from './records';
import { rootOf, type Current, type Server } from './server';

const NAMES = ['backlinks', 'connections', 'goals', 'proposals'] as const;
type Name = (typeof NAMES)[number];
const ICONS: Record<string, string> = {
  kept: 'pass',
  partly: 'circle-large-filled',
  carried: 'arrow-right',
  dropped: 'circle-slash',
  open: 'circle-large',
};

/** A list that asks when it is shown; asked again when the note or the server changes. */
class List implements vscode.TreeDataProvider<vscode.TreeItem> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly server: Server,
    private readonly items: () => Promise<vscode.TreeItem[]>,
  ) {}

  refresh(): void {
    this.changed.fire();
  }

  getTreeItem(item: vscode.TreeItem): vscode.TreeItem {
    return item;
  }

  async getChildren(parent?: vscode.TreeItem): Promise<vscode.TreeItem[]> {
    if (parent || this.server.condition !== 'running') {
      return [];
    }
    try {
      return await this.items();
    } catch (error) {
      this.server.log.warn(String(error));
      return [];
    }
  }
}

function open(item: vscode.TreeItem, uri: vscode.Uri, line: number): vscode.TreeItem {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [uri, { selection: new vscode.Range(at, at) }],
  };
  return item;
}

export class ConnectionItem extends vscode.TreeItem {
  override contextValue = 'connection';

  constructor(
    readonly connection: Connection,
    readonly note: vscode.Uri,
  ) {
    super(connection.target);
    this.description = connection.section.at(-1) ?? '';
    this.tooltip = reasonsOf(connection);
    this.iconPath = new vscode.ThemeIcon(connection.target_kind === 'group' ? 'symbol-folder' : 'link');
    open(this, note, connection.line);
  }
}

export class ProposalItem extends vscode.TreeItem {
  override contextValue = 'proposal';

  constructor(readonly proposal: Proposal) {
    super(proposal.paths.join(', '));
    const { operation, when, why, diff } = proposal;
    this.description = diff ? operation : vscode.l10n.t('{0}, of a file that has changed', operation);
    this.tooltip = [why, when, diff].filter(Boolean).join('\n');
    this.iconPath = new vscode.ThemeIcon(diff ? 'git-pull-request' : 'warning');
    this.command = { command: 'vaultdots.showProposal', title: vscode.l10n.t('Show the change'), arguments: [this] };
  }
}

/** Register the views; the returned functions ask them again. */
export class Trees {
  year = new Date().getFullYear();
  private readonly lists: Record<Name, List>;
  private readonly goalsView: vscode.TreeView<vscode.TreeItem>;

  constructor(context: vscode.ExtensionContext, server: Server, current: Current) {
    const ofNote = <T>(command: string, options: object, shown: (row: T, note: vscode.Uri) => vscode.TreeItem) =>
      new List(server, async () => {
        const note = current.uri;
        const rows = note ? await server.ask<T[]>(command, note, options) : [];
        return note ? rows.map((row) => shown(row, note)) : [];
      });
    this.lists = {
      backlinks: ofNote<Link>('list', { what: 'backlinks' }, (link, note) => {
        const item = new vscode.TreeItem(link.source);
        item.description = `:${link.line}`;
        item.tooltip = link.raw;
        item.iconPath = new vscode.ThemeIcon('references');
        return open(item, fileOf(rootOf(note), link.source), link.line);
      }),
      connections: ofNote<Connection>('connect', {}, (row, note) => new ConnectionItem(row, note)),
      goals: new List(server, async () => {
        const any = current.anywhere;
        const goals = any ? await server.ask<Goal[]>('goals', current.uri, { year: this.year }) : [];
        return goals.map((goal) => {
          const item = new vscode.TreeItem(goal.text);
          item.description = goal.status;
          item.tooltip = `${goal.made_in} → ${goal.target_year ?? '?'}\n${goal.path}:${goal.line}`;
          item.iconPath = new vscode.ThemeIcon(ICONS[goal.status] ?? 'question');
          return open(item, fileOf(rootOf(any!), goal.path), goal.line);
        });
      }),
      proposals: new List(server, async () =>
        (await server.ask<Proposal[]>('proposals', current.uri)).map((proposal) => new ProposalItem(proposal)),
      ),
    };
    for (const name of ['backlinks', 'connections', 'proposals'] as const) {
      context.subscriptions.push(
        vscode.window.createTreeView(`vaultdots.${name}`, { treeDataProvider: this.lists[name] }),
      );
    }
    this.goalsView = vscode.window.createTreeView('vaultdots.goals', { treeDataProvider: this.lists.goals });
    this.goalsView.description = String(this.year);
    context.subscriptions.push(
      this.goalsView,
      current.onDidChange(() => this.refresh('backlinks', 'connections')),
      server.onDidChange(() => this.refresh()),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.languageId === 'markdown') {
          this.refresh();
        }
      }),
    );
  }

  showYear(year: number): void {
    this.year = year;
    this.goalsView.description = String(year);
    this.refresh('goals');
  }

  refresh(...names: Name[]): void {
    for (const name of names.length ? names : NAMES) {
      this.lists[name].refresh();
    }
  }
}
