// The plugin in a stand-in of the app, with the real `dots lsp`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';

(globalThis as any).window = globalThis;
import Vaultdots from '../src/main';
import { App, Setting, TFile, seen } from './obsidian';
import { waiting } from '../../shared/until';

const python = process.env['DOTS_PYTHON'];
assert.ok(python, 'DOTS_PYTHON names a Python that has vaultdots');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'vaultdots-obsidian-'));
process.env['DOTS_CACHE'] = path.join(work, 'cache');
process.env['DOTS_DATA'] = path.join(work, 'data');
const program = path.join(work, 'bin', 'dots');
const root = path.join(work, 'vault');
const year = new Date().getFullYear();
const review = `${year - 1} review.md`;
const DOCKER = 'Docker 네트워크.md'.normalize('NFD');
write('bin/dots', `#!/bin/sh\nexec '${python}' -m vaultdots "$@"\n`);
fs.chmodSync(program, 0o755);
write('vault/.obsidian/app.json', '{}');
write(`vault/${DOCKER}`, `---\ndate: ${year - 1}-03-01\nkind: study\n---\n# Docker networking\n\nBridge networks.\n`);
write(
  `vault/${review}`,
  `# ${year - 1} review\r\n\r\n## What I studied\r\n\r\n😀\u2028 Docker networking took all spring.\r\n\r\n` +
    `## Goals for ${year}\r\n\r\n- [ ] learn Docker\r\n`,
);

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(work, name)), { recursive: true });
  fs.writeFileSync(path.join(work, name), text);
}

const until = waiting(() => seen.notices);

const app = new App(root);
const plugin: any = new (Vaultdots as any)(app, {});
plugin.data = { program };
after(async () => {
  await plugin.server?.stop();
  fs.rmSync(work, { recursive: true, force: true });
});

test('it starts with the program of the setting; no command has a key', async () => {
  await plugin.onload();
  await until('the server', () => plugin.server);
  assert.deepEqual(Object.keys(plugin.commands), ['search', 'connect', 'goals', 'proposals', 'review']);
  assert.ok(Object.values<any>(plugin.commands).every((command) => !('hotkeys' in command)));
});

test('the pane shows what to connect and the goals of the year', async () => {
  await app.workspace.show(new TFile(review));
  plugin.commands.connect.callback();
  const pane = await until('the pane', () => app.workspace.leaves[0]?.view);
  await until('its rows', () => pane.contentEl.text.includes('learn Docker') && pane.contentEl.all('button').length);
  assert.match(pane.contentEl.text, /Docker 네트워크\.md/);
  assert.match(pane.contentEl.text, new RegExp(`Goals for ${year}`));
  pane.contentEl.all('a').at(-1).send('click');
  await until('the goal', () => seen.opened.length);
  assert.deepEqual(seen.opened.at(-1), [review, { eState: { line: 8 } }]);
});

test('a link is written through Vault.process, where the name stands, and nothing else changes', async () => {
  const before = fs.readFileSync(path.join(root, review), 'utf8');
  assert.deepEqual(seen.processed, []);
  const pane = app.workspace.leaves[0].view;
  pane.contentEl.all('button').find((button: any) => button.own === 'Write the link').send('click');
  await until('the link', () => seen.processed.length);
  await until('the notice', () => seen.notices.some((text) => text.startsWith('Linked to')));
  assert.deepEqual(seen.processed, [review]);
  const name = 'Docker 네트워크';
  assert.equal(fs.readFileSync(path.join(root, review), 'utf8'), before.replace('Docker networking', `[[${name}|Docker networking]]`));
  await until('the pane without it', () => pane.contentEl.text.includes('Nothing to connect here.'));
});

test('what an agent proposed is shown as a diff, and written or forgotten as the person says', async () => {
  const note = 'vaultdots.vault import Vault\nwith Vault.open(".") as vault:\n';
  execFileSync(python, ['-c', `from ${note}    vault.proposals.note("boat.md", "# Boat")\n    vault.proposals.note("car.md", "# Car")`], { cwd: root });
  plugin.commands.proposals.callback();
  const pane = app.workspace.leaves[0].view;
  const button = (words: string) => pane.contentEl.all('button').filter((one: any) => one.own === words);
  await until('the proposals', () => button('Accept').length === 2);
  assert.match(pane.contentEl.text, /proposed note · boat\.md/);
  assert.match(pane.contentEl.text, /\+# Boat/);
  const boat = pane.contentEl.text.indexOf('boat.md') < pane.contentEl.text.indexOf('car.md') ? 0 : 1;
  button('Accept')[boat].send('click');
  await until('the note', () => fs.existsSync(path.join(root, 'boat.md')));
  await until('one proposal', () => button('Reject').length === 1);
  button('Reject')[0].send('click');
  await until('no proposal', () => !pane.contentEl.text.includes('car.md'));
  assert.equal(fs.existsSync(path.join(root, 'car.md')), false);
});

test('search finds while typing and goes to the note, decomposed as the disk has it', async () => {
  plugin.commands.search.callback();
  const modal = await until('the search', () => seen.modals.at(-1));
  assert.deepEqual(await modal.getSuggestions('  '), []);
  const [hit] = await modal.getSuggestions('bridge');
  assert.equal(hit.title, 'Docker networking');
  modal.renderSuggestion(hit, modal.contentEl);
  assert.match(modal.contentEl.text, /Docker networking/);
  modal.onChooseSuggestion(hit);
  await until('the note', () => seen.opened.at(-1)[0] === DOCKER);
});

test('a review is a page of places', async () => {
  plugin.commands.review.callback();
  const ask = seen.modals.at(-1);
  const [input] = ask.contentEl.all('input');
  input.value = String(year - 1);
  input.send('keydown', { key: 'Enter' });
  const page = await until('the review', () => seen.modals.at(-1) !== ask && seen.modals.at(-1));
  assert.equal(page.title, String(year - 1));
  assert.match(page.contentEl.text, /What I studied/);
  page.contentEl.all('a')[0].send('click');
  await until('its place', () => seen.opened.at(-1)[0] === review);
});

test('without the program it says so, and looks again when asked', async () => {
  const [tab] = plugin.tabs;
  tab.display();
  const set = (name: string) => Setting.all.findLast((one) => one.name === name)!;
  await set('Program').change!('/nowhere/dots');
  await set('Look for it again').click!();
  assert.equal(plugin.server, undefined);
  assert.match(app.workspace.leaves[0].view.contentEl.text, /was not found/);
  plugin.commands.search.callback();
  await until('the notice', () => seen.notices.at(-1)!.includes('was not found'));
  await set('Program').change!(program);
  await set('Look for it again').click!();
  assert.ok(plugin.server);
  assert.deepEqual(plugin.data, { program });
});

test('a server that dies ends what was asked of it', async () => {
  const asked = plugin.server.ask('list', '', { what: 'problems' });
  plugin.server.connection.process.kill('SIGKILL');
  await assert.rejects(asked, /stopped/);
  await plugin.server.stop();
});

test('the manifest and the lock file are as they should be', () => {
  const manifest = JSON.parse(fs.readFileSync('manifest.json', 'utf8'));
  assert.equal(manifest.isDesktopOnly, true);
  assert.equal(JSON.parse(fs.readFileSync('versions.json', 'utf8'))[manifest.version], manifest.minAppVersion);
  assert.equal(fs.readFileSync('package-lock.json', 'utf8').includes('"resolved"'), false);
  const sources = fs.readdirSync('src').map((name) => fs.readFileSync(path.join('src', name), 'utf8')).join('\n');
  for (const not of ['innerHTML', 'fetch(', 'requestUrl', 'vault.modify', 'adapter.write', 'hotkeys']) {
    assert.equal(sources.includes(not), false, not);
  }
});
