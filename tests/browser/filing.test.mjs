// Estimating, and what may go wrong while a claim is filed: files, windows, sessions, the back button. journey.test.mjs files one
// that goes well.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { begin, choose, claimOf, fill, path, pdf, tellIncident } from './filing.mjs';
import { check, openBrowser, person, picture, press, signIn, signedIn, url, visit } from './person.mjs';

let browser, files;
before(async () => {
  browser = await openBrowser();
  files = mkdtempSync(join(tmpdir(), 'shienkin-files-'));
  writeFileSync(join(files, 'ちょうど20MiB.pdf'), pdf(20 * 1024 * 1024));
  writeFileSync(join(files, '大きすぎる.pdf'), pdf(20 * 1024 * 1024 + 1));
  writeFileSync(join(files, '写真.png'), Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4000)]));
});
after(async () => {
  await browser?.close();
  rmSync(files, { recursive: true, force: true });
});

const heading = (who) => who.page.locator('h1').innerText();

for (const shape of [{ width: 1280, scripts: true }, { width: 360, scripts: false }]) {
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
    await who.page.locator('input[name="weekday_sun"]').check();
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

  test(`an estimate of wrong or missing days is none, and says beside which field: ${by}`, async () => {
    const who = await person(browser, shape);
    await visit(who, '/estimate');
    assert.equal((await press(who, 'button', '試算する')).status(), 422);
    assert.match(await who.page.locator('#f-occurred_on-error').innerText(), /被害が始まった日/);
    assert.equal(await who.page.locator('#error-summary a').getAttribute('href'), '#f-occurred_on');
    await fill(who, 'occurred_on', '2026-05-11');
    await fill(who, 'from', '2026-05-14');
    await fill(who, 'to', '2026-05-12');
    assert.equal((await press(who, 'button', '試算する')).status(), 422);
    assert.equal(await who.page.locator('.verdict').count(), 0);
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
  assert.match(await who.page.locator('main').innerText(), /見本クリニック一/, 'whose receipt it is');
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
  // Days in the ways that people write them become days; what is none stays as it was typed.
  await visit(who, `/filing/${claim}/closures`);
  await fill(who, 'extra_closed', '2026年5月13日（水）\nR8.5.14\nあさって');
  assert.equal((await press(who, 'button', '保存して次へ')).status(), 422);
  assert.equal(await who.page.locator('[name="extra_closed"]').inputValue(), '2026-05-13\n2026-05-14\nあさって');
  // Looking at the name as the bank will see it says what the bank will not take, and which fields are empty.
  await visit(who, `/filing/${claim}/payee`);
  await fill(who, 'holder_name', '山田太郎');
  assert.equal((await press(who, 'button', '保存して、銀行での見え方を確かめる')).status(), 422);
  assert.match(await who.page.locator('#f-holder_name-error').innerText(), /使えない文字「山」/);
  assert.match(await who.page.locator('#error-summary').innerText(), /口座番号：空欄です/);
  await who.context.close();
});

test('before filing everything is seen that is filed, each part with the way back to it', async () => {
  const who = await signedIn(browser, 'demo-clinic-2', { width: 360, scripts: false });
  const claim = await begin(who);
  await tellIncident(who, '2026-04-02');
  await press(who, 'button', '保存して次へ');
  await visit(who, `/filing/${claim}/payee`);
  await fill(who, 'bank_code', '0138');
  await fill(who, 'branch_code', '364');
  await choose(who, 'account_type', 'ordinary');
  await fill(who, 'account_number', '12345');
  await fill(who, 'holder_name', 'イ）みほんかい');
  await press(who, 'button', '保存して次へ');
  // Days off that are ticked hold only where it is not as registered.
  const daysOff = async (which) => {
    await visit(who, `/filing/${claim}/closures`);
    await who.page.locator('input[name="weekday_wed"]').check();
    await choose(who, 'days_off', which);
    await press(who, 'button', '保存して次へ');
    await visit(who, `/filing/${claim}/review`);
    return who.page.locator('section', { has: who.page.locator('#answers') }).innerText();
  };
  assert.doesNotMatch(await daysOff('roster'), /水曜日/);
  assert.match(await daysOff('own'), /ふだんの休み\s+水曜日/);
  const seen = await who.page.locator('section', { has: who.page.locator('#answers') }).innerText();
  for (const words of ['2026年4月2日', '横浜・新横浜', '12345', 'ｲ)ﾐﾎﾝｶｲ', 'まだ何も入力されていません'])
    assert.ok(seen.includes(words), words);
  await press(who, 'link', /直す.*振込先/);
  assert.match(path(who), /\/payee$/);
  await who.context.close();
});
