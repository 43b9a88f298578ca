// Go to a line of a note.
import type { App } from 'obsidian';
import type { Server } from './server';

/** line: from 1. */
export async function open(app: App, server: Server, path: string, line: number): Promise<void> {
  const file = server.file(path);
  if (file) {
    await app.workspace.getLeaf(false).openFile(file, { eState: { line: line - 1 } });
  }
}
