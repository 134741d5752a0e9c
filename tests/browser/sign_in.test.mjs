// Coming in, going out, and the pages that everybody meets on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { check, openBrowser, person, picture, press, signIn, url, visit } from './person.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const heading = (who) => who.page.locator('h1').innerText();

for (const shape of [{ width: 1280, scripts: true }, { width: 360, scripts: false }]) {
  const by = `${shape.width} px, ${shape.scripts ? 'with' : 'without'} scripts`;

  test(`the pages before signing in are in order: ${by}`, async () => {
    const who = await person(browser, shape);
    for (const path of ['/sign-in', '/first-access', '/recovery', '/demo']) {
      const answer = await visit(who, path);
      assert.equal(answer.status(), 200);
      assert.equal(await who.page.locator('h1').count(), 1);
    }
    await who.context.close();
  });

  test(`what is missing is told beside its field and on top, and nothing typed is lost: ${by}`, async () => {
    const who = await person(browser, shape);
    await visit(who, '/sign-in');
    await who.page.getByLabel('ログインID').fill('"><b>誰か');
    const answer = await press(who, 'button', 'ログインする');
    assert.equal(answer.status(), 422);
    assert.equal(await who.page.getByLabel('ログインID').inputValue(), '"><b>誰か');
    assert.match(await who.page.title(), /^エラー: /);
    await who.page.getByRole('link', { name: '「パスワード」を入力してください。' }).click();
    assert.equal(await who.page.evaluate(() => location.hash).catch(() => new URL(who.page.url()).hash), '#f-password');
    await picture(who, `sign-in-${shape.width}`);
    await who.context.close();
  });

  test(`a page that needs signing in leads there and back: ${by}`, async () => {
    const who = await person(browser, shape);
    await visit(who, '/');
    assert.equal(new URL(who.page.url()).pathname, '/sign-in');
    await signIn(who, 'demo-clinic-1');
    await visit(who, '/');
    assert.equal(await heading(who), '申請の一覧');
    await picture(who, `home-${shape.width}`);
    await press(who, 'button', 'ログアウト');
    assert.equal(new URL(who.page.url()).pathname, '/sign-in');
    assert.match(await who.page.locator('.notice').innerText(), /ログアウトしました/);
    await visit(who, '/');
    assert.equal(new URL(who.page.url()).pathname, '/sign-in');
    await who.context.close();
  });
}

test('wrong words are refused without saying which were wrong', async () => {
  const who = await person(browser);
  await visit(who, '/sign-in');
  await who.page.getByLabel('ログインID').fill('nobody-at-all');
  await who.page.getByLabel('パスワード').fill('not the password');
  const answer = await press(who, 'button', 'ログインする');
  assert.equal(answer.status(), 422);
  assert.equal(await who.page.getByLabel('パスワード').inputValue(), '');
  assert.equal(await who.page.evaluate(() => document.activeElement.id), 'error-summary');
  await who.context.close();
});

test('the language is switched where one stands, and stays', async () => {
  const who = await person(browser);
  await visit(who, '/first-access');
  await press(who, 'button', 'English');
  assert.equal(new URL(who.page.url()).pathname, '/first-access');
  assert.equal(await heading(who), 'First access');
  assert.equal(await who.page.locator('html').getAttribute('lang'), 'en');
  await visit(who, '/sign-in');
  assert.equal(await heading(who), 'Sign in');
  await press(who, 'button', '日本語');
  assert.equal(await heading(who), 'ログイン');
  await who.context.close();
});

test('every role comes in by the door of the demo', async () => {
  const who = await person(browser);
  for (const login of ['demo-clinic-2', 'demo-adjuster-1', 'demo-approver-1', 'demo-casework', 'demo-cashier-1', 'demo-proxy',
    'demo-owner-1', 'demo-auditor']) {
    await who.page.goto(new URL('/demo', url).href);
    await who.page.locator(`form:has(input[value="${login}"]) button`).click();
    await who.page.waitForURL((to) => to.pathname === '/');
    await check(who);
    assert.equal(await who.page.locator('.site-account').count(), 1, login);
    await press(who, 'button', 'ログアウト');
  }
  await who.context.close();
});

test('an address where nothing is, is a page of the house', async () => {
  const who = await person(browser, { width: 360 });
  const answer = await visit(who, '/no/such/page');
  assert.equal(answer.status(), 404);
  assert.equal(await who.page.locator('h1').count(), 1);
  await who.context.close();
});

test('signing in leads only to paths of ours', async () => {
  const who = await person(browser);
  await visit(who, '/sign-in?next=%2F%2Fevil.example%2F');
  assert.equal(await who.page.locator('input[name="next"]').inputValue(), '/');
  await who.context.close();
});

test('pages allow nothing inline and nothing from elsewhere', async () => {
  const who = await person(browser);
  const answer = await visit(who, '/sign-in');
  const policy = answer.headers()['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(await who.page.locator('[style], script:not([src]), style').count(), 0);
  const style = await who.page.locator('link[rel="stylesheet"]').first().getAttribute('href');
  const asset = await who.page.request.get(new URL(style, url).href);
  assert.match(asset.headers()['cache-control'], /immutable/);
  await who.context.close();
});
