import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, WrongSetting, type Surroundings } from '../src/find';

function machine(files: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: '', trusted: true, folders: ['/vault'], path: '/usr/bin:/home/me/bin', windows: false,
    interpreters: async () => ['/vault/.venv/bin/python'],
    isProgram: (file) => files.includes(file),
    isDots: async (file) => !file.includes('other'),
    mayRunUvx: async () => false,
    ...more,
  };
}

const ALL = ['/set/dots', '/vault/.venv/bin/dots', '/usr/bin/dots', '/usr/bin/uvx'];

test('the setting comes first, then the environment, PATH, uvx', async () => {
  const order: (string | undefined)[] = [];
  for (let n = 0; n <= ALL.length; n++) {
    const around = machine(ALL.slice(n), { setting: n === 0 ? '/set/dots' : '', mayRunUvx: async () => true });
    order.push((await find(around))?.how);
  }
  assert.deepEqual(order, ['setting', 'environment', 'path', 'uvx', undefined]);
});

test('a setting that names no dots is an error, not another program', async () => {
  await assert.rejects(find(machine(ALL, { setting: '/wrong/dots' })), WrongSetting);
  await assert.rejects(find(machine(['/other/dots', ...ALL], { setting: '/other/dots' })), WrongSetting);
});

test('another program of that name is passed over', async () => {
  const around = machine(['/other/dots', '/home/me/bin/dots'], { path: '/other:/home/me/bin' });
  assert.equal((await find(around))?.command, '/home/me/bin/dots');
});

test('nothing of a workspace that is not trusted is run', async () => {
  const around = machine(['/vault/.venv/bin/dots', '/vault/bin/dots', 'bin/dots', '/vault/bin/uvx'], {
    trusted: false,
    path: '/vault/bin:bin::.',
    interpreters: () => assert.fail('it looked for interpreters'),
    isDots: () => assert.fail('it ran a program'),
    mayRunUvx: () => assert.fail('it offered uvx'),
  });
  assert.equal(await find(around), undefined);
});

test('a folder of PATH that depends on where the editor stands is never searched', async () => {
  assert.equal(await find(machine(['bin/dots', 'dots', './dots'], { path: 'bin::.' })), undefined);
});

test('uvx is asked about only where it is', async () => {
  const around = machine([], { mayRunUvx: () => assert.fail('it asked') });
  assert.equal(await find(around), undefined);
  const there = machine(['/usr/bin/uvx'], { mayRunUvx: async () => true });
  assert.deepEqual(await find(there), { command: '/usr/bin/uvx', args: ['--from', 'vaultdots', 'dots'], how: 'uvx' });
});
