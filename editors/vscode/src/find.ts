// Where the program `dots` is: the setting, the workspace's Python environment, PATH, then uvx.
import * as path from 'node:path';

/** A program with the arguments that come before dots's own. */
export interface Found {
  command: string;
  args: string[];
  how: 'setting' | 'environment' | 'path' | 'uvx';
}

/** What is asked of the machine and of the person; the tests put their own in. */
export interface Surroundings {
  /** The setting `dots.path`; empty where it is not set. */
  setting: string;
  /** Whether the person trusts the workspace: nothing in it is run before that. */
  trusted: boolean;
  /** The workspace's folders. */
  folders: string[];
  /** The variable PATH. */
  path: string;
  windows: boolean;
  /** The Python programs of the workspace's environments, the chosen one first. */
  interpreters(): Promise<string[]>;
  /** Whether a file can be run. */
  isProgram(file: string): boolean;
  /** Whether a program is this `dots`, and not another of that name. */
  isDots(command: string): Promise<boolean>;
  /** Whether the person lets uvx fetch and run dots; asked once. */
  mayRunUvx(): Promise<boolean>;
}

/** What the setting names is no dots. */
export class WrongSetting extends Error {}

/** The program, or undefined where there is none. Throws WrongSetting. */
export async function find(around: Surroundings): Promise<Found | undefined> {
  const setting = around.setting.trim();
  if (setting) {
    if (around.isProgram(setting) && (await around.isDots(setting))) {
      return { command: setting, args: [], how: 'setting' };
    }
    throw new WrongSetting(setting);
  }
  if (around.trusted) {
    for (const interpreter of await around.interpreters()) {
      const beside = program(path.dirname(interpreter), 'dots', around);
      if (beside && (await around.isDots(beside))) {
        return { command: beside, args: [], how: 'environment' };
      }
    }
  }
  const folders = searched(around);
  for (const folder of folders) {
    const file = program(folder, 'dots', around);
    if (file && (await around.isDots(file))) {
      return { command: file, args: [], how: 'path' };
    }
  }
  const uvx = folders.map((folder) => program(folder, 'uvx', around)).find((file) => file);
  if (uvx && (await around.mayRunUvx())) {
    return { command: uvx, args: ['--from', 'vaultdots', 'dots'], how: 'uvx' };
  }
  return undefined;
}

function program(folder: string, name: string, around: Surroundings): string | undefined {
  const file = path.join(folder, around.windows ? `${name}.exe` : name);
  return around.isProgram(file) ? file : undefined;
}

/** The folders of PATH; none that depends on where the editor stands, nor, without trust, one of
 *  the workspace. */
function searched(around: Surroundings): string[] {
  const folders = around.path.split(around.windows ? ';' : ':');
  return folders.filter(
    (folder) => path.isAbsolute(folder) && (around.trusted || !around.folders.some((root) => isIn(folder, root))),
  );
}

function isIn(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way));
}
