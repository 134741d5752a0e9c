// The work on claims: taking one, checking facts, asking, proposing; approving or sending back; two people on one case.
// The stories share the demo's claims and go on from one another.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, picture, press, signedIn, visit } from './person.mjs';
import { harmful } from './scanner.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const text = (who, selector) => who.page.locator(selector).first().innerText();
const notice = (who) => text(who, 'div.notice[role="status"]');

const worker = (login, shape) => signedIn(browser, login, shape);

// The address of a claim by its place in the list.
async function findClaim(who, query, state) {
  await visit(who, `/queue?${query}`);
  const row = state ? who.page.locator('.queue-row', { hasText: state }).first() : who.page.locator('.queue-row').first();
  return new URL(await row.locator('a').first().getAttribute('href'), who.page.url()).pathname;
}

test('the queue narrows by state, by whose, and by words, without scripts', async () => {
  const who = await worker('demo-adjuster-1', { width: 360, scripts: false });
  await visit(who, '/queue');
  assert.ok(await who.page.locator('.queue-row').count() >= 8);
  assert.match(await text(who, '.queue-late'), /目安を過ぎています/);
  await who.page.getByLabel('さがす').fill('C-2026-000012');
  await press(who, 'button', '表示する');
  assert.equal(await who.page.locator('.queue-row').count(), 1);
  assert.match(await text(who, '.queue-row'), /見本病院三/);
  assert.equal(await who.page.locator('.counts').count(), 0, 'a search asks for no numbers over all claims');
  await press(who, 'link', 'すべての一覧と件数に戻る');
  await who.page.getByLabel('返事と期限').selectOption({ label: '目安を過ぎた' });
  await press(who, 'button', '表示する');
  const late = await who.page.locator('.queue-row').allInnerTexts();
  assert.ok(late.length >= 1);
  for (const row of late) assert.match(row, /目安を過ぎています/);
  await picture(who, 'queue-360');
  await press(who, 'link', '自分の担当で期限まぢか');
  assert.equal(await who.page.locator('.queue-row').count(), Number(await text(who, '.counts li:has-text("期限まぢか") strong')));
  await visit(who, '/queue?state=decided');
  for (const row of await who.page.locator('.queue-row').allInnerTexts()) assert.match(row, /決定済み/);
  await visit(who, `/queue?words=${encodeURIComponent('そのような施設はない')}`);
  assert.match(await text(who, '.notice-line'), /この条件の申請はありません/);
  await who.context.close();
});

test('take next, check facts, ask, take back, propose: one claim, without scripts', async () => {
  const who = await worker('demo-adjuster-2', { scripts: false });
  await visit(who, '/queue');
  await press(who, 'button', '次の申請を担当する');
  assert.match(await notice(who), /あなたの担当になりました/);
  const path = new URL(who.page.url()).pathname;
  assert.match(await text(who, '.notice-title + p'), /確認すべき事実が/);
  await picture(who, 'case-1280');

  // What keeps a proposal back is named, each with the way to it.
  await visit(who, `${path}/do/propose`);
  assert.equal((await press(who, 'button', '提案する')).status(), 422);
  const first = who.page.locator('#error-summary a').first();
  assert.match(await first.innerText(), /^事案の発生日：/);
  assert.equal(await first.getAttribute('href'), `${path}/facts?key=%2Fincident%2Foccurred_on`);
  await visit(who, path);

  await press(who, 'link', '医療機関に照会する');
  await who.page.getByLabel('たずねること').fill('休診した日のわかる書類の写しをお送りください。');
  const refused = await press(who, 'button', '照会を送る');
  assert.equal(refused.status(), 422);
  assert.match(await who.page.getByLabel('たずねること').inputValue(), /休診した日/);
  await who.page.getByLabel('返事の期限').fill('2099-12-01');
  await who.page.getByLabel('休診した期間').check();
  await press(who, 'button', '照会を送る');
  assert.match(await notice(who), /照会を送りました/);
  assert.match(await text(who, '#letters >> xpath=..'), /休診した期間/);
  await press(who, 'link', 'この照会を取りやめる');
  await press(who, 'button', '取りやめる');
  assert.match(await notice(who), /取りやめました/);

  await visit(who, `${path}/do/prove`);
  for (const box of await who.page.locator('input[name="pick[]"]').all()) await box.check();
  const without = await press(who, 'button', '証明されたと記録する');
  assert.equal(without.status(), 422);
  assert.ok(await who.page.locator('input[name="pick[]"]:checked').count() > 3, 'what was ticked stays ticked');
  await who.page.getByLabel('どう確かめたか').fill('電話で確かめた。');
  await press(who, 'button', '証明されたと記録する');
  assert.match(await notice(who), /確認を記録しました/);
  assert.match(await text(who, '.notice-title + p'), /提案してください/);

  await press(who, 'link', 'この内容で提案する');
  await press(who, 'button', '提案する');
  assert.match(await notice(who), /提案しました/);
  await who.context.close();
});

test('the rows that decided are marked, with their clauses beside them', async () => {
  const who = await worker('demo-adjuster-1');
  await visit(who, await findClaim(who, 'state=proposed'));
  await who.page.getByText('使われた決定表と条項を見る').click();
  const table = who.page.locator('details.rule', { hasText: '攻撃の該当' });
  await table.locator('summary').click();
  assert.equal(await table.locator('tr.hit').count(), 1);
  assert.match(await table.locator('tr.hit').innerText(), /該当[\s\S]*P8 P17/);
  assert.match(await text(who, '.clauses'), /P8[\s\S]*サイバー攻撃を受けたとき/);
  await who.context.close();
});

test('a fact is corrected only with a reason and a paper; what was typed stays', async () => {
  const who = await worker('demo-adjuster-1');
  const path = await findClaim(who, 'state=in_review', '見本医院五');
  await visit(who, `${path}/facts?key=%2Fclosures`);
  await who.page.getByLabel('正しい値は別にある（訂正）').check();
  await who.page.getByLabel('正しい値（訂正のときだけ）').fill('いつか');
  const unreadable = await press(who, 'button', '記録する');
  assert.equal(unreadable.status(), 422);
  assert.equal(await who.page.getByLabel('正しい値（訂正のときだけ）').inputValue(), 'いつか');
  assert.match(await text(who, '.field-error'), /読み取れません/);
  await who.page.getByLabel('申告のとおり（証明）').check();
  await who.page.getByLabel('理由').fill('休診の掲示の写真を見た。');
  await press(who, 'button', '記録する');
  assert.match(await notice(who), /確認を記録しました/);
  await who.context.close();
});

test('two people on one case see each other\'s change instead of overwriting it', async () => {
  const one = await worker('demo-adjuster-1'), other = await worker('demo-adjuster-2');
  const path = await findClaim(one, 'state=in_review', '見本医院五');
  const fact = `${path}/facts?key=${encodeURIComponent('/incident/cyber_attack')}`;
  await visit(one, fact);
  await visit(other, fact);
  await one.page.getByLabel('申告のとおり（証明）').check();
  await one.page.getByLabel('理由').fill('一人目が確かめた。');
  await press(one, 'button', '記録する');
  await other.page.getByLabel('事実ではない（否定）').check();
  await other.page.getByLabel('理由').fill('二人目の考え。');
  const stale = await press(other, 'button', '記録する');
  assert.equal(stale.status(), 409);
  assert.equal(await other.page.getByLabel('理由').inputValue(), '二人目の考え。');
  assert.match(await text(other, '.notice-strong'), /審査担当 一/);
  assert.match(await text(other, '.texts'), /一人目が確かめた/);

  await visit(other, `${path}/do/assign`);
  await visit(one, `${path}/do/ask`);
  await other.page.getByLabel('審査担当 二').check();
  await press(other, 'button', '変える');
  await one.page.getByLabel('たずねること').fill('書きかけの照会。');
  await one.page.getByLabel('返事の期限').fill('2099-12-01');
  const moved = await press(one, 'button', '照会を送る');
  assert.equal(moved.status(), 412);
  assert.equal(await one.page.getByLabel('たずねること').inputValue(), '書きかけの照会。');
  assert.match(await text(one, '.notice-strong'), /審査担当 二/);
  await one.context.close();
  await other.context.close();
});

test('a note that looks like personal data is asked about once', async () => {
  const who = await worker('demo-adjuster-1', { width: 360, scripts: false });
  const path = await findClaim(who, 'state=in_review');
  await visit(who, `${path}/do/note`);
  await who.page.getByRole('textbox', { name: 'メモ' }).fill('担当の方は 090-0000-0000。');
  const asked = await press(who, 'button', '書く');
  assert.equal(asked.status(), 422);
  await who.page.getByLabel('このまま書く').check();
  await press(who, 'button', '書く');
  assert.match(await notice(who), /メモを書きました/);
  await who.context.close();
});

test('own proposals are not theirs to approve; another sends one back and approves one', async () => {
  const both = await worker('demo-casework');
  const path = await findClaim(both, 'state=submitted');
  await visit(both, path);
  await press(both, 'button', '自分が担当する');
  await visit(both, `${path}/do/prove`);
  for (const box of await both.page.locator('input[name="pick[]"]').all()) await box.check();
  await both.page.getByLabel('どう確かめたか').fill('書類で確かめた。');
  await press(both, 'button', '証明されたと記録する');
  await visit(both, `${path}/do/propose`);
  await press(both, 'button', '提案する');
  await visit(both, '/approvals');
  assert.match(await text(both, `.queue-row:has(a[href="${path}/approve"])`), /あなたは承認できません[\s\S]*決定案を作った人は承認できません/);
  await visit(both, `${path}/approve`);
  assert.equal(await both.page.getByRole('button', { name: '承認する' }).count(), 0);
  await both.context.close();

  const approver = await worker('demo-approver-2');
  await visit(approver, `${path}/approve`);
  assert.match(await text(approver, '#changes >> xpath=..'), /最初の決定/);
  await picture(approver, 'approve-1280');
  await press(approver, 'link', '理由を書いて差し戻す');
  await approver.page.getByLabel('理由').fill('届出の写しを付けてください。');
  await press(approver, 'button', '差し戻す');
  assert.match(await notice(approver), /差し戻しました/);
  assert.match(await text(approver, '#decision >> xpath=..'), /届出の写しを付けてください/);
  await visit(approver, '/approvals');
  await approver.page.locator('.queue-row:not(:has(.badge-warn)) a').first().click();
  await press(approver, 'button', '承認する');
  assert.match(await notice(approver), /承認しました/);
  await approver.context.close();
});

test('the second factor is asked for again, and a wrong one is told beside its field', async () => {
  const who = await worker('demo-approver-1');
  await visit(who, '/step-up?next=%2Fapprovals');
  await who.page.getByLabel('確認コード').fill('000000');
  const answer = await press(who, 'button', '確認する');
  assert.equal(answer.status(), 422);
  assert.equal(await who.page.locator('input[name="next"]').inputValue(), '/approvals');
  await who.context.close();
});

test('those whose work it is not are refused', async () => {
  const clinic = await worker('demo-clinic-1'), cashier = await worker('demo-cashier-1');
  for (const who of [clinic, cashier]) {
    const answer = await visit(who, '/queue');
    assert.equal(answer.status(), 403);
    await who.context.close();
  }
});

test('papers stand beside the facts as pictures, and are read page by page, without scripts', async () => {
  const who = await worker('demo-adjuster-1', { scripts: false });
  await visit(who, await findClaim(who, 'words=C-2026-000012&state=all'));
  const paper = who.page.locator('.paper', { hasText: '休診の掲示.pdf' });
  const first = paper.locator('img');
  await first.scrollIntoViewIfNeeded();
  await who.page.waitForLoadState('networkidle');
  assert.ok((await first.boundingBox()).width > 200);
  assert.match(await first.getAttribute('alt'), /1ページ目の画像: 休診の掲示\.pdf/);
  assert.equal(await paper.getByRole('link', { name: '元のファイルを保存する' }).count(), 1);
  assert.match(await who.page.locator('.paper', { hasText: '届出の控え.txt' }).innerText(), /画面に表示できません/);
  await press(who, 'link', '大きく表示して読む');
  assert.match(await text(who, '.turns'), /1 \/ 2 ページ/);
  await press(who, 'link', '次のページ');
  assert.match(await text(who, '.turns'), /2 \/ 2 ページ/);
  assert.equal(await who.page.getByRole('link', { name: '次のページ' }).count(), 0);
  assert.match(await who.page.locator('.sheet img').getAttribute('src'), /^data:image\/jpeg;base64,/);
  await who.context.close();
});

test('the first page tells what waits, each number a way to it', async () => {
  const who = await worker('demo-adjuster-1', { width: 360, scripts: false });
  await visit(who, '/');
  const mine = who.page.getByRole('link', { name: '自分が担当している申請' });
  const count = Number(/(\d+)件/.exec(await mine.innerText())[1]);
  await press(who, 'link', '自分が担当している申請');
  assert.equal(await who.page.locator('.queue-row').count(), count);
  await who.context.close();
  const approver = await worker('demo-approver-1');
  await visit(approver, '/');
  assert.match(await text(approver, 'main'), /承認を待っている決定案|待っているしごとはありません/);
  await approver.context.close();
});

test('a harmful file is opened to nobody, and everybody reads what to do', async () => {
  const who = await worker('demo-clinic-1', { width: 360, scripts: false });
  await visit(who, '/?show=open');
  const claim = new URL(await who.page.locator('article.claim h2 a').first().getAttribute('href'), who.page.url()).pathname;
  await visit(who, `${claim}/evidence`);
  for (const [name, words] of [['お知らせ.txt', 'お知らせ\n'], ['請求書.txt', harmful]]) {
    await who.page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });
    await press(who, 'button', 'このファイルを送る');
  }
  const file = (name) => who.page.locator('.file', { hasText: name });
  const link = await file('お知らせ.txt').getByRole('link').getAttribute('href');
  for (let looks = 0; /これから行います/.test(await text(who, 'main')); looks++) {
    assert.ok(looks < 100, 'a scan comes within seconds');
    await new Promise((later) => { setTimeout(later, 200); });
    await who.page.reload();
  }
  await visit(who, claim);
  assert.equal(await who.page.getByRole('link', { name: '有害なものが見つかったファイルがあります' }).getAttribute('href'), '#files');
  assert.match(await file('お知らせ.txt').innerText(), /有害なものは見つかりませんでした[^]*ClamAV/);
  assert.match(await file('請求書.txt').innerText(), /有害なものが見つかりました: Eicar-Test-Signature[^]*だれも開きません[^]*新しいファイルとして送って/);
  assert.equal(await file('請求書.txt').getByRole('link').count(), 0);
  await picture(who, 'infected-360');
  const files = await (await who.context.request.get(new URL(`/v1${claim}/evidence`, who.page.url()).href)).json();
  const infected = files.files.find((one) => one.name === '請求書.txt');
  assert.equal(infected.scan.state, 'infected');
  assert.equal((await who.context.request.get(new URL(link, who.page.url()).href)).status(), 200);
  assert.equal((await who.context.request.get(new URL(`/v1/evidence/${infected.evidence}/content`, who.page.url()).href)).status(), 409);
  await who.context.close();

  const staff = await worker('demo-adjuster-1');
  const path = claim.replace('/claims/', '/cases/');
  await visit(staff, path);
  const paper = staff.page.locator('.paper', { hasText: '請求書.txt' });
  assert.match(await paper.innerText(), /有害なものが見つかりました[^]*だれも開けません/);
  assert.equal(await paper.getByRole('link').count(), 0);
  await picture(staff, 'infected-1280');
  assert.equal((await visit(staff, `${path}/files/${infected.evidence}`)).status(), 409);
  assert.match(await text(staff, 'main'), /新しいファイルとして送ってください/);
  await staff.context.close();
});
