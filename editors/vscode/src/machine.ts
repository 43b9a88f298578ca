// The machine's and the person's answers to `find`.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Surroundings } from './find';

const ASKED = 'mayRunUvx';
const LONGEST_MS = 20_000;

export function surroundings(state: vscode.Memento): Surroundings {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  return {
    setting: vscode.workspace.getConfiguration('dots').get<string>('path', ''),
    trusted: vscode.workspace.isTrusted,
    folders: folders.map((folder) => folder.uri.fsPath),
    path: process.env['PATH'] ?? '',
    windows: process.platform === 'win32',
    interpreters: async () => [...(await chosen(folders)), ...folders.flatMap(usual)],
    isProgram,
    isDots: (command) =>
      new Promise((resolve) => {
        execFile(command, ['--version'], { timeout: LONGEST_MS }, (error, out) =>
          resolve(!error && /^dots, version \d/.test(out)),
        );
      }),
    mayRunUvx: () => mayRunUvx(state),
  };
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The interpreters that the Python extension says are chosen, or its setting. */
async function chosen(folders: vscode.WorkspaceFolder[]): Promise<string[]> {
  const found: string[] = [];
  const python = vscode.extensions.getExtension('ms-python.python');
  const environments = python && (await python.activate())?.environments;
  for (const folder of folders) {
    const active = environments?.getActiveEnvironmentPath?.(folder.uri);
    const known = active && (await environments.resolveEnvironment(active));
    const file: string | undefined = known?.executable?.uri?.fsPath;
    const set = vscode.workspace.getConfiguration('python', folder.uri).get<string>('defaultInterpreterPath', '');
    const written = set.replace('${workspaceFolder}', folder.uri.fsPath);
    found.push(...[file, written].filter((one): one is string => !!one && path.isAbsolute(one)));
  }
  return found;
}

function usual(folder: vscode.WorkspaceFolder): string[] {
  const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
  return ['.venv', 'venv'].map((name) => path.join(folder.uri.fsPath, name, bin, 'python'));
}

async function mayRunUvx(state: vscode.Memento): Promise<boolean> {
  const known = state.get<boolean>(ASKED);
  if (known !== undefined) {
    return known;
  }
  const yes = vscode.l10n.t('Run It With uvx');
  const no = vscode.l10n.t('No');
  const said = await vscode.window.showInformationMessage(
    vscode.l10n.t('dots was not found. uvx can fetch vaultdots from the Python Package Index and run it.'),
    yes,
    no,
  );
  if (said !== undefined) {
    await state.update(ASKED, said === yes);
  }
  return said === yes;
}

/** Ask about uvx again next time. */
export async function forget(state: vscode.Memento): Promise<void> {
  await state.update(ASKED, undefined);
}
