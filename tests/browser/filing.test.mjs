// A claim from the first estimate to its receipt, as somebody in a clinic does it: with scripts on a desk, without on a phone.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { check, openBrowser, person, picture, press, signIn, signedIn, url, visit } from './person.mjs';

let browser, files;
before(async () => {
  browser = await openBrowser();
  files = mkdtempSync(join(tmpdir(), 'shienkin-files-'));
  // A PDF is told by its first bytes and its end; the rest is whatever it is.
  const pdf = (bytes) => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(bytes - 15, 0x20), Buffer.from('%%EOF\n')]);
  writeFileSync(join(files, '届出の控え.pdf'), pdf(3000));
  writeFileSync(join(files, 'ちょうど20MiB.pdf'), pdf(20 * 1024 * 1024));
  writeFileSync(join(files, '大きすぎる.pdf'), pdf(20 * 1024 * 1024 + 1));
  writeFileSync(join(files, '写真.png'), Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4000)]));
});
after(async () => {
  await browser?.close();
  rmSync(files, { recursive: true, force: true });
});

const heading = (who) => who.page.locator('h1').innerText();
const path = (who) => new URL(who.page.url()).pathname;
const claimOf = (who) => /\/filing\/(clm_\w+)/.exec(who.page.url())[1];
const choose = (who, field, value) => who.page.locator(`input[name="${field}"][value="${value}"]`).check();
const fill = (who, field, value) => who.page.locator(`[name="${field}"]`).first().fill(value);

// Each story has days of its own, so that no claim of one is another incident within the other's days.
async function begin(who, facility) {
  await visit(who, '/filing');
  await (facility ? who.page.getByLabel(facility) : who.page.locator('input[name="facility"]').first()).check();
  const answer = await press(who, 'button', /^(申請を始める|Begin)$/);
  assert.equal(answer.status(), 200);
  assert.match(path(who), /\/incident$/);
  return claimOf(who);
}

async function tellIncident(who, day = '2026-05-11') {
  await fill(who, 'occurred_on', day);
  await fill(who, 'discovered_on', day);
  await choose(who, 'cyber_attack', 'yes');
  await who.page.locator('select[name="attack_type"]').selectOption('ransomware');
  await choose(who, 'insider_crime', 'no');
  await fill(who, 'summary', '電子カルテが暗号化され、開けなくなった。');
}

for (const shape of [{ width: 1280, scripts: true, facility: /見本クリニック一/, day: '2026-05-11' }, { width: 360, scripts: false, facility: /見本クリニック二/, day: '2026-05-11' }]) {
  const by = `${shape.width} px, ${shape.scripts ? 'with' : 'without'} scripts`;

  test(`the support is estimated without signing in: ${by}`, async () => {
    const who = await person(browser, shape);
    await visit(who, '/estimate');
    await choose(who, 'a1', 'yes');
    await fill(who, 'occurred_on', '2026-05-11');
    await choose(who, 'cyber_attack', 'yes');
    await choose(who, 'insider_crime', 'no');
    await fill(who, 'from', '2026-05-12');
    await fill(who, 'to', '2026-05-18');
    await choose(who, 'scope', 'all');
    await who.page.locator('input[name="sunday"]').check();
    await choose(who, 'leak', 'yes');
    await choose(who, 'caused', 'yes');
    await who.page.locator('input[name="told"]').check();
    const answer = await press(who, 'button', '試算する');
    assert.equal(answer.status(), 200);
    // The worked example of the policy: P8 + P9 + P13.
    assert.match(await who.page.locator('.verdict-total').innerText(), /500,000円/);
    assert.equal(await who.page.locator('input[name="occurred_on"]').inputValue(), '2026-05-11');
    await picture(who, `estimate-${shape.width}`);
    await choose(who, 'cyber_attack', 'no');
    await choose(who, 'leak', 'no');
    await choose(who, 'caused', 'no');
    await press(who, 'button', '試算する');
    assert.match(await who.page.locator('.verdict-total').innerText(), /\b0円/);
    assert.match(await who.page.locator('.desks').innerText(), /0120-179-066/);
    await who.context.close();
  });

  test(`a claim is filed from the first question to the receipt: ${by}`, async () => {
    const who = await signedIn(browser, 'demo-clinic-1', shape);
    const claim = await begin(who, shape.facility);

    await tellIncident(who, shape.day);
    await press(who, 'button', '保存して次へ');
    assert.match(path(who), /\/closures$/);

    // P10, P11, P12: Tuesday to Monday, one Sunday among them, and a Sunday before the incident.
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

    await choose(who, 'occurred', 'unknown');
    await choose(who, 'sensitive', 'yes');
    await choose(who, 'encrypted', 'no');
    await press(who, 'button', '保存して次へ');
    assert.match(path(who), /\/filings$/);
    await picture(who, `filing-filings-${shape.width}`);
    assert.match(await who.page.locator('.duties').innerText(), /個人情報保護委員会/);
    await fill(who, 'jma_on', '2026-05-12');
    await press(who, 'button', '保存して次へ');

    await fill(who, 'bank_words', 'みずほ');
    if (!shape.scripts) await press(who, 'button', 'さがす'); // with scripts they come while one types
    await who.page.locator('input[name="bank_pick"][value="0001"]').check();
    await press(who, 'button', '保存して、銀行での見え方を確かめる');
    await fill(who, 'branch_words', 'とうきょう');
    await press(who, 'button', 'さがす');
    await who.page.locator('input[name="branch_pick"]').first().check();
    await choose(who, 'account_type', 'ordinary');
    await fill(who, 'account_number', '１２３４５６７');
    await fill(who, 'holder_name', 'みほんくりにっくいち');
    await press(who, 'button', '保存して、銀行での見え方を確かめる');
    assert.match(await who.page.locator('.answer').last().innerText(), /ﾐﾎﾝｸﾘﾆﾂｸｲﾁ/);
    await picture(who, `filing-payee-${shape.width}`);
    await press(who, 'button', '保存して次へ');
    assert.match(path(who), /\/report$/);

    await fill(who, 'contact_name', '事務長');
    await press(who, 'button', '保存して次へ');
    assert.match(path(who), /\/evidence$/);

    await who.page.locator('input[type="file"]').setInputFiles(join(files, '届出の控え.pdf'));
    if (!shape.scripts) await press(who, 'button', 'このファイルを送る');
    await who.page.locator('.file h3', { hasText: '届出の控え.pdf' }).waitFor();
    await check(who);
    await picture(who, `filing-evidence-${shape.width}`);
    await press(who, 'link', '次へ（確認と提出）');

    assert.match(await who.page.locator('.verdict-total').innerText(), /400,000円/);
    await picture(who, `filing-review-${shape.width}`);
    const refused = await press(who, 'button', '申請を提出する');
    assert.equal(refused.status(), 422);
    assert.equal(await who.page.locator('#f-accepted').getAttribute('aria-invalid'), 'true');
    await who.page.locator('#f-accepted').check();
    await press(who, 'button', '申請を提出する');
    assert.match(path(who), /\/receipt$/);
    assert.match(await who.page.locator('.receipt-number').innerText(), /C-\d{4}-\d{6}/);
    assert.equal(await who.page.locator('img.qr').count(), 1);
    await picture(who, `filing-receipt-${shape.width}`);

    // The draft is gone, its address leads to the receipt.
    await visit(who, `/filing/${claim}/incident`);
    assert.match(path(who), /\/receipt$/);
    await who.context.close();
  });

  test(`files: 20 MiB is taken, more and a disguised program are refused beside the field: ${by}`, async () => {
    const who = await signedIn(browser, 'demo-clinic-1', shape);
    const claim = await begin(who);
    await visit(who, `/filing/${claim}/evidence`);
    const send = async (name) => {
      await who.page.locator('input[type="file"]').setInputFiles(join(files, name));
      if (!shape.scripts) return press(who, 'button', 'このファイルを送る');
    };
    const said = () => (shape.scripts ? who.page.locator('#uploads li').last() : who.page.locator('#f-file-error'));
    await send('写真.png');
    await said().filter({ hasText: /プログラム|実行/ }).waitFor();
    await send('大きすぎる.pdf');
    await said().filter({ hasText: /20 ?MiB/ }).waitFor();
    await check(who);
    await send('ちょうど20MiB.pdf');
    await who.page.locator('.file h3', { hasText: 'ちょうど20MiB.pdf' }).waitFor({ timeout: 60_000 });
    assert.equal(await who.page.locator('.file').count(), 1);
    await who.context.close();
  });
}

test('a double click files one claim', async () => {
  const who = await signedIn(browser, 'demo-clinic-1', { scripts: false });
  await begin(who, /見本クリニック一/);
  await tellIncident(who, '2026-03-02');
  await press(who, 'button', '保存して次へ');
  const claim = claimOf(who);
  await visit(who, `/filing/${claim}/review`);
  await who.page.locator('#f-accepted').check();
  const fields = await who.page.locator('form[action$="/submit"] input').evaluateAll((all) => Object.fromEntries(all.map((i) => [i.name, i.value])))
    .catch(() => null);
  assert.ok(fields, 'the form can be read');
  const send = () => who.context.request.post(new URL(`/filing/${claim}/submit`, url).href,
    { form: fields, headers: { Origin: url.replace(/\/$/, '') }, maxRedirects: 0 });
  const answers = await Promise.all([send(), send()]);
  for (const answer of answers) assert.ok([303, 409].includes(answer.status()), String(answer.status()));
  assert.ok(answers.some((answer) => answer.status() === 303));
  const again = await send();
  assert.equal(again.status(), 303);
  await visit(who, `/filing/${claim}/receipt`);
  assert.match(await who.page.locator('.receipt-number').innerText(), /C-\d{4}-\d{6}/);
  await who.context.close();
});

test('the back button keeps the draft', async () => {
  const who = await signedIn(browser, 'demo-clinic-2');
  await begin(who);
  await tellIncident(who);
  await press(who, 'button', '保存して次へ');
  await who.page.goBack();
  await who.page.reload();
  assert.match(path(who), /\/incident$/);
  assert.equal(await who.page.locator('input[name="occurred_on"]').inputValue(), '2026-05-11');
  assert.equal(await who.page.locator('textarea').inputValue(), '電子カルテが暗号化され、開けなくなった。');
  await press(who, 'button', '保存して、あとで続ける');
  assert.equal(path(who), '/filing');
  await press(who, 'link', /続きを書く/);
  assert.match(path(who), /\/incident$/);
  await who.context.close();
});

test('a session that ended leads back to the draft, with what was typed', async () => {
  const who = await signedIn(browser, 'demo-clinic-2');
  const claim = await begin(who);
  await tellIncident(who);
  await press(who, 'button', '保存して次へ');
  await visit(who, `/filing/${claim}/incident`);
  await fill(who, 'summary', '保存していない言葉');
  await who.context.clearCookies({ name: '__Host-shienkin' });
  await press(who, 'button', '保存して次へ');
  assert.equal(await heading(who), 'ログイン');
  await who.page.locator('#f-demo').fill('demo-clinic-2');
  await press(who, 'button', 'デモのアカウントで続ける');
  assert.equal(await who.page.locator('textarea').inputValue(), '保存していない言葉');
  await picture(who, 'kept-1280');
  await press(who, 'button', 'この内容で送る');
  assert.match(path(who), /\/closures$/);
  await visit(who, `/filing/${claim}/incident`);
  assert.equal(await who.page.locator('input[name="occurred_on"]').inputValue(), '2026-05-11');
  assert.equal(await who.page.locator('textarea').inputValue(), '保存していない言葉');
  await who.context.close();
});

test('two windows: the later one sees both and loses nothing', async () => {
  const who = await signedIn(browser, 'demo-clinic-2', { scripts: false });
  const claim = await begin(who);
  const other = { ...who, page: await who.context.newPage() };
  await visit(other, `/filing/${claim}/incident`);
  await tellIncident(who);
  await press(who, 'button', '保存して次へ');
  await fill(other, 'occurred_on', '2026-05-10');
  await fill(other, 'summary', '別の窓の言葉');
  const stale = await press(other, 'button', '保存して次へ');
  assert.equal(stale.status(), 409);
  const told = await other.page.locator('#stale').innerText();
  assert.match(told, /2026年5月11日/);
  assert.match(told, /2026年5月10日/);
  assert.equal(await other.page.locator('textarea').inputValue(), '別の窓の言葉');
  await press(other, 'button', '保存して次へ');
  assert.match(path(other), /\/closures$/);
  await visit(other, `/filing/${claim}/incident`);
  assert.equal(await other.page.locator('input[name="occurred_on"]').inputValue(), '2026-05-10');
  await who.context.close();
});

test('what does not fit is told beside its field, and is saved as it was typed', async () => {
  const who = await signedIn(browser, 'demo-clinic-2', { width: 360 });
  const claim = await begin(who);
  await fill(who, 'occurred_on', '2099-01-01');
  const answer = await press(who, 'button', '保存して次へ');
  assert.equal(answer.status(), 422);
  assert.equal(await who.page.locator('#f-occurred_on').getAttribute('aria-invalid'), 'true');
  assert.equal(await who.page.evaluate(() => document.activeElement.id), 'error-summary');
  await visit(who, `/filing/${claim}/review`);
  await who.page.locator('#blocking').waitFor();
  await visit(who, `/filing/${claim}/incident`);
  assert.equal(await who.page.locator('#f-occurred_on').inputValue(), '2099-01-01');
  await who.context.close();
});
