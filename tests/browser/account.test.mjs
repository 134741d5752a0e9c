// One's own account: where notices go, keys for programs, an authenticator, and coming in with it. The account is one that no
// other story comes in by: from here on it asks for its second factor.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openBrowser, person, picture, press, signedIn, visit } from './person.mjs';
import { totp } from './totp.mjs';

const LOGIN = 'demo-clinic-1-clerk';
let browser, secret;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const main = (who) => who.page.locator('main').innerText();
const path = (who) => new URL(who.page.url()).pathname;
const password = () => new RegExp(`^${LOGIN} +(\\S+)`, 'm').exec(readFileSync(process.env.SHIENKIN_LOGINS, 'utf8'))[1];

test('notices go where one says; what is no address stays typed', async () => {
  const who = await signedIn(browser, LOGIN, { width: 360, scripts: false });
  await visit(who, '/account/contact');
  await who.page.getByLabel('メールアドレス').fill('no address');
  assert.equal((await press(who, 'button', 'この送り先にする')).status(), 422);
  assert.equal(await who.page.getByLabel('メールアドレス').inputValue(), 'no address');
  await who.page.getByLabel('メールアドレス').fill('office@clinic.example');
  await press(who, 'button', 'この送り先にする');
  assert.match(await main(who), /office@clinic\.example/);
  await who.context.close();
});

test('a key for a program is shown once, and ended', async () => {
  const who = await signedIn(browser, LOGIN);
  await visit(who, '/account/tokens');
  assert.equal((await press(who, 'button', '鍵を作る')).status(), 422);
  await who.page.getByLabel('何に使うか').fill('連携の試し');
  await who.page.getByLabel('読むだけ').check();
  await who.page.getByLabel('有効な最後の日').fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await press(who, 'button', '鍵を作る');
  assert.match(await who.page.locator('code.secret').innerText(), /^skm_/);
  await visit(who, '/account');
  assert.doesNotMatch(await main(who), /skm_/);
  await press(who, 'button', 'この鍵を終える');
  assert.match(await who.page.locator('.notice').first().innerText(), /鍵を終えました/);
  await who.context.close();
});

test('an authenticator is set up by a code of it; recovery codes are shown once', async () => {
  const who = await signedIn(browser, LOGIN, { width: 360, scripts: false });
  await visit(who, '/account/authenticator');
  assert.equal(await who.page.locator('img.qr').count(), 1);
  secret = await who.page.locator('input[name="secret"]').inputValue();
  await who.page.locator('input[name="code"]').fill('000000');
  assert.equal((await press(who, 'button', /登録/)).status(), 422);
  assert.equal(await who.page.locator('input[name="secret"]').inputValue(), secret, 'the same QR code still holds');
  await who.page.locator('input[name="code"]').fill(totp(secret));
  await press(who, 'button', /登録/);
  assert.ok(await who.page.locator('.codes code').count() >= 8);
  await picture(who, 'account-codes-360');
  await who.context.close();
});

test('coming in by the keyboard alone, with the second factor', async () => {
  const who = await person(browser), keys = who.page.keyboard;
  const tabTo = async (selector) => {
    for (let i = 0; i < 20; i++) {
      if (await who.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
      await keys.press('Tab');
    }
    assert.fail(`no way to ${selector} by Tab`);
  };
  await visit(who, '/sign-in');
  await keys.press('Tab');
  assert.equal(await who.page.evaluate(() => document.activeElement.className), 'skip-link');
  await keys.press('Enter');
  assert.equal(await who.page.evaluate(() => document.activeElement.id), 'main');
  await tabTo('input[name="login"]');
  await keys.type(LOGIN);
  await tabTo('input[name="password"]');
  await keys.type(password());
  await Promise.all([who.page.waitForURL(/\/sign-in\/second-factor/), keys.press('Enter')]);
  await tabTo('input[name="code"]');
  await keys.type('000000');
  await Promise.all([who.page.waitForEvent('load'), keys.press('Enter')]);
  assert.match(await who.page.title(), /^エラー: /);
  await tabTo('input[name="code"]');
  await keys.type(totp(secret, 1));
  await Promise.all([who.page.waitForURL((to) => to.pathname === '/'), keys.press('Enter')]);
  await who.context.close();
});

for (const shape of [{ width: 360, scripts: false }, { width: 1280, language: 'en-GB' }])
  test(`the page of the second factor: ${shape.language ? 'in English on a desk' : 'in Japanese on a phone'}`, async () => {
    const who = await person(browser, shape);
    await visit(who, '/sign-in');
    await who.page.locator('input[name="login"]').fill(LOGIN);
    await who.page.locator('input[name="password"]').fill(password());
    await press(who, 'button', /^(ログインする|Sign in)$/);
    assert.equal(path(who), '/sign-in/second-factor');
    if (shape.language) assert.match(await who.page.locator('h1').innerText(), /[A-Za-z]{3}/);
    await who.context.close();
  });
