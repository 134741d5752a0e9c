// One's own claims: what is asked, what was said, what can be done, the notice; and one's own account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, person, picture, press, signIn, url, visit } from './person.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const heading = (who) => who.page.locator('h1').innerText();
const notice = (who) => who.page.locator('.notice').first().innerText();

async function claimBy(who, filter, nth = 0) {
  await visit(who, `/?show=${filter}`);
  return who.page.locator('article.claim h2 a').nth(nth).getAttribute('href');
}

for (const shape of [{ width: 1280, scripts: true }, { width: 360, scripts: false }]) {
  const by = `${shape.width} px, ${shape.scripts ? 'with' : 'without'} scripts`;

  test(`claims are listed by state, and each tells what comes next: ${by}`, async () => {
    const who = await person(browser, shape);
    await signIn(who, 'demo-clinic-1');
    await visit(who, '/');
    const all = await who.page.locator('article.claim').count();
    assert.ok(all >= 8);
    await press(who, 'link', '決定済み');
    const decided = await who.page.locator('article.claim').count();
    assert.ok(decided > 0 && decided < all);
    await visit(who, await claimBy(who, 'decided'));
    assert.match(await heading(who), /^申請 C-/);
    await picture(who, `claim-decided-${shape.width}`);
    await who.context.close();
  });

  test(`a message goes out once and what lacks is told: ${by}`, async () => {
    const who = await person(browser, shape);
    await signIn(who, 'demo-clinic-1');
    await visit(who, await claimBy(who, 'open'));
    assert.equal((await press(who, 'button', '送る', { exact: true })).status(), 422);
    const words = `書類は来週送ります <b>${shape.width}</b>`;
    await who.page.getByLabel('連絡の内容').fill(words);
    await press(who, 'button', '送る', { exact: true });
    assert.match(await notice(who), /送りました/);
    assert.equal(await who.page.getByText(words, { exact: true }).count(), 1);
    await who.context.close();
  });
}

test('a question is answered, and the claim goes on', async () => {
  const who = await person(browser, { width: 360, scripts: false });
  await signIn(who, 'demo-clinic-1');
  await visit(who, await claimBy(who, 'asked'));
  await picture(who, 'claim-asked-360');
  await press(who, 'link', '答える・書類を送る');
  await picture(who, 'claim-answer-360');
  assert.equal((await press(who, 'button', '答えを送る')).status(), 422);
  await who.page.getByLabel('お答え').fill('漏えいはありませんでした。');
  await press(who, 'button', '答えを送る');
  assert.match(await notice(who), /お答えを受け取りました/);
  await who.context.close();
});

test('reconsideration says its rule, is asked for and taken back', async () => {
  const who = await person(browser);
  await signIn(who, 'demo-clinic-1');
  await visit(who, await claimBy(who, 'decided'));
  await press(who, 'link', 'もう一度の審査を求める');
  assert.match(await who.page.locator('main').innerText(), /事実が同じなら結論も同じ/);
  await picture(who, 'claim-reconsider-1280');
  await who.page.getByLabel('どの事実が、どうちがうと思いますか').fill('当番の日曜でした。');
  await press(who, 'button', 'もう一度の審査を求める');
  assert.match(await notice(who), /別の担当者が見直します/);
  await press(who, 'link', 'もう一度の審査をやめる');
  await press(who, 'button', '見直しの求めを取り下げる');
  assert.match(await notice(who), /前の決定が有効/);
  await who.context.close();
});

test('a claim is withdrawn only by who says so twice', async () => {
  const who = await person(browser);
  await signIn(who, 'demo-clinic-1');
  await visit(who, '/?show=open');
  const path = await who.page.locator('article.claim', { hasText: '受け付けました' }).locator('h2 a').getAttribute('href');
  await visit(who, path);
  await press(who, 'link', '申請を取り下げる');
  await picture(who, 'claim-withdraw-1280');
  assert.equal((await press(who, 'button', '取り下げる')).status(), 422);
  await who.page.getByLabel('この申請を取り下げます').check();
  await press(who, 'button', '取り下げる');
  assert.match(await notice(who), /申請を取り下げました/);
  assert.equal(new URL(who.page.url()).pathname, path);
  await who.context.close();
});
