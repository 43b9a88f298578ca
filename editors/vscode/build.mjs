// Writes dist/extension.js and dist/NOTICES.txt; with --tests, dist/test/*.test.js, where the stand-in
// of the editor and a client without it take the places of `vscode` and `vscode-languageclient`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { bundled, tests } from '../shared/bundle.mjs';

const target = 'node20';
if (process.argv.includes('--tests')) {
  await build(tests(target, { vscode: './test/vscode.ts', 'vscode-languageclient/node': './test/client.ts' }));
} else {
  const { metafile } = await build({
    ...bundled(target),
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    minify: true,
    metafile: true,
  });
  writeFileSync('dist/NOTICES.txt', notices(Object.keys(metafile.inputs)));
}

/** The licences of the packages that are in the bundle. */
function notices(files) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const said = [...new Set(folders.filter(Boolean))].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8') : '';
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return said.join(`\n${'-'.repeat(80)}\n\n`);
}
