// Writes dist/vaultdots/{main.js,manifest.json,styles.css}, a plugin's folder; with --tests,
// dist/test/*.test.js, where a stand-in of the app takes the place of `obsidian`.
import { copyFileSync, mkdirSync } from 'node:fs';
import { build } from 'esbuild';
import { bundled, tests } from '../shared/bundle.mjs';

const target = 'es2022';
if (process.argv.includes('--tests')) {
  await build(tests(target, { obsidian: './test/obsidian.ts' }));
} else {
  mkdirSync('dist/vaultdots', { recursive: true });
  await build({ ...bundled(target), entryPoints: ['src/main.ts'], outfile: 'dist/vaultdots/main.js', external: ['obsidian'] });
  for (const name of ['manifest.json', 'styles.css', 'LICENSE']) {
    copyFileSync(name, `dist/vaultdots/${name}`);
  }
}
