// The language server's life, and its commands.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, State } from 'vscode-languageclient/node';
import { find, WrongSetting, type Found } from './find';
import { forget, surroundings } from './machine';

export type Condition = 'off' | 'missing' | 'starting' | 'running' | 'stopped';
const MARKERS = ['dots.toml', '.obsidian'];
const LARGEST_PAGE = 256_000_000;

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Condition>();
  readonly onDidChange = this.changed.event;
  readonly log = vscode.window.createOutputChannel('Dots', { log: true });
  condition: Condition = 'off';
  private client: LanguageClient | undefined;
  private found: Found | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: vscode.Memento,
    private readonly show: (command: string, result: unknown, args: unknown[]) => void,
  ) {}

  dispose(): Thenable<void> {
    this.changed.dispose();
    return this.client?.stop() ?? Promise.resolve();
  }

  /** Start where it should run and does not; one start at a time. */
  start(): Promise<void> {
    this.turn = this.turn.then(() => this.begin()).catch((error) => this.log.error(String(error)));
    return this.turn;
  }

  /** Something has changed by which the program may be found now. */
  again(): Promise<void> {
    this.turn = this.turn.then(() => {
      if (!this.client) {
        this.become('off');
      }
    });
    return this.start();
  }

  /** End, look for the program again (uvx is asked about again too), start. */
  restart(): Promise<void> {
    this.turn = this.turn.then(async () => {
      const client = this.client;
      this.client = undefined;
      await client?.stop().catch((error) => this.log.warn(String(error)));
      await forget(this.state);
    });
    return this.again();
  }

  private async begin(): Promise<void> {
    // A program that is missing is not looked for at every note that is opened.
    if (this.client || this.condition === 'missing') {
      return;
    }
    if (!wanted()) {
      this.become('off');
      return;
    }
    this.become('starting');
    this.found = await this.look();
    if (!this.found) {
      this.become('missing');
      return;
    }
    const { command, args, how } = this.found;
    this.log.info(`${command} ${args.join(' ')} (${how})`);
    const client = new LanguageClient(
      'dots',
      'Dots',
      { command, args: [...args, 'lsp'], options: { cwd: path.parse(process.execPath).root } },
      {
        documentSelector: [{ scheme: 'file', language: 'markdown' }],
        initializationOptions: { companion: configured('companion', true) },
        outputChannel: this.log,
        middleware: {
          // A lens or an action runs a command of the server's; what it answers is shown.
          executeCommand: async (name, given, next) => {
            const result: unknown = await next(name, given);
            this.show(name, result, given);
            return result;
          },
        },
      },
    );
    client.onDidChangeState((event) => {
      if (event.newState === State.Running) {
        this.become('running');
      } else if (event.newState === State.Stopped && this.client === client) {
        this.become('stopped');
      }
    });
    this.client = client;
    await client.start();
  }

  private async look(): Promise<Found | undefined> {
    try {
      return await find(surroundings(this.state));
    } catch (error) {
      if (!(error instanceof WrongSetting)) {
        throw error;
      }
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The setting dots.path names no program dots: {0}', error.message),
      );
      return undefined;
    }
  }

  private become(condition: Condition): void {
    this.condition = condition;
    void vscode.commands.executeCommand('setContext', 'vaultdots.state', condition);
    this.changed.fire(condition);
  }

  /** A command's answer: the note's address first, then one object of options. */
  async ask<T>(command: string, uri: vscode.Uri | undefined, options: object = {}): Promise<T> {
    if (!this.client || this.condition !== 'running') {
      throw new Error(vscode.l10n.t('dots is not running here'));
    }
    const params = { command: `dots.${command}`, arguments: [uri ? uri.toString() : '', options] };
    return this.client.sendRequest<T>('workspace/executeCommand', params);
  }

  /** What `dots` prints for these words, asked in the vault of a note. */
  run(root: string, words: string[]): Promise<string> {
    const found = this.found;
    if (!found) {
      return Promise.reject(new Error(vscode.l10n.t('dots is not running here')));
    }
    return new Promise((resolve, reject) => {
      execFile(
        found.command,
        [...found.args, '--vault', root, ...words],
        { maxBuffer: LARGEST_PAGE, env: { ...process.env, NO_COLOR: '1' } },
        (error, out, said) => {
          // 1 says that nothing was found: it is an answer too.
          if (error && error.code !== 1) {
            reject(new Error(said.trim() || error.message));
          } else {
            resolve(out);
          }
        },
      );
    });
  }
}

export function configured<T>(name: string, otherwise: T): T {
  return vscode.workspace.getConfiguration('dots').get<T>(name, otherwise);
}

function wanted(): boolean {
  const start = configured<string>('start', 'vaults');
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (start === 'never') {
    return false;
  }
  return start === 'always' || folders.some((folder) => isVault(folder.uri.fsPath));
}

function isVault(folder: string): boolean {
  return MARKERS.some((name) => fs.existsSync(path.join(folder, name)));
}

/** The folder of the vault that a note stands in: the workspace's, else the nearest with a mark. */
export function rootOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder) {
    return folder.uri.fsPath;
  }
  const own = path.dirname(uri.fsPath);
  let here = own;
  while (!isVault(here) && path.dirname(here) !== here) {
    here = path.dirname(here);
  }
  return isVault(here) ? here : own;
}

/** The note on the screen: the active editor's, else the one that was active last. */
export class Current implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  readonly onDidChange = this.changed.event;
  uri: vscode.Uri | undefined;
  private readonly listener: vscode.Disposable;

  constructor() {
    this.take(vscode.window.activeTextEditor);
    this.listener = vscode.window.onDidChangeActiveTextEditor((editor) => this.take(editor));
  }

  private take(editor: vscode.TextEditor | undefined): void {
    const document = editor?.document;
    if (document?.languageId !== 'markdown' || document.uri.scheme !== 'file') {
      return;
    }
    if (document.uri.toString() !== this.uri?.toString()) {
      this.uri = document.uri;
      this.changed.fire(this.uri);
    }
  }

  /** A folder of the workspace or the note, for what is asked of the vault as a whole. */
  get anywhere(): vscode.Uri | undefined {
    const folder = vscode.workspace.workspaceFolders?.[0];
    return this.uri ?? folder?.uri;
  }

  dispose(): void {
    this.listener.dispose();
    this.changed.dispose();
  }
}
