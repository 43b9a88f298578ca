// The extension in the stand-in of the editor, with the real `dots lsp`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { activate } from '../src/extension';
import { LanguageClient } from './client';
import { drive, extensions, person, window } from './vscode';
import { waiting } from '../../shared/until';

const python = process.env['DOTS_PYTHON'];
assert.ok(python, 'DOTS_PYTHON names a Python that has vaultdots');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'vaultdots-vscode-'));
process.env['DOTS_CACHE'] = path.join(work, 'cache');
process.env['DOTS_DATA'] = path.join(work, 'data');
const program = path.join(work, 'bin', 'dots');
write({ 'bin/dots': `#!/bin/sh\nexec '${python}' -m vaultdots "$@"\n` });
fs.chmodSync(program, 0o755);
const root = path.join(work, 'vault');
const year = new Date().getFullYear();

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(work, name)), { recursive: true });
    fs.writeFileSync(path.join(work, name), text);
  }
}

let running: any[] = [];
async function start(settings: Record<string, unknown> = { 'dots.path': program }, trusted = true): Promise<any> {
  await end();
  drive.reset([root], settings, trusted);
  const stored = new Map<string, unknown>();
  const context = {
    subscriptions: [] as any[],
    globalState: { get: (key: string) => stored.get(key), update: async (key: string, value: unknown) => stored.set(key, value) },
    stored,
  };
  running.push(context);
  await activate(context as any);
  return context;
}

/** The session that the tests share which only look; a person who has said and seen nothing yet. */
async function session(): Promise<void> {
  if (person.contexts['vaultdots.state'] !== 'running' || LanguageClient.all.at(-1)!.server.command !== program) {
    await end();
    await start();
  }
  drive.forget();
}

async function end(): Promise<void> {
  const contexts = running;
  running = [];
  for (const { subscriptions } of contexts) {
    for (const one of subscriptions) {
      await one.dispose();
    }
  }
}

const until = waiting(() => person.told);

const rows = (view: string): Promise<any[]> => person.trees[`vaultdots.${view}`].getChildren();

before(() =>
  write({
    'vault/dots.toml': '',
    'vault/Docker.md': '# Docker\n\nContainers.\n',
    'vault/부두.md': '# 부두\n\n[[Docker]] 이야기\n',
    'vault/Docker networking.md': `---\ndate: ${year - 1}-03-01\nkind: study\n---\n# Docker networking\n\nBridge networks.\n`,
    [`vault/${year - 1} review.md`]:
      `# ${year - 1} review\n\n## What I studied\n\nDocker networking took all spring.\n\n` +
      `## Goals for ${year}\n\n- [ ] learn Docker\n`,
  }),
);
after(async () => {
  await end();
  fs.rmSync(work, { recursive: true, force: true });
});

test('the backlinks follow the editor and open where the link stands', async () => {
  await session();
  await drive.run('vaultdots.connect');
  assert.deepEqual(person.told, ['dots: Open a note first']);
  assert.deepEqual(await rows('backlinks'), []);
  await drive.open(path.join(root, 'Docker.md'));
  const [item] = await rows('backlinks');
  assert.deepEqual([item.label, item.description, item.tooltip], ['부두.md', ':3', '[[Docker]]']);
  const [uri, { selection }] = item.command.arguments;
  assert.deepEqual([uri.fsPath, selection.start.line], [path.join(root, '부두.md'), 2]);
  await drive.open(path.join(root, '부두.md'));
  assert.deepEqual(await rows('backlinks'), []);
});

test('the goals are those of the year', async () => {
  await session();
  const [goal] = await rows('goals');
  assert.equal(goal.label, 'learn Docker');
  assert.equal(goal.description, 'open');
  person.inputs.push('1999');
  await drive.run('vaultdots.goals');
  assert.deepEqual(await rows('goals'), []);
});

test('a connection is shown with its reason, and its link put in at the cursor', async () => {
  await session();
  const note = `${year - 1} review.md`;
  await drive.open(path.join(root, note));
  const [item] = await rows('connections');
  assert.equal(item.label, 'Docker networking.md');
  assert.ok(item.tooltip.length > 0);
  assert.equal(item.contextValue, 'connection');
  await drive.run('vaultdots.insertLink', item);
  assert.deepEqual(person.inserted, ['[[Docker networking]]']);
  assert.equal(fs.readFileSync(path.join(root, note), 'utf8').includes('[['), false);
});

test('what an agent proposed is shown as a diff, and written or forgotten as the person says', async () => {
  await session();
  const propose = (name: string) =>
    execFileSync(python!, [
      '-c',
      `from vaultdots.vault import Vault\nwith Vault.open(".") as vault: vault.proposals.note("${name}.md", "# ${name}")`,
    ], { cwd: root });
  propose('boat');
  await drive.run('vaultdots.proposals');
  const [boat] = await rows('proposals');
  assert.deepEqual([boat.label, boat.description, boat.contextValue], ['boat.md', 'proposed note', 'proposal']);
  await drive.run(boat.command.command, boat);
  assert.match(window.activeTextEditor.document.getText(), /\+# boat/);
  await drive.run('vaultdots.acceptProposal', boat);
  assert.equal(fs.readFileSync(path.join(root, 'boat.md'), 'utf8').trim(), '# boat');
  propose('car');
  await drive.run('vaultdots.rejectProposal', (await rows('proposals'))[0]);
  assert.deepEqual(await rows('proposals'), []);
  assert.equal(fs.existsSync(path.join(root, 'car.md')), false);
  fs.rmSync(path.join(root, 'boat.md'));
  assert.deepEqual(person.told, []);
});

test('search shows what is typed last and goes to its line', async () => {
  await session();
  await drive.run('vaultdots.search');
  const picker = person.pickers[0];
  picker.type('Dock');
  picker.type('containers');
  const [hit] = await until<any[]>('hits', () => picker.items.length && picker.items);
  assert.equal(hit.label, 'Docker');
  assert.ok(hit.alwaysShow);
  picker.take(hit);
  await until('the note', () => window.activeTextEditor?.document.uri.fsPath === path.join(root, 'Docker.md'));
  assert.equal(window.activeTextEditor.options.selection.start.line, hit.place.line - 1);
});

test('a lens shows its list; a list leads to the note', async () => {
  await session();
  await drive.open(path.join(root, 'Docker.md'));
  let shown: any[] = [];
  person.picks.push((items) => ((shown = items), undefined));
  await LanguageClient.all.at(-1)!.click('dots.list', ['Docker.md', { what: 'backlinks' }]);
  await until('the list', () => shown.length > 0);
  assert.deepEqual(shown[0].place, { path: '부두.md', line: 3 });
  person.picks.push(() => 'orphans', () => undefined);
  await drive.run('vaultdots.list');
});

test('the graph beside the note is the page of dots, and follows the editor', async () => {
  await session();
  await drive.open(path.join(root, 'Docker.md'));
  await drive.run('vaultdots.graph');
  const [panel] = person.panels;
  assert.equal(panel.title, 'Docker');
  const html: string = panel.webview.html;
  assert.match(html, /Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-/);
  assert.ok(html.includes('부두'));
  assert.deepEqual(panel.options.localResourceRoots, []);
  await drive.open(path.join(root, `${year - 1} review.md`));
  await until('the other page', () => panel.title === `${year - 1} review`);
  assert.notEqual(panel.webview.html, html);
});

test('a review is shown as dots prints it, and no file is made', async () => {
  await session();
  person.inputs.push(String(year - 1));
  const before = fs.readdirSync(root);
  await drive.run('vaultdots.review');
  assert.equal(window.activeTextEditor.document.uri.scheme, 'dots-review');
  assert.match(window.activeTextEditor.document.getText(), new RegExp(`${year - 1} review`));
  assert.deepEqual(fs.readdirSync(root), before);
});

test('an error of the server is shown', async () => {
  await session();
  person.inputs.push('Docker');
  await drive.run('vaultdots.new');
  assert.match(person.told[0]!, /^dots: .*'Docker.md' is there already/);
});

test('the server runs with the program of the setting, and says so', async () => {
  await session();
  assert.equal(person.contexts['vaultdots.state'], 'running');
  assert.ok(person.status.shown && person.status.text.includes('dots'));
  const client = LanguageClient.all.at(-1)!;
  assert.deepEqual([client.server.command, client.server.args], [program, ['lsp']]);
  assert.notEqual(client.server.options.cwd, root);
  // Every command of the server's that the extension asks for is one that it advertises.
  for (const name of ['list', 'search', 'related', 'connect', 'link', 'new', 'goals', 'proposals', 'companion']) {
    assert.ok(client.advertised.includes(`dots.${name}`), name);
  }
  const { process: server } = client;
  await end();
  assert.equal(server!.exitCode, 0);
});

test('without trust the environment of the workspace is not run; with it, it is', async () => {
  write({ 'vault/.venv/bin/python': '', 'vault/.venv/bin/dots': fs.readFileSync(program, 'utf8') });
  fs.chmodSync(path.join(root, '.venv/bin/dots'), 0o755);
  const saved = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    await start({}, false);
    assert.equal(person.contexts['vaultdots.state'], 'missing');
    assert.ok(person.status.text.includes('warning'));
    process.env['PATH'] = saved!;
    drive.trust();
    await until('the server', () => person.contexts['vaultdots.state'] === 'running');
    assert.equal(LanguageClient.all.at(-1)!.server.command, path.join(root, '.venv/bin/dots'));
  } finally {
    process.env['PATH'] = saved!;
    fs.rmSync(path.join(root, '.venv'), { recursive: true });
  }
});

test('the environment that the Python extension has chosen comes first', async () => {
  const chosen = path.join(work, 'bin', 'python');
  extensions.getExtension = (id) =>
    id === 'ms-python.python' && {
      activate: async () => ({
        environments: {
          getActiveEnvironmentPath: () => ({ path: 'x' }),
          resolveEnvironment: async () => ({ executable: { uri: { fsPath: chosen } } }),
        },
      }),
    };
  try {
    await start({});
    assert.equal(LanguageClient.all.at(-1)!.server.command, program);
  } finally {
    extensions.getExtension = () => undefined;
  }
});

test('uvx is asked about once; the answer is kept until the restart', async () => {
  write({ 'uv/uvx': '#!/bin/sh\nexit 1\n' });
  fs.chmodSync(path.join(work, 'uv/uvx'), 0o755);
  const saved = process.env['PATH'];
  process.env['PATH'] = path.join(work, 'uv');
  try {
    person.messages.push('No');
    const stored = await start({});
    assert.equal(person.told.length, 1);
    await drive.open(path.join(root, 'Docker.md'));
    assert.equal(person.told.length, 1);
    person.messages.push('No');
    await drive.run('vaultdots.restart');
    assert.equal(person.told.length, 2);
    assert.equal(stored.stored.get('mayRunUvx'), false);
  } finally {
    process.env['PATH'] = saved!;
  }
});

test('a folder that is no vault gets no server', async () => {
  fs.rmSync(path.join(root, 'dots.toml'));
  await start();
  assert.equal(person.contexts['vaultdots.state'], 'off');
  assert.equal(person.status.shown, false);
  drive.set('dots.start', 'always');
  await until('the server', () => person.contexts['vaultdots.state'] === 'running');
  write({ 'vault/dots.toml': '' });
});

test('a wrong setting is said, and no other program is taken', async () => {
  await start({ 'dots.path': path.join(work, 'nothing') });
  assert.equal(person.contexts['vaultdots.state'], 'missing');
  assert.match(person.told[0]!, /dots\.path names no program dots/);
});

test('what the manifest says is what the code does', () => {
  const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  const sources = fs.readdirSync('src').map((name) => fs.readFileSync(path.join('src', name), 'utf8')).join('\n');
  const commands: string[] = manifest.contributes.commands.map((one: any) => one.command);
  for (const command of commands) {
    assert.ok(sources.includes(`on('${command.replace('vaultdots.', '')}'`), command);
  }
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['dots.path']);
  assert.equal(manifest.dependencies, undefined);
  const said = JSON.stringify(manifest).match(/%([\w.]+)%/g)!.map((one) => one.slice(1, -1));
  const keys = Object.keys(JSON.parse(fs.readFileSync('package.nls.json', 'utf8')));
  assert.deepEqual(keys.sort(), Object.keys(JSON.parse(fs.readFileSync('package.nls.ko.json', 'utf8'))).sort());
  assert.deepEqual([...new Set(said)].sort(), keys);
  const spoken = [...sources.matchAll(/l10n\.t\(\s*'([^']*)'/g)].map((match) => match[1]!);
  const korean = Object.keys(JSON.parse(fs.readFileSync('l10n/bundle.l10n.ko.json', 'utf8')));
  assert.deepEqual([...new Set(spoken)].sort(), korean.sort());
  const lock = fs.readFileSync('package-lock.json', 'utf8');
  assert.equal(lock.includes('"resolved"'), false);
});
