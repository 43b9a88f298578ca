// A stand-in of the part of VS Code's API that this extension uses: it records what is shown, and
// answers what a test says that the person answers.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Listener<T> = (event: T) => unknown;

export class Disposable {
  constructor(private readonly act: () => unknown) {}
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
  dispose(): void {
    this.act();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(event: T): void {
    [...this.listeners].forEach((listener) => listener(event));
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = '',
  ) {}
  static file(file: string): Uri {
    return new Uri('file', file);
  }
  static from(parts: { scheme: string; path: string; query?: string }): Uri {
    return new Uri(parts.scheme, parts.path, parts.query);
  }
  static parse(written: string): Uri {
    return Uri.file(fileURLToPath(written));
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return this.scheme === 'file' ? pathToFileURL(this.path).toString() : `${this.scheme}:${this.path}?${this.query}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}
export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}
export class ThemeIcon {
  constructor(readonly id: string) {}
}
export class TreeItem {
  description?: string;
  tooltip?: string;
  iconPath?: unknown;
  command?: { command: string; title: string; arguments?: unknown[] };
  constructor(readonly label: string) {}
}
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const ViewColumn = { Beside: -2 };

/** What the person says to each question, and what was shown; `reset` empties it. */
export const person = {
  picks: [] as ((items: any[]) => any)[],
  inputs: [] as (string | undefined)[],
  messages: [] as (string | undefined)[],
  told: [] as string[],
  contexts: {} as Record<string, unknown>,
  executed: [] as [string, unknown[]][],
  settings: {} as Record<string, unknown>,
  trees: {} as Record<string, any>,
  panels: [] as any[],
  pickers: [] as any[],
  status: undefined as any,
  inserted: [] as string[],
};

const registered: Record<string, (...args: any[]) => any> = {};
const providers: Record<string, any> = {};
const events = {
  active: new EventEmitter<any>(),
  saved: new EventEmitter<any>(),
  opened: new EventEmitter<any>(),
  trust: new EventEmitter<void>(),
  folders: new EventEmitter<any>(),
  settings: new EventEmitter<any>(),
};

export const drive = {
  run: (name: string, ...args: unknown[]) => registered[name]!(...args),
  async open(file: string): Promise<any> {
    const document = await workspace.openTextDocument(Uri.file(file));
    const editor = editorOf(document);
    window.activeTextEditor = editor;
    events.opened.fire(document);
    events.active.fire(editor);
    return editor;
  },
  save: (document: any) => events.saved.fire(document),
  trust(): void {
    workspace.isTrusted = true;
    events.trust.fire();
  },
  set(name: string, value: unknown): void {
    person.settings[name] = value;
    events.settings.fire({ affectsConfiguration: (one: string) => one === name });
  },
  forget(): void {
    Object.assign(person, { picks: [], inputs: [], told: [], executed: [], panels: [], pickers: [], inserted: [] });
  },
  reset(folders: string[], settings: Record<string, unknown>, trusted = true): void {
    drive.forget();
    Object.assign(person, { contexts: {}, settings, trees: {} });
    workspace.workspaceFolders = folders.map((folder) => ({ uri: Uri.file(folder), name: path.basename(folder) }));
    workspace.isTrusted = trusted;
    window.activeTextEditor = undefined;
  },
};

function editorOf(document: any): any {
  return {
    document,
    selection: { active: new Position(0, 0) },
    edit: async (act: any) => act({ insert: (_: unknown, text: string) => person.inserted.push(text) }),
  };
}

export const l10n = {
  t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, n) => String(args[Number(n)])),
};
export const env = { language: 'en' };
export const extensions = { getExtension: (_: string): any => undefined };

export const commands = {
  registerCommand(name: string, act: (...args: any[]) => any): Disposable {
    registered[name] = act;
    return new Disposable(() => delete registered[name]);
  },
  async executeCommand(name: string, ...args: any[]): Promise<unknown> {
    if (name === 'setContext') {
      person.contexts[args[0]] = args[1];
      return undefined;
    }
    person.executed.push([name, args]);
    return registered[name]?.(...args);
  },
};

export const workspace = {
  workspaceFolders: [] as { uri: Uri; name: string }[],
  isTrusted: true,
  getConfiguration: (section: string) => ({
    get: (name: string, otherwise: unknown) => person.settings[`${section}.${name}`] ?? otherwise,
  }),
  getWorkspaceFolder: (uri: Uri) =>
    workspace.workspaceFolders.find((folder) => uri.fsPath.startsWith(folder.uri.fsPath + path.sep) || uri.fsPath === folder.uri.fsPath),
  async openTextDocument(uri: Uri): Promise<any> {
    const text =
      uri.scheme === 'file' ? fs.readFileSync(uri.fsPath, 'utf8') : await providers[uri.scheme].provideTextDocumentContent(uri);
    return { uri, languageId: uri.scheme === 'file' ? 'markdown' : 'plaintext', getText: () => text };
  },
  registerTextDocumentContentProvider(scheme: string, provider: unknown): Disposable {
    providers[scheme] = provider;
    return new Disposable(() => delete providers[scheme]);
  },
  onDidSaveTextDocument: events.saved.event,
  onDidOpenTextDocument: events.opened.event,
  onDidGrantWorkspaceTrust: events.trust.event,
  onDidChangeWorkspaceFolders: events.folders.event,
  onDidChangeConfiguration: events.settings.event,
};

export const window = {
  activeTextEditor: undefined as any,
  onDidChangeActiveTextEditor: events.active.event,
  createOutputChannel: () => ({
    info() {}, warn: (text: string) => person.told.push(text), error: (text: string) => person.told.push(text),
    append() {}, appendLine() {}, show() {}, dispose() {},
  }),
  createStatusBarItem() {
    person.status = { shown: false, show: () => (person.status.shown = true), hide: () => (person.status.shown = false), dispose() {} };
    return person.status;
  },
  setStatusBarMessage: (text: string) => person.told.push(text),
  async showTextDocument(document: any, options?: any): Promise<any> {
    const editor = editorOf(document);
    editor.options = options;
    window.activeTextEditor = editor;
    events.active.fire(editor);
    return editor;
  },
  async showInformationMessage(text: string, ..._: string[]): Promise<string | undefined> {
    person.told.push(text);
    return person.messages.shift();
  },
  async showErrorMessage(text: string): Promise<void> {
    person.told.push(text);
  },
  showQuickPick: async (items: any[]) => person.picks.shift()?.(items),
  showInputBox: async () => person.inputs.shift(),
  createTreeView(id: string, { treeDataProvider }: any): any {
    person.trees[id] = treeDataProvider;
    return { dispose() {} };
  },
  createQuickPick(): any {
    const value = new EventEmitter<string>();
    const accept = new EventEmitter<void>();
    const hide = new EventEmitter<void>();
    const picker: any = {
      items: [], selectedItems: [], busy: false,
      onDidChangeValue: value.event, onDidAccept: accept.event, onDidHide: hide.event,
      show() {}, dispose() {}, hide: () => hide.fire(),
      type: (text: string) => value.fire(text),
      take: (item: unknown) => { picker.selectedItems = [item]; accept.fire(); },
    };
    person.pickers.push(picker);
    return picker;
  },
  createWebviewPanel(_id: string, title: string, _column: unknown, options: unknown): any {
    const gone = new EventEmitter<void>();
    const panel: any = {
      title, options, visible: true, webview: { html: '' },
      onDidDispose: gone.event, onDidChangeViewState: new EventEmitter<void>().event,
      reveal() {}, dispose: () => gone.fire(),
    };
    person.panels.push(panel);
    return panel;
  },
};
