// One's own claims: what is asked, what was said, what can be done, the notice; and one's own account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, pdfText, person, picture, press, signIn, signedIn, url, visit } from './person.mjs';

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
    const who = await signedIn(browser, 'demo-clinic-1', shape);
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
    const who = await signedIn(browser, 'demo-clinic-1', shape);
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
  const who = await signedIn(browser, 'demo-clinic-1', { width: 360, scripts: false });
  const claim = await claimBy(who, 'asked');
  // What waits for an answer stands above the list, wherever its claim stands in it.
  await visit(who, '/');
  const waits = who.page.locator('section', { has: who.page.locator('#waits-for-you') }).locator('a');
  assert.ok((await waits.evaluateAll((all) => all.map((a) => a.getAttribute('href')))).includes(claim));
  await visit(who, claim);
  const question = await who.page.locator('.question .typed').first().innerText();
  await picture(who, 'claim-asked-360');
  await press(who, 'link', '答える・書類を送る');
  await picture(who, 'claim-answer-360');
  assert.equal((await press(who, 'button', '答えを送る')).status(), 422);
  await who.page.getByLabel('お答え').fill('漏えいはありませんでした。');
  await press(who, 'button', '答えを送る');
  assert.match(await notice(who), /お答えを受け取りました/);
  const said = await who.page.locator('section', { has: who.page.locator('#messages') }).innerText();
  assert.ok(said.includes(question) && said.includes('漏えいはありませんでした。'), 'what was asked and answered stays to be read');
  await who.context.close();
});

test('reconsideration says its rule, is asked for and taken back', async () => {
  const who = await signedIn(browser, 'demo-clinic-1');
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
  const who = await signedIn(browser, 'demo-clinic-1');
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

test('another account is seen as the bank will read it, and only what was seen is sent', async () => {
  const who = await signedIn(browser, 'demo-clinic-1', { width: 360, scripts: false });
  await visit(who, await claimBy(who, 'open'));
  await press(who, 'link', /^振込先を/);
  const fill = (name, value) => who.page.locator(`[name="${name}"]`).fill(value);
  await fill('bank_code', '0001');
  await fill('branch_code', '001');
  await who.page.locator('input[name="account_type"][value="ordinary"]').check();
  await fill('account_number', '765432');
  await fill('holder_name', 'みほんくりにっくいち');
  await press(who, 'button', '銀行での見え方を確かめる');
  assert.match(await who.page.locator('section.where').innerText(), /みずほ・東京営業部[^]*ﾐﾎﾝｸﾘﾆﾂｸｲﾁ/);
  await picture(who, 'claim-payee-360');
  await fill('account_number', '76543210');
  assert.equal((await press(who, 'button', 'この口座を届け出る')).status(), 422);
  assert.match(await notice(who), /確かめたあとで書きかえた/);
  assert.equal((await press(who, 'button', 'この口座を届け出る')).status(), 422);
  assert.equal(await who.page.locator('#f-account_number').getAttribute('aria-invalid'), 'true');
  await fill('account_number', '7654321');
  await press(who, 'button', '銀行での見え方を確かめる');
  await press(who, 'button', 'この口座を届け出る');
  assert.match(await notice(who), /振込先を受け取りました/);
  assert.match(await who.page.locator('section[aria-labelledby="payee"]').innerText(), /みずほ・東京営業部[^]*321/);
  await who.context.close();
});

test('a file and the report follow after filing, and what was typed outlives the session', async () => {
  const who = await signedIn(browser, 'demo-clinic-1', { width: 360, scripts: false });
  const path = await claimBy(who, 'open');
  await visit(who, path);
  await press(who, 'link', '書類を送る');
  assert.equal((await press(who, 'button', 'このファイルを送る')).status(), 422);
  await who.page.locator('input[type="file"]').setInputFiles({ name: '業者の報告.txt', mimeType: 'text/plain', buffer: Buffer.from('調べた結果\n') });
  await press(who, 'button', 'このファイルを送る');
  assert.equal(await who.page.locator('.file h3', { hasText: '業者の報告.txt' }).count(), 1);

  await visit(who, `${path}/report`);
  await who.page.locator('[name="contact_name"]').fill('事務長');
  await who.page.locator('[name="measures"]').fill('回線を切り、"院内" <だけ> にしました。\n2行目');
  await who.context.clearCookies({ name: '__Host-shienkin' });
  assert.equal((await press(who, 'button', 'この内容で保存する')).status(), 401);
  await who.page.locator('#f-demo').fill('demo-clinic-1');
  await press(who, 'button', 'デモのアカウントで続ける');
  await picture(who, 'kept-360');
  await press(who, 'button', 'この内容で送る');
  assert.match(await notice(who), /被害の報告を保存しました/);
  await visit(who, `${path}/report`);
  assert.equal(await who.page.locator('[name="contact_name"]').inputValue(), '事務長');
  assert.equal(await who.page.locator('[name="measures"]').inputValue(), '回線を切り、"院内" <だけ> にしました。\n2行目');
  await who.context.close();
});

for (const shape of [{ width: 1280, scripts: true }, { width: 360, scripts: false }]) {
  test(`the notice of decision says the same on the page and on paper: ${shape.width} px`, async () => {
    const who = await signedIn(browser, 'demo-clinic-1', shape);
    await visit(who, '/?show=decided');
    const titles = new Set();
    for (const path of await who.page.locator('article.claim h2 a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
      await visit(who, path);
      await press(who, 'link', '通知を読む');
      const title = await heading(who), number = await who.page.locator('.paper-head dd').first().innerText();
      titles.add(title.replace('（変更）', ''));
      await picture(who, `notice-${shape.width}-${titles.size}`);
      const href = await who.page.getByRole('link', { name: 'PDFで受け取る' }).getAttribute('href');
      const file = await who.page.request.get(new URL(href, url).href);
      assert.equal(file.headers()['content-type'], 'application/pdf');
      assert.match(file.headers()['content-disposition'], new RegExp(`attachment.*${number}\\.pdf`));
      const text = pdfText(await file.body());
      assert.ok(text.includes(title) && text.includes(`第${number}号`), text.slice(0, 200));
      for (const said of await who.page.locator('article.claim > p, .paper-head strong').allInnerTexts())
        if (!/条項/.test(said)) assert.ok(text.includes(said.replace(/^.*: /, '').replace(/\s+/g, '')), `${said} is not in ${text}`);
      assert.match(text, /evt_[0-9A-Z]{26}/);
      assert.match(text, /令和\d+年\d+月\d+日/);
    }
    assert.ok(titles.has('支給決定通知書') && titles.has('支給保留通知書'), [...titles].join());
    await who.context.close();
  });
}

// ---- the account

test('one sees one\'s account, and what is typed wrong changes nothing', async () => {
  const who = await signedIn(browser, 'demo-clinic-2', { width: 360, scripts: false });
  await visit(who, '/account');
  assert.equal(await heading(who), 'アカウント');
  assert.match(await who.page.locator('main').innerText(), /demo-clinic-2/);
  await picture(who, 'account-360');
  await press(who, 'link', 'パスワードを変える');
  await who.page.getByLabel('いまのパスワード').fill('not the password');
  await who.page.getByLabel('新しいパスワード', { exact: true }).fill('a long and new sentence');
  await who.page.getByLabel('新しいパスワード（もう一度）').fill('another long sentence');
  assert.equal((await press(who, 'button', 'パスワードを変える')).status(), 422);
  assert.match(await who.page.locator('.error-summary').innerText(), /2つの新しいパスワードが違います/);
  await who.context.close();
});

test('ending all sessions ends this one too', async () => {
  const who = await signedIn(browser, 'demo-clinic-2');
  await visit(who, '/account');
  await picture(who, 'account-1280');
  await press(who, 'button', 'すべての端末でログアウトする');
  assert.equal(new URL(who.page.url()).pathname, '/sign-in');
  await visit(who, '/account');
  assert.equal(new URL(who.page.url()).pathname, '/sign-in');
  await who.context.close();
});

test('what was told is changed: seen before it is sent; who was slower loses nothing', async () => {
  const slow = await person(browser), who = await person(browser, { width: 360, scripts: false });
  await signIn(slow, 'demo-clinic-1');
  await signIn(who, 'demo-clinic-1');
  const path = await claimBy(who, 'open');
  await visit(slow, `${path}/amend`);
  await visit(who, path);
  await press(who, 'link', '申請の内容を変える');
  assert.notEqual(await who.page.locator('#f-occurred_on').inputValue(), '');
  await press(who, 'button', '変更点を確かめる');
  assert.match(await notice(who), /いまの内容と同じ/);
  await who.page.locator('#f-summary').fill('受付の端末から広がりました。');
  await press(who, 'button', '変更点を確かめる');
  assert.match(await who.page.locator('dl.facts ins').innerText(), /受付の端末/);
  await picture(who, 'claim-amend-360');
  assert.equal((await press(who, 'button', 'この内容で送る')).status(), 422);
  assert.match(await who.page.locator('.error-summary').innerText(), /./);
  await who.page.locator('#f-sure').check();
  await press(who, 'button', 'この内容で送る');
  assert.match(await notice(who), /変更を受け取りました/);
  assert.match(await who.page.locator('.timeline').innerText(), /申請の内容が変わりました/);

  const row = slow.page.locator('fieldset.period').last();
  await row.getByLabel('最初の日').fill('2026-05-30');
  assert.equal((await press(slow, 'button', '変更点を確かめる')).status(), 409);
  assert.match(await notice(slow), /別のところで変わりました/);
  assert.equal(await slow.page.locator('input[name="from[]"][value="2026-05-30"]').count(), 1);
  await picture(slow, 'claim-amend-stale-1280');
  await who.context.close();
  await slow.context.close();
});
