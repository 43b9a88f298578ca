// vaultdots in VS Code: starts `dots lsp` and shows its answers. Nothing is decided here.
import * as vscode from 'vscode';
import { register, show } from './commands';
import { Graph } from './graph';
import { Current, Server } from './server';
import { status } from './status';
import { Trees } from './trees';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const current = new Current();
  const server = new Server(context.globalState, (command, result) => show(current, command, result));
  const trees = new Trees(context, server, current);
  const graph = new Graph(server, current);
  register(context, server, current, trees, graph);
  context.subscriptions.push(
    current,
    server,
    graph,
    server.log,
    status(server),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.again()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void server.again()),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === 'markdown') {
        void server.start();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (['dots.path', 'dots.start', 'dots.companion'].some((name) => event.affectsConfiguration(name))) {
        void server.restart();
      }
    }),
  );
  await server.start();
}
