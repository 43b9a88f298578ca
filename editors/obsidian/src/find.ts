// Where the program `dots` is: the setting, else PATH and the folders in which programs of a person
// usually are (an app that was not started from a shell has a short PATH). Nothing is ever fetched.
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

const LONGEST_MS = 20_000;

/** What is asked of the machine; the tests put their own in. */
export interface Machine {
  path: string;
  home: string;
  isProgram(file: string): boolean;
  isDots(command: string): Promise<boolean>;
}

export const machine = (): Machine => ({
  path: process.env['PATH'] ?? '',
  home: homedir(),
  isProgram: (file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  },
  isDots: (command) =>
    new Promise((resolve) => {
      execFile(command, ['--version'], { timeout: LONGEST_MS }, (error, out) => {
        resolve(!error && /^dots, version \d/.test(out));
      });
    }),
});

/** The program; undefined where there is none, or where the setting names something else. */
export async function find(setting: string, on: Machine): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'dots.exe' : 'dots';
  const folders = [
    ...on.path.split(delimiter),
    join(on.home, '.local', 'bin'),
    '/opt/homebrew/bin',
    '/usr/local/bin',
  ];
  const files = setting.trim() ? [setting.trim()] : folders.filter(isAbsolute).map((folder) => join(folder, name));
  for (const file of new Set(files)) {
    if (isAbsolute(file) && on.isProgram(file) && (await on.isDots(file))) {
      return file;
    }
  }
  return undefined;
}
