// The office: accounts of clinics and who may act for them, letters with codes, and the roster.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, person, picture, press, signedIn, url, visit } from './person.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const main = (who) => who.page.locator('main').innerText();
const notice = (who) => who.page.locator('.notice').innerText();

// From the roster to a letter that waits for the mail room.
async function openAccount(who, login, facility = '見本医院五') {
  await visit(who, '/facilities');
  await who.page.getByLabel('施設名か番号の一部').fill(facility);
  await press(who, 'button', '名簿で探す');
  await press(who, 'link', facility);
  await press(who, 'link', 'この医療機関のアカウントを作る');
  await press(who, 'button', '作る');
  assert.match(await who.page.title(), /^エラー: /);
  await who.page.getByLabel('ログインID').fill(login);
  await who.page.getByLabel('氏名', { exact: true }).fill('見本 事務');
  await who.page.getByLabel('担当者').check();
  await press(who, 'button', '作る');
}

test('an adjuster finds a clinic in the roster, opens an account, gives and ends a mandate', async () => {
  const who = await signedIn(browser, 'demo-adjuster-1');
  await visit(who, '/');
  await press(who, 'link', '医療機関と届出権限');
  await picture(who, 'facilities-1280');
  await openAccount(who, 'office-1@example.test');
  assert.match(await notice(who), /手紙で送ります/);
  await picture(who, 'facility-1280');
  await press(who, 'link', '見本 事務');
  assert.match(await main(who), /まだ印刷していません/);
  await picture(who, 'account-of-other-1280');
  await press(who, 'link', '見本医院五');
  await press(who, 'link', 'すでにあるアカウントに届出権限を与える');
  await who.page.getByLabel('ログインID').fill('nobody-at-all');
  await who.page.getByLabel('担当者').check();
  await press(who, 'button', '届出権限を与える');
  assert.match(await who.page.locator('.error-summary').innerText(), /見つかりません/);
  assert.equal(await who.page.getByLabel('ログインID').inputValue(), 'nobody-at-all');
  await who.page.getByLabel('ログインID').fill('demo-clinic-2');
  await press(who, 'button', '届出権限を与える');
  const row = who.page.locator('tr', { hasText: 'demo-clinic-2' });
  assert.equal(await row.count(), 1);
  await visit(who, await row.getByRole('link', { name: '終える' }).getAttribute('href'));
  await who.page.getByLabel('理由').fill('委任の終了');
  await press(who, 'button', '終える');
  assert.match(await notice(who), /終えました/);
  assert.equal(await row.count(), 0);
  await who.context.close();
});

test('accounts are found by a part of a name or login, role and state; a clinic begins anew by letter', async () => {
  const owner = await signedIn(browser, 'demo-owner-1', { width: 360, scripts: false });
  await visit(owner, '/people');
  await owner.page.getByLabel('氏名、フリガナ、ログインIDの一部').fill('CLERK');
  await owner.page.locator('#f-role').selectOption('clinic');
  await press(owner, 'button', '探す');
  assert.equal(await owner.page.locator('table').first().locator('tbody tr').count(), 1);
  await picture(owner, 'people-360');
  await owner.context.close();
  const who = await signedIn(browser, 'demo-approver-1');
  await visit(who, '/people?words=demo-clinic-1-clerk');
  assert.doesNotMatch(await main(who), /いまの役割/);
  await press(who, 'link', '見本クリニック一 事務');
  await press(who, 'link', '本人確認のやり直し');
  await who.page.getByLabel('理由').fill('パスワードの失念');
  await press(who, 'button', '起案する');
  assert.match(await notice(who), /手紙の用意/);
  assert.match(await main(who), /まだ印刷していません/);
  assert.equal((await who.page.goto(new URL('/people/open', url).href)).status(), 403);
  await who.context.close();
});

test('the mail room prints all letters that wait, once, and says that they were posted', async () => {
  const who = await signedIn(browser, 'demo-proxy', { width: 360, scripts: false });
  await visit(who, '/');
  await press(who, 'link', '発送する手紙');
  await picture(who, 'letters-360');
  await press(who, 'link', 'まとめて印刷する');
  await picture(who, 'letters-print-360');
  const boxes = who.page.getByRole('checkbox');
  assert.ok(await boxes.count() >= 2);
  assert.equal(await boxes.count(), await who.page.locator('input[type=checkbox]:checked').count());
  const [sheets] = await Promise.all([who.page.waitForEvent('download'), who.page.getByRole('button', { name: 'PDFを作る' }).click()]);
  assert.equal(sheets.suggestedFilename(), 'letters.pdf');
  // The same press once more would make those sheets void.
  await press(who, 'button', 'PDFを作る');
  assert.match(await who.page.locator('.error-summary').innerText(), /この画面を開いたあとに印刷されています/);
  await visit(who, '/letters');
  assert.match(await main(who), /コードの期限は/);
  const csv = await (await who.context.request.get(new URL('/letters?csv=letters', url).href)).text();
  assert.match(csv, /^\uFEFF"あて先","ログインID"/);
  const list = await who.context.request.get(new URL('/letters/list.pdf', url).href);
  assert.ok((await list.body()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  await press(who, 'button', '発送済みにする');
  assert.match(await notice(who), /発送済みにしました/);
  assert.match(await main(who), /発送して、コードがまだ使われていない手紙/);
  await picture(who, 'letters-posted-360');
  assert.equal((await who.page.goto(new URL('/roster', url).href)).status(), 403);
  await who.context.close();
});

const choose = (who, text) => who.page.locator('input[type=file]')
  .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const HEAD = '会員番号,会員区分,氏名,適用開始日\r\n';

for (const shape of [{ width: 1280, scripts: true }, { width: 360, scripts: false }])
  test(`a roster's file is tried line by line, then taken: ${shape.width} px`, async () => {
    const who = await signedIn(browser, 'demo-owner-1', shape);
    const number = `77${shape.width}`;
    await visit(who, '/roster');
    await picture(who, `roster-${shape.width}`);
    await who.page.getByLabel('会員の名簿').check();
    await choose(who, `${HEAD}${number},Z9,見本 会員,2020-04-01\r\n${number}1,A1,見本 会員,きのう\r\n`);
    await who.page.getByRole('button', { name: '確かめる' }).click();
    await who.page.locator('.error-summary').waitFor();
    assert.equal(await who.page.locator('tbody tr').count(), 2);
    assert.match(await who.page.locator('tbody').innerText(), /2\s+会員区分[^]*3\s+適用開始日/);
    await picture(who, `roster-faults-${shape.width}`);
    assert.equal(await who.page.getByRole('button', { name: '取り込む', exact: true }).count(), 0);
    const good = `${HEAD}${number},A1,見本 会員,2020-04-01\r\n`;
    await choose(who, good);
    await who.page.getByRole('button', { name: '確かめる' }).click();
    const take = who.page.getByRole('button', { name: '取り込む', exact: true });
    await take.waitFor();
    assert.match(await main(who), /増える\s+1件[^]*会員区分: A1/);
    await picture(who, `roster-tried-${shape.width}`);
    if (!shape.scripts) {
      await choose(who, good.replace('A1', 'B'));
      await press(who, 'button', '取り込む', { exact: true });
      assert.match(await who.page.locator('.error-summary').innerText(), /確かめたものと/);
      await choose(who, good);
      await press(who, 'button', '確かめる');
      await choose(who, good);
    }
    await take.click();
    await who.page.getByRole('heading', { name: '取り込みました' }).waitFor();
    assert.match(await main(who), /増える\s+1件/);
    await picture(who, `roster-taken-${shape.width}`);
    await visit(who, '/roster');
    assert.match(await who.page.locator('tbody tr').first().innerText(), /会員\s+members\.csv\s+制度管理者 一\s+1\s+1\s+0\s+0\s+なし/);
    await picture(who, `roster-past-${shape.width}`);
    assert.deepEqual(who.complaints, []);
    await who.context.close();
  });
