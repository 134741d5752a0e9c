// One claim from its first question to the notice of decision, hand to hand: a clinic files, an adjuster asks and proves, an approver
// approves, an auditor follows it back, the clinic reads. Twice: the clinic at a desk with scripts, and on a phone without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { begin, choose, fill, path, pdf, tellIncident } from './filing.mjs';
import { check, openBrowser, pdfText, picture, press, signedIn, url, visit } from './person.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const main = (who) => who.page.locator('main').innerText();
const notice = (who) => who.page.locator('.notice').first().innerText();
const openClaims = async (who) => {
  await visit(who, '/?show=open');
  return who.page.locator('article.claim').count();
};

// ---- the clinic files

// P10, P11, P12: Tuesday to Monday, one Sunday among them, and a Sunday before the incident.
async function tellClosures(who, shape) {
  await choose(who, 'closed', 'yes');
  await who.page.locator('input[name="from[]"]').nth(0).fill('2026-05-12');
  await who.page.locator('input[name="to[]"]').nth(0).fill('2026-05-18');
  await who.page.locator('input[name="from[]"]').nth(1).fill('2026-05-09');
  if (shape.scripts) await who.page.locator('.day-counts').nth(5).waitFor(); // at once
  await press(who, 'button', '保存して、数えられる日を見る');
  assert.equal(await who.page.locator('.day-counts').count(), 6);
  assert.match(await who.page.locator('.month').innerText(), /発生前/);
  assert.match(await who.page.locator('.month').innerText(), /定休/);
  await picture(who, `filing-closures-${shape.width}`);
  await press(who, 'button', '保存して次へ');
}

// Whether data leaked is not known yet.
async function tellLeakAndFilings(who, shape) {
  await choose(who, 'occurred', 'unknown');
  await choose(who, 'sensitive', 'yes');
  await choose(who, 'encrypted', 'no');
  await press(who, 'button', '保存して次へ');
  assert.match(path(who), /\/filings$/);
  await picture(who, `filing-filings-${shape.width}`);
  assert.match(await who.page.locator('.duties').innerText(), /個人情報保護委員会/);
  await fill(who, 'jma_on', '2026-05-12');
  await press(who, 'button', '保存して次へ');
}

async function tellAccount(who, shape) {
  await fill(who, 'bank_words', 'みずほ');
  if (!shape.scripts) await press(who, 'button', 'さがす'); // with scripts they come while one types
  await who.page.locator('input[name="bank_pick"][value="0001"]').check();
  await press(who, 'button', '保存して、銀行での見え方を確かめる');
  await fill(who, 'branch_words', 'とうきょう');
  await press(who, 'button', 'さがす');
  await who.page.locator('input[name="branch_pick"]').first().check();
  await choose(who, 'account_type', 'ordinary');
  await fill(who, 'account_number', shape.account);
  await fill(who, 'holder_name', 'みほんくりにっくいち');
  await press(who, 'button', '保存して、銀行での見え方を確かめる');
  assert.match(await who.page.locator('.answer').last().innerText(), /ﾐﾎﾝｸﾘﾆﾂｸｲﾁ/);
  await picture(who, `filing-payee-${shape.width}`);
  await press(who, 'button', '保存して次へ');
  assert.match(path(who), /\/report$/);
}

async function sendPaper(who, shape) {
  await who.page.locator('input[type="file"]').setInputFiles({ name: '届出の控え.pdf', mimeType: 'application/pdf', buffer: pdf(3000) });
  if (!shape.scripts) await press(who, 'button', 'このファイルを送る');
  await who.page.locator('.file h3', { hasText: '届出の控え.pdf' }).waitFor();
  await check(who);
  await picture(who, `filing-evidence-${shape.width}`);
  await press(who, 'link', '次へ（確認と提出）');
}

// Impatient, with a double click. Gives the claim and its number.
async function submit(who, shape) {
  assert.match(await who.page.locator('.verdict-total').innerText(), /400,000円/); // P8 + P9, and ③ still open
  await picture(who, `filing-review-${shape.width}`);
  const refused = await press(who, 'button', '申請を提出する');
  assert.equal(refused.status(), 422);
  assert.equal(await who.page.locator('#f-accepted').getAttribute('aria-invalid'), 'true');
  await who.page.locator('#f-accepted').check();
  await Promise.all([who.page.waitForURL(/\/receipt$/), who.page.getByRole('button', { name: '申請を提出する' }).dblclick()]);
  await who.page.waitForLoadState();
  await check(who);
  const [number] = /C-\d{4}-\d{6}/.exec(await who.page.locator('.receipt-number').innerText());
  assert.equal(await who.page.locator('img.qr').count(), 1);
  await picture(who, `filing-receipt-${shape.width}`);
  return { claim: path(who).split('/')[2], number };
}

async function file(who, shape) {
  const before = await openClaims(who);
  const draft = await begin(who, shape.facility);
  await tellIncident(who, '2026-05-11');
  await press(who, 'button', '保存して次へ');
  assert.match(path(who), /\/closures$/);
  await tellClosures(who, shape);
  await tellLeakAndFilings(who, shape);
  await tellAccount(who, shape);
  await fill(who, 'contact_name', '事務長');
  await press(who, 'button', '保存して次へ');
  assert.match(path(who), /\/evidence$/);
  await sendPaper(who, shape);
  const filed = await submit(who, shape);
  await visit(who, `/filing/${draft}/incident`); // the draft is gone, its address leads to the receipt
  assert.match(path(who), /\/receipt$/);
  assert.equal(await openClaims(who), before + 1, 'a double click files one claim');
  return filed;
}

// ---- the staff

async function ask(who, claim) {
  await visit(who, `/cases/${claim}`);
  await press(who, 'button', '自分が担当する');
  await visit(who, `/cases/${claim}/do/ask`);
  await who.page.getByLabel('たずねること').fill('個人データの漏えいについて、わかったことをお知らせください。');
  await who.page.getByLabel('返事の期限').fill('2099-12-01');
  await press(who, 'button', '照会を送る');
  assert.match(await notice(who), /照会を送りました/);
}

async function proveAndPropose(who, claim) {
  await visit(who, `/cases/${claim}/do/prove`);
  for (const box of await who.page.locator('input[name="pick[]"]').all()) await box.check();
  await who.page.getByLabel('どう確かめたか').fill('届出の控えと、事務長への電話で確かめた。');
  await press(who, 'button', '証明されたと記録する');
  await visit(who, `/cases/${claim}/do/propose`);
  await press(who, 'button', '提案する');
  assert.match(await notice(who), /提案しました/);
}

// Who holds both offices approves nothing of their own.
async function isNotTheirsToApprove(who, claim) {
  await visit(who, `/cases/${claim}/approve`);
  assert.match(await main(who), /あなたは承認できません|決定案を作った人は承認できません/);
  assert.equal(await who.page.getByRole('button', { name: '承認する' }).count(), 0);
}

// Nobody approves before duplicates were searched for; the page asks to wait a little.
async function searched(who) {
  for (let looks = 0; /重複の検索がまだ終わっていません/.test(await main(who)); looks++) {
    assert.ok(looks < 90, 'duplicates are never searched for');
    await new Promise((later) => setTimeout(later, 1000));
    await who.page.reload();
  }
}

async function approve(who, claim) {
  await visit(who, `/cases/${claim}/approve`);
  assert.match(await main(who), /500,000円/);
  await searched(who);
  await press(who, 'button', '承認する');
  assert.match(await notice(who), /承認しました/);
}

async function trace(who, { claim, number }) {
  await visit(who, '/audit');
  await who.page.getByLabel('受付番号').fill(number);
  await press(who, 'button', '探す');
  await visit(who, `/audit/claims/${claim}`);
  assert.ok((await main(who)).includes(number));
  await press(who, 'link', '1回目の決定');
  const told = await main(who);
  for (const words of ['500,000円', '提案した人', '承認した人', '審査・承認担当 一', '承認担当 一', 'P8', 'P9', 'P13', '届出の控え'])
    assert.ok(told.includes(words), words);
}

// ---- the clinic answers, and reads

// The leak has come to light: what was told is changed, and the question answered.
async function answer(who, claim) {
  await visit(who, `/claims/${claim}`);
  await press(who, 'link', '申請の内容を変える');
  await choose(who, 'occurred', 'yes');
  await choose(who, 'caused', 'yes');
  await press(who, 'button', '変更点を確かめる');
  await who.page.locator('#f-sure').check();
  await press(who, 'button', 'この内容で送る');
  assert.match(await notice(who), /変更を受け取りました/);
  if (await who.page.getByRole('link', { name: '答える・書類を送る' }).count() === 0) return;
  await press(who, 'link', '答える・書類を送る');
  await who.page.getByLabel('お答え').fill('攻撃による漏えいがあったとわかりました。');
  await press(who, 'button', '答えを送る');
  assert.match(await notice(who), /お答えを受け取りました/);
}

// P8 + P9 + P13: the worked example of the policy, on the page and on paper.
async function readNotice(who, { claim, number }) {
  await visit(who, `/claims/${claim}`);
  await press(who, 'link', '通知を読む');
  assert.equal(await who.page.locator('h1').innerText(), '支給決定通知書');
  assert.match(await main(who), /500,000円/);
  const href = await who.page.getByRole('link', { name: 'PDFで受け取る' }).getAttribute('href');
  const paper = pdfText(await (await who.page.request.get(new URL(href, url).href)).body());
  for (const words of ['支給決定通知書', number, '500,000円']) assert.ok(paper.includes(words), `${words} on paper`);
}

for (const shape of [{ width: 1280, scripts: true, facility: /見本クリニック一/, account: '１２３４５６７' },
  { width: 360, scripts: false, facility: /見本クリニック二/, account: '２３４５６７８' }])
  test(`one claim from hand to hand, the clinic at ${shape.width} px ${shape.scripts ? 'with' : 'without'} scripts`, async () => {
    const [clinic, adjuster, approver, auditor] = await Promise.all([signedIn(browser, 'demo-clinic-1', shape),
      ...['demo-casework', 'demo-approver-1', 'demo-auditor'].map((login) => signedIn(browser, login))]);
    const filed = await file(clinic, shape);
    await ask(adjuster, filed.claim);
    await answer(clinic, filed.claim);
    await proveAndPropose(adjuster, filed.claim);
    await isNotTheirsToApprove(adjuster, filed.claim);
    await approve(approver, filed.claim);
    await trace(auditor, filed);
    await readNotice(clinic, filed);
    for (const who of [clinic, adjuster, approver, auditor]) await who.context.close();
  });
