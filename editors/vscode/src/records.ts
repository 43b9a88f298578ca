// The answers' keys, as `dots … --json` has them, and the one way to show each.
import * as vscode from 'vscode';
import * as path from 'node:path';

export interface Hit { path: string; title: string; section: string[]; line: number; snippet: string }
export interface Link { source: string; line: number; column: number; raw: string }
export interface Connection {
  section: string[];
  line: number;
  target: string;
  target_kind: string;
  reasons: { signal: string; text: string; line: number | null }[];
}
export interface Goal { text: string; made_in: number; target_year: number | null; status: string; path: string; line: number }
export interface Row { path?: string; source?: string; target?: string; title?: string; text?: string; message?: string; raw?: string; year?: number; line?: number; column?: number }

/** diff: empty where a file was changed since. */
export interface Proposal { id: string; operation: string; paths: string[]; when: string; why: string; diff: string }

/** A place in a vault's file. Lines and columns from 1. */
export interface Place { path: string; line: number; column?: number }
export interface Choice extends vscode.QuickPickItem { place: Place }

export function fileOf(root: string, relative: string): vscode.Uri {
  return vscode.Uri.file(path.join(root, relative));
}

export async function go(root: string, place: Place): Promise<void> {
  const document = await vscode.workspace.openTextDocument(fileOf(root, place.path));
  const at = new vscode.Position(Math.max(0, place.line - 1), 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

export function hitChoice(hit: Hit): Choice {
  return {
    label: hit.title,
    description: hit.section.join(' › '),
    detail: hit.snippet,
    alwaysShow: true,
    place: { path: hit.path, line: hit.line },
  };
}

/** Any other record: its words, and where it stands. */
export function rowChoice(row: Row): Choice {
  const where = row.path ?? row.source ?? row.target ?? '';
  const words = row.title ?? row.text ?? row.message ?? row.raw ?? where;
  const line = row.line ? `:${row.line}` : '';
  return {
    label: words,
    description: words === where ? line : `${where}${line}`,
    place: { path: where, line: row.line ?? 1 },
  };
}

export function reasonsOf(connection: Connection): string {
  return connection.reasons.map((reason) => reason.text).join('\n');
}
