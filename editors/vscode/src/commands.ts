// What the person can ask for. Every answer is the server's; here it is shown and gone to.
import * as vscode from 'vscode';
import type { Graph } from './graph';
import { go, hitChoice, reasonsOf, rowChoice, type Choice, type Connection, type Hit, type Row } from './records';
import { rootOf, type Current, type Server } from './server';
import { ConnectionItem, ProposalItem, type Trees } from './trees';

const REST_MS = 150;
const LISTS = ['backlinks', 'links', 'mentions', 'reviews', 'orphans', 'problems', 'notes'];
// Commands of lenses, whose answers are lists.
const SHOWN = ['dots.list', 'dots.companion'];
export const PROPOSAL = 'dots-proposal';
export const REVIEW = 'dots-review';

export function register(
  context: vscode.ExtensionContext,
  server: Server,
  current: Current,
  trees: Trees,
  graph: Graph,
): void {
  const on = (name: string, act: (...args: never[]) => unknown) =>
    context.subscriptions.push(
      vscode.commands.registerCommand(`vaultdots.${name}`, async (...args: never[]) => {
        try {
          return await act(...args);
        } catch (error) {
          void vscode.window.showErrorMessage(`dots: ${(error as Error).message}`);
          return undefined;
        }
      }),
    );

  on('search', () => search(server, current));
  on('list', async () => {
    const what = await vscode.window.showQuickPick(LISTS, { placeHolder: vscode.l10n.t('List what?') });
    if (what) {
      await choose(current, await server.ask<Row[]>('list', current.uri, { what }), what);
    }
  });
  on('related', async () => choose(current, await server.ask<Row[]>('related', note(current))));
  on('connect', () => connect(server, note(current)));
  on('insertLink', (item: ConnectionItem) => insertLink(server, item.note, item.connection));
  on('review', async () => {
    const year = await askYear();
    const root = year && rootOf(anywhere(current));
    if (year && root) {
      const uri = vscode.Uri.from({ scheme: REVIEW, path: `/${year}`, query: root });
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    }
  });
  on('goals', async () => {
    const year = await askYear();
    if (year) {
      trees.showYear(year);
      await vscode.commands.executeCommand('vaultdots.goals.focus');
    }
  });
  on('new', async () => {
    const title = await vscode.window.showInputBox({ prompt: vscode.l10n.t('Title of the new note') });
    if (title) {
      const made = await server.ask<{ path: string }>('new', anywhereNote(current), { title });
      await go(rootOf(anywhere(current)), { path: made.path, line: 1 });
    }
  });
  on('proposals', () => {
    trees.refresh('proposals');
    return vscode.commands.executeCommand('vaultdots.proposals.focus');
  });
  const diffs = new Map<string, string>();
  on('showProposal', async ({ proposal }: ProposalItem) => {
    diffs.set(proposal.id, proposal.diff);
    const uri = vscode.Uri.from({ scheme: PROPOSAL, path: `/${proposal.id}.diff` });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  });
  const decide = (decision: 'accept' | 'reject') => async ({ proposal }: ProposalItem) => {
    await server.ask('proposals', current.uri, { [decision]: proposal.id });
    trees.refresh();
  };
  on('acceptProposal', decide('accept'));
  on('rejectProposal', decide('reject'));
  on('graph', () => graph.show());
  on('refresh', () => trees.refresh());
  on('restart', () => server.restart());
  on('log', () => server.log.show());

  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(REVIEW, {
      provideTextDocumentContent: (uri) => server.run(uri.query, ['review', uri.path.slice(1)]),
    }),
    vscode.workspace.registerTextDocumentContentProvider(PROPOSAL, {
      provideTextDocumentContent: (uri) => diffs.get(uri.path.slice(1, -'.diff'.length)) ?? '',
    }),
  );
}

/** What a command that a lens or an action ran has answered. */
export function show(current: Current, command: string, result: unknown): void {
  if (SHOWN.includes(command) && Array.isArray(result)) {
    void choose(current, result as Row[]);
  }
}

function note(current: Current): vscode.Uri {
  if (!current.uri) {
    throw new Error(vscode.l10n.t('Open a note first'));
  }
  return current.uri;
}

function anywhere(current: Current): vscode.Uri {
  return current.anywhere ?? note(current);
}

/** The address for a question about the whole vault: none means the first one. */
function anywhereNote(current: Current): vscode.Uri | undefined {
  return current.uri;
}

async function askYear(): Promise<number | undefined> {
  const said = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Year'),
    value: String(new Date().getFullYear()),
    validateInput: (text) => (/^\d{4}$/.test(text) ? undefined : vscode.l10n.t('Four digits')),
  });
  return said ? Number(said) : undefined;
}

async function choose(current: Current, rows: Row[], placeHolder?: string): Promise<void> {
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing found'));
    return;
  }
  const root = rootOf(anywhere(current));
  const chosen = await vscode.window.showQuickPick(rows.map(rowChoice), { placeHolder, matchOnDescription: true });
  if (chosen) {
    await go(root, chosen.place);
  }
}

/** Search while typing; what is typed last is what is shown. */
function search(server: Server, current: Current): void {
  const root = rootOf(anywhere(current));
  const picker = vscode.window.createQuickPick<Choice>();
  picker.placeholder = vscode.l10n.t('Words, "phrases", tag:, year:, kind: …');
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  const ask = async (query: string) => {
    const turn = ++asked;
    picker.busy = true;
    try {
      const hits = await server.ask<Hit[]>('search', current.uri, { query, limit: 50 });
      if (turn === asked) {
        picker.items = hits.map(hitChoice);
      }
    } catch (error) {
      server.log.warn(String(error));
    } finally {
      picker.busy = turn !== asked;
    }
  };
  picker.onDidChangeValue((query) => {
    clearTimeout(timer);
    if (query.trim()) {
      timer = setTimeout(() => void ask(query), REST_MS);
    } else {
      asked++;
      picker.items = [];
    }
  });
  picker.onDidAccept(async () => {
    const chosen = picker.selectedItems[0];
    picker.hide();
    if (chosen) {
      await go(root, chosen.place);
    }
  });
  picker.onDidHide(() => {
    clearTimeout(timer);
    picker.dispose();
  });
  picker.show();
}

async function connect(server: Server, uri: vscode.Uri): Promise<void> {
  const found = await server.ask<Connection[]>('connect', uri);
  const chosen = await vscode.window.showQuickPick(
    found.map((connection) => ({
      label: connection.target,
      description: connection.section.join(' › '),
      detail: reasonsOf(connection).replaceAll('\n', ' · '),
      connection,
    })),
    { placeHolder: vscode.l10n.t('Insert a link at the cursor') },
  );
  if (chosen) {
    await insertLink(server, uri, chosen.connection);
  }
}

async function insertLink(server: Server, uri: vscode.Uri, connection: Connection): Promise<void> {
  const { text } = await server.ask<{ text: string }>('link', uri, { target: connection.target });
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  await editor.edit((edit) => edit.insert(editor.selection.active, text));
}
