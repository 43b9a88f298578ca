// Writes dist/vaultdots/{main.js,manifest.json,styles.css}, a plugin's folder; with --tests,
// dist/test/*.test.js, where a stand-in of the app takes the place of `obsidian`.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';

const common = { bundle: true, platform: 'node', target: 'es2022', format: 'cjs', logLevel: 'warning' };
if (process.argv.includes('--tests')) {
  const tests = readdirSync('test').filter((name) => name.endsWith('.test.ts'));
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: 'dist/test',
    alias: { obsidian: './test/obsidian.ts' },
    sourcemap: 'inline',
  });
} else {
  mkdirSync('dist/vaultdots', { recursive: true });
  await build({ ...common, entryPoints: ['src/main.ts'], outfile: 'dist/vaultdots/main.js', external: ['obsidian'] });
  for (const name of ['manifest.json', 'styles.css', 'LICENSE']) {
    copyFileSync(name, `dist/vaultdots/${name}`);
  }
}
