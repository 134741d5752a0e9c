// Those who keep the rules and the house: the owners' pages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser, person, picture, press, signIn, signedIn, url, visit } from './person.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const heading = (who) => who.page.locator('h1').innerText();
const file = async (who, path) => (await who.context.request.get(new URL(path, url).href)).text();

test('rules are read as tables by anybody of the house', async () => {
  const who = await signedIn(browser, 'demo-adjuster-1', { width: 360, scripts: false });
  await visit(who, '/rules');
  const [path] = /\/rules\/rul_\w+/.exec(await who.page.content());
  await visit(who, path);
  assert.match(await who.page.content(), /条項/);
  await press(who, 'link', '件すべて期待どおり');
  assert.match(await who.page.locator('main').innerText(), /一日休診した/);
  assert.equal(await who.page.getByRole('cell', { name: '違う', exact: true }).count(), 0);
  await picture(who, 'scenarios-360');
  await visit(who, path);
  await picture(who, 'rules-360');
  assert.equal((await who.page.goto(new URL('/rules/publish', url).href)).status(), 403);
  await who.context.close();
});

test('a declaration is put forward by one owner and confirmed by another', async () => {
  const first = await person(browser), second = await person(browser);
  await signIn(first, 'demo-owner-1');
  await visit(first, '/declarations');
  await press(first, 'button', '登録する');
  assert.match(await first.page.title(), /^エラー: /);
  await first.page.getByLabel('版').fill('試し');
  await first.page.getByLabel('日本語の文面').fill('申請の内容は事実です。');
  await first.page.getByLabel('英語の訳').fill('What is filed is true.');
  await press(first, 'button', '登録する');
  assert.match(await first.page.locator('.notice').innerText(), /別の管理者の確認を待っています/);
  await picture(first, 'declarations-1280');
  const refused = await press(first, 'button', 'この文面を確認して公布する');
  assert.equal(refused.status(), 409);
  await signIn(second, 'demo-owner-2');
  await visit(second, '/declarations');
  await press(second, 'button', 'この文面を確認して公布する');
  assert.match(await second.page.locator('.notice').innerText(), /公布しました/);
  await first.context.close();
  await second.context.close();
});

test('an account begins anew when a second owner confirms, who is told the code', async () => {
  const first = await person(browser), second = await person(browser);
  await signIn(first, 'demo-owner-1');
  await visit(first, '/people');
  await picture(first, 'people-1280');
  const row = first.page.locator('tr', { hasText: 'demo-cashier-2' }).first();
  await visit(first, await row.getByRole('link').getAttribute('href'));
  await press(first, 'link', '本人確認のやり直し');
  await first.page.getByLabel('理由').fill('端末の紛失');
  await press(first, 'button', '起案する');
  await visit(first, '/people');
  assert.match(await first.page.locator('main').innerText(), /端末の紛失/);
  await signIn(second, 'demo-owner-2');
  await visit(second, '/people');
  await press(second, 'button', '確認して、新しいコードを受け取る');
  assert.match(await second.page.locator('main').innerText(), /demo-cashier-2[^]*[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await first.context.close();
  await second.context.close();
});

// A file that nobody has to keep: what the form's field for files is given.
const upload = (who, name, text) => who.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const kept = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

test('rules are put forward as a file and wait for another owner; what is no rule set is told so', async () => {
  const who = await signedIn(browser, 'demo-owner-1', { width: 360, scripts: false });
  await visit(who, '/rules/publish');
  await upload(who, 'letter.dmn', 'これは規則ではありません。');
  assert.equal((await press(who, 'button', '登録する')).status(), 422);
  await upload(who, 'cyber-support.dmn',
    kept('rules/cyber-support/2022-06-01/cyber-support.dmn').replace('publishedOn="2026-11-22"', 'publishedOn="2026-11-23"'));
  await press(who, 'button', '登録する');
  const told = await who.page.locator('main').innerText();
  assert.match(new URL(who.page.url()).pathname, /^\/rules\/rul_\w+$/);
  assert.match(told, /まだ公布されていません/);
  await picture(who, 'rules-waiting-360');
  await who.context.close();
});

test('a calendar is put forward as a file and published by another owner', async () => {
  const first = await person(browser), second = await person(browser, { width: 360, scripts: false });
  await signIn(first, 'demo-owner-1');
  await visit(first, '/rules/calendars/publish');
  await upload(first, 'holidays.txt', kept('data/calendars/national-holiday_jp-2.5.1.txt').replace('# version: holiday_jp-2.5.1', '# version: holiday_jp-2.5.1-read'));
  await press(first, 'button', '登録する');
  assert.equal(new URL(first.page.url()).pathname, '/rules');
  assert.equal((await press(first, 'button', 'この暦を確認して公布する')).status(), 409);
  await signIn(second, 'demo-owner-2');
  await visit(second, '/rules');
  await press(second, 'button', 'この暦を確認して公布する');
  assert.match(await second.page.locator('.notice').innerText(), /公布しました/);
  await first.context.close();
  await second.context.close();
});
