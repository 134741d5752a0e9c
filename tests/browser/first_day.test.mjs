// The first day of a house that is no demo: the first owner comes in by a code, chooses a password, and sets up an authenticator
// before anything else. A house of its own, since a demo lets everybody in without.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { totp } from './totp.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.SHIENKIN ?? join(project, 'build/release/shienkin');
// Without what run.mjs tells stories: to the program it would be settings.
const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SHIENKIN')));
let folder, service, browser, people, code;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shk-'));
  chmodSync(folder, 0o755); // the database's user passes through it
  const state = join(folder, 'state'), somebody = process.getuid() === 0 ? ['--user=nobody'] : [];
  service = spawn(program, ['serve', '--embedded', `--state=${state}`, '--http.port=0', '--metrics.port=0', `--log.file=${join(folder, 'log')}`, ...somebody],
    { cwd: project, env: plain, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: service.stdout })) {
    const said = /^READY (https:\/\/\S+)/.exec(line);
    if (said) { process.env.SHIENKIN_URL = said[1]; break; }
  }
  const told = execFileSync(program, ['bootstrap', '--database', `host=${state}/run dbname=shienkin user=shienkin_owner`,
    '--master', join(state, 'secrets/master-keys'), '制度管理者 一', 'owner-1', '制度管理者 二', 'owner-2'],
  { cwd: project, encoding: 'utf8', env: { ...plain, PGPASSWORD: readFileSync(join(state, 'secrets/owner'), 'utf8').trim() } });
  code = told.split('\n').find((line) => line.includes('(owner-1')).split(/\s+/).at(-1);
  people = await import('./person.mjs'); // which takes the address as it stands now
  browser = await people.openBrowser();
});
after(async () => {
  await browser?.close();
  const ended = new Promise((done) => service.once('exit', done));
  service.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

test('the first owner comes in by a code: a password, then an authenticator before anything else', async () => {
  const { person, picture, press, visit } = people;
  const who = await person(browser, { width: 360, scripts: false }), { page } = who;
  await visit(who, '/first-access');
  await page.locator('input[name="login"]').fill('owner-1');
  await page.locator('input[name="code"]').fill(code);
  for (const field of await page.locator('input[type="password"]').all()) await field.fill('ながいながいあいことばを決めました');
  await press(who, 'button', 'パスワードを決めて進む');
  assert.equal(new URL(page.url()).pathname, '/sign-in/authenticator');
  const secret = await page.locator('input[name="secret"]').inputValue();
  assert.equal(await page.locator('img.qr').count(), 1);
  await picture(who, 'authenticator-360');
  await page.locator('input[name="code"]').fill('000000');
  assert.equal((await press(who, 'button', '登録する')).status(), 422);
  assert.equal(await page.locator('input[name="secret"]').inputValue(), secret, 'the same QR code still holds');
  await page.locator('input[name="code"]').fill(totp(secret));
  await press(who, 'button', '登録する');
  assert.ok(await page.locator('.codes code').count() >= 8);
  await press(who, 'link', '保管しました。次へ進む');
  assert.match(await page.locator('.site-account').innerText(), /制度管理者 一/);
  assert.equal((await page.goto(new URL('/demo', process.env.SHIENKIN_URL).href)).status(), 404, 'no door of a demo');
  await who.context.close();
});
