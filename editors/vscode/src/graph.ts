// The page of `dots graph --local NOTE` beside the note, drawn again when another note is shown.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { configured, rootOf, type Current, type Server } from './server';

const REST_MS = 300;

export class Graph implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asked = 0;
  private drawn = '';
  private readonly listeners: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly current: Current,
  ) {
    this.listeners = [
      current.onDidChange(() => this.later()),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.uri.toString() === current.uri?.toString()) {
          this.later();
        }
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.listeners.forEach((one) => one.dispose());
  }

  async show(): Promise<void> {
    if (!this.panel) {
      // The page names by their hashes the only scripts and styles that may run; it asks for nothing.
      this.panel = vscode.window.createWebviewPanel(
        'vaultdots.graph',
        vscode.l10n.t('Graph'),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [], retainContextWhenHidden: true },
      );
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.drawn = '';
      });
      this.panel.onDidChangeViewState(() => this.later());
    }
    this.panel.reveal(undefined, true);
    await this.draw();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), REST_MS);
  }

  private async draw(): Promise<void> {
    clearTimeout(this.timer);
    const { panel, current } = this;
    const note = current.uri;
    if (!panel?.visible || !note) {
      return;
    }
    const turn = ++this.asked;
    const root = rootOf(note);
    const name = path.relative(root, note.fsPath).split(path.sep).join('/');
    const depth = String(configured('graph.depth', 2));
    const language = vscode.env.language.startsWith('ko') ? 'ko' : 'en';
    try {
      const html = await this.server.run(root, [
        'graph', '--local', name, '--depth', depth, '--editor', 'vscode', '--lang', language, '-o', '-',
      ]);
      // Another note may have been shown meanwhile; and the same page keeps its place.
      if (turn === this.asked && this.panel === panel && html !== this.drawn) {
        this.drawn = html;
        panel.title = path.basename(name).replace(/\.(md|markdown)$/i, '');
        panel.webview.html = html;
      }
    } catch (error) {
      this.server.log.warn(String(error));
      void vscode.window.setStatusBarMessage(`dots: ${(error as Error).message}`, 5000);
    }
  }
}
