// What the builds of the VS Code and Obsidian plugins share: options of esbuild.
import { readdirSync } from 'node:fs';

/** Options of one file for an editor that runs Node. */
export function bundled(target) {
  return { bundle: true, platform: 'node', target, format: 'cjs', logLevel: 'warning' };
}

/** Options of the tests, where stand-ins take the places of the editor's modules. */
export function tests(target, alias) {
  const names = readdirSync('test').filter((name) => name.endsWith('.test.ts'));
  const entryPoints = names.map((name) => `test/${name}`);
  return { ...bundled(target), entryPoints, outdir: 'dist/test', alias, sourcemap: 'inline' };
}
