// A stand-in of the part of Obsidian's app that this plugin uses. The tests check it against the
// typings: what it offers is called as `obsidian.d.ts` says.
import * as fs from 'node:fs';
import * as path from 'node:path';

type Handler = (event: any) => unknown;

/** An element: text, children, listeners. `innerHTML` is not there: nothing may need it. */
export class El {
  children: El[] = [];
  own = '';
  cls = '';
  value = '';
  private readonly handlers: Record<string, Handler[]> = {};
  constructor(readonly tag: string) {}
  createEl(tag: string, how: { text?: string; cls?: string; value?: string } = {}): El {
    const el = new El(tag);
    el.own = how.text ?? '';
    el.cls = how.cls ?? '';
    el.value = how.value ?? '';
    this.children.push(el);
    return el;
  }
  createDiv(how: { text?: string; cls?: string } = {}): El {
    return this.createEl('div', how);
  }
  addEventListener(name: string, handler: Handler): void {
    (this.handlers[name] ??= []).push(handler);
  }
  send(name: string, event: object = {}): void {
    (this.handlers[name] ?? []).forEach((handler) => handler({ preventDefault() {}, ...event }));
  }
  empty(): void {
    this.children = [];
  }
  focus(): void {}
  get text(): string {
    return [this.own, ...this.children.map((child) => child.text)].filter(Boolean).join('\n');
  }
  all(tag: string): El[] {
    return [...(this.tag === tag ? [this] : []), ...this.children.flatMap((child) => child.all(tag))];
  }
}

export class TFile {
  constructor(readonly path: string) {}
  get extension(): string {
    return path.extname(this.path).slice(1);
  }
}

export const seen = { notices: [] as string[], modals: [] as any[], opened: [] as any[], processed: [] as string[] };

export class Vault {
  constructor(private readonly root: string) {}
  adapter = { getBasePath: () => this.root };
  getFiles(): TFile[] {
    return fs.readdirSync(this.root, { recursive: true }).map((name) => new TFile(String(name)));
  }
  getFileByPath(name: string): TFile | null {
    return this.getFiles().find((file) => file.path === name) ?? null;
  }
  async process(file: TFile, change: (text: string) => string): Promise<string> {
    const whole = path.join(this.root, file.path);
    const text = change(fs.readFileSync(whole, 'utf8'));
    fs.writeFileSync(whole, text);
    seen.processed.push(file.path);
    return text;
  }
  async create(name: string, text: string): Promise<TFile> {
    fs.writeFileSync(path.join(this.root, name), text, { flag: 'wx' });
    return new TFile(name);
  }
}

export class Workspace {
  active: TFile | null = null;
  leaves: any[] = [];
  views: Record<string, (leaf: any) => any> = {};
  private readonly handlers: Handler[] = [];
  on(_: string, handler: Handler): object {
    this.handlers.push(handler);
    return {};
  }
  async show(file: TFile | null): Promise<void> {
    this.active = file;
    this.handlers.forEach((handler) => handler(file));
  }
  getActiveFile(): TFile | null {
    return this.active;
  }
  onLayoutReady(act: () => void): void {
    act();
  }
  getLeavesOfType(type: string): any[] {
    return this.leaves.filter((leaf) => leaf.view?.getViewType() === type);
  }
  getLeaf(): any {
    return { openFile: async (file: TFile, state: unknown) => void seen.opened.push([file.path, state]) };
  }
  getRightLeaf(): any {
    const leaf: any = {
      setViewState: async ({ type }: { type: string }) => {
        if (!leaf.view) {
          leaf.view = this.views[type]!(leaf);
          this.leaves.push(leaf);
          await leaf.view.onOpen();
        }
      },
    };
    leaf.app = this.app;
    return leaf;
  }
  async revealLeaf(): Promise<void> {}
  app: any;
}

export class App {
  vault: Vault;
  workspace = new Workspace();
  constructor(root: string) {
    this.vault = new Vault(root);
    this.workspace.app = this;
  }
}

export class Plugin {
  commands: Record<string, any> = {};
  tabs: any[] = [];
  data: unknown = null;
  constructor(
    readonly app: App,
    readonly manifest: unknown,
  ) {}
  addCommand(command: any): void {
    this.commands[command.id] = command;
  }
  addSettingTab(tab: unknown): void {
    this.tabs.push(tab);
  }
  addRibbonIcon(): void {}
  registerView(type: string, make: (leaf: any) => any): void {
    this.app.workspace.views[type] = make;
  }
  async loadData(): Promise<unknown> {
    return this.data;
  }
  async saveData(data: unknown): Promise<void> {
    this.data = data;
  }
}

export class ItemView {
  app: App;
  contentEl = new El('div');
  constructor(readonly leaf: any) {
    this.app = leaf.app;
  }
  registerEvent(): void {}
}

export class Modal {
  contentEl = new El('div');
  title = '';
  constructor(readonly app: App) {}
  setTitle(title: string): this {
    this.title = title;
    return this;
  }
  open(): void {
    seen.modals.push(this);
    this.onOpen();
  }
  close(): void {
    this.onClose();
  }
  onOpen(): void {}
  onClose(): void {}
}

export class SuggestModal<T> extends Modal {
  setPlaceholder(): void {}
  getSuggestions(_: string): Promise<T[]> {
    return Promise.resolve([]);
  }
}

export class PluginSettingTab {
  containerEl = new El('div');
  constructor(
    readonly app: App,
    readonly plugin: unknown,
  ) {}
}

export class Setting {
  static all: { name: string; change?: (value: string) => unknown; click?: () => unknown; desc: string }[] = [];
  private readonly own: (typeof Setting.all)[number] = { name: '', desc: '' };
  constructor(_: El) {
    Setting.all.push(this.own);
  }
  setName(name: string): this {
    this.own.name = name;
    return this;
  }
  setDesc(desc: string): this {
    this.own.desc = desc;
    return this;
  }
  addText(make: (text: any) => unknown): this {
    const text = { setPlaceholder: () => text, setValue: () => text, onChange: (act: any) => ((this.own.change = act), text) };
    make(text);
    return this;
  }
  addButton(make: (button: any) => unknown): this {
    const button = { setButtonText: () => button, onClick: (act: any) => ((this.own.click = act), button) };
    make(button);
    return this;
  }
}

export class Notice {
  constructor(text: string) {
    seen.notices.push(text);
  }
}

export const normalizePath = (written: string): string => written.replaceAll('\u00a0', ' ').replace(/\/+/g, '/').normalize('NFC');
