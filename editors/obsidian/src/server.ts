// `dots lsp` over this vault: its commands answer, and what it writes goes through the app.
import { normalizePath, type App, type FileSystemAdapter, type TFile } from 'obsidian';
import { relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Connection } from './connection';
import { edited, type WorkspaceEdit } from './edits';

export interface Hit {
  path: string;
  title: string;
  section: string[];
  line: number;
  snippet: string;
}
export interface Suggestion {
  section: string[];
  line: number;
  target: string;
  reasons: { text: string }[];
}
export interface Goal {
  text: string;
  made_in: number;
  target_year: number | null;
  status: string;
  path: string;
  line: number;
}
/** What an agent proposed; diff: empty where one of its files was changed since. */
export interface Proposal {
  id: string;
  operation: string;
  why: string;
  paths: string[];
  diff: string;
}
export interface Digest {
  year: number;
  summary: string;
  sections: { heading: string; level: number; line: number }[];
  goals: Goal[];
  books: { title: string; author: string | null }[];
  review: string | null;
}

export class Server {
  private connection: Connection | undefined;
  private readonly root: string;

  constructor(
    private readonly app: App,
    private readonly command: string,
  ) {
    this.root = (app.vault.adapter as FileSystemAdapter).getBasePath();
  }

  async start(): Promise<void> {
    const uri = pathToFileURL(this.root).toString();
    this.connection = new Connection(this.command, ['--vault', this.root, 'lsp'], {
      'workspace/applyEdit': (params) => this.apply((params as { edit: WorkspaceEdit }).edit),
    });
    await this.connection.ask('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'vault' }],
      capabilities: {
        general: { positionEncodings: ['utf-16'] },
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
      },
    });
    this.connection.tell('initialized', {});
  }

  async stop(): Promise<void> {
    const connection = this.connection;
    this.connection = undefined;
    await connection?.close();
  }

  /** A command of the server's: a note's path (none: the whole vault), then its options. */
  async ask<T>(command: string, path = '', options: object = {}): Promise<T> {
    if (!this.connection) {
      throw new Error('Dots is not running');
    }
    return this.connection.ask<T>('workspace/executeCommand', { command: `dots.${command}`, arguments: [path, options] });
  }

  /** What the server would write, written by the app: each note through `Vault.process`. */
  private async apply(edit: WorkspaceEdit): Promise<{ applied: boolean; failureReason?: string }> {
    const { vault } = this.app;
    try {
      for (const change of edit.documentChanges ?? []) {
        const uri = change.kind === 'create' ? change.uri : change.textDocument.uri;
        const path = this.path(uri);
        if (change.kind === 'create') {
          await vault.create(path, '');
          continue;
        }
        const file = this.file(path);
        if (!file) {
          return { applied: false, failureReason: `there is no ${path}` };
        }
        await vault.process(file, (text) => edited(text, change.edits));
      }
      return { applied: true };
    } catch (error) {
      return { applied: false, failureReason: error instanceof Error ? error.message : String(error) };
    }
  }

  private path(uri: string): string {
    return normalizePath(relative(this.root, fileURLToPath(uri)).split(sep).join('/'));
  }

  /** The note at a path of the server's: composed there, however the disk writes it. */
  file(path: string): TFile | null {
    const { vault } = this.app;
    return vault.getFileByPath(path) ?? vault.getFiles().find((file) => file.path.normalize('NFC') === path) ?? null;
  }
}
