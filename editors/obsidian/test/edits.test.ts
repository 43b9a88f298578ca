import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, type Machine } from '../src/find';
import { edited } from '../src/edits';

const at = (line: number, character: number) => ({ line, character });

test('edits count UTF-16 units, and lines end at LF, CRLF and CR alone', () => {
  const text = '😀 가\u2028나\r\n둘\r셋\n';
  const edits = [
    { range: { start: at(0, 3), end: at(0, 4) }, newText: '[[가]]' },
    { range: { start: at(2, 0), end: at(2, 1) }, newText: '3' },
    { range: { start: at(9, 0), end: at(9, 0) }, newText: 'end' },
  ];
  assert.equal(edited(text, edits), '😀 [[가]]\u2028나\r\n둘\r3\nend');
});

function machine(files: string[], more: Partial<Machine> = {}): Machine {
  return { path: '/usr/bin', home: '/home/me', isProgram: (file) => files.includes(file), isDots: async (file) => !file.includes('other'), ...more };
}

test('dots is the setting, else on PATH, else where programs usually are', async () => {
  const files = ['/set/dots', '/usr/bin/dots', '/home/me/.local/bin/dots'];
  assert.equal(await find(' /set/dots ', machine(files)), '/set/dots');
  assert.equal(await find('', machine(files)), '/usr/bin/dots');
  assert.equal(await find('', machine(files.slice(2))), '/home/me/.local/bin/dots');
  assert.equal(await find('', machine([])), undefined);
});

test('no other program is run: not for a wrong setting, not from where the app stands', async () => {
  assert.equal(await find('/wrong', machine(['/usr/bin/dots'])), undefined);
  assert.equal(await find('dots', machine(['dots'])), undefined);
  assert.equal(await find('', machine(['dots', './dots'], { path: ':.' })), undefined);
  assert.equal(await find('', machine(['/other/dots', '/usr/bin/dots'], { path: '/other:/usr/bin' })), '/usr/bin/dots');
});
