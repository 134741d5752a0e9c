// Those who trace: a claim found, its decision followed back and computed again, versions side by side, the trail, the figures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser, picture, press, signedIn, url, visit } from './person.mjs';

const program = process.env.SHIENKIN ?? fileURLToPath(new URL('../../build/release/shienkin', import.meta.url));
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const heading = (who) => who.page.locator('h1').innerText();
const main = (who) => who.page.locator('main').innerText();
const file = async (who, path) => (await who.context.request.get(new URL(path, url).href)).text();
const claimsOf = async (who) => [...new Set((await file(who, '/audit')).match(/\/audit\/claims\/clm_\w+/g))];
const decisionsOf = async (who, claim) => [...new Set((await file(who, claim)).match(/\/audit\/decisions\/dec_\w+/g) ?? [])];

// A decided claim by the list; the page of its first decision.
async function openDecision(who, asked = 'C-20') {
  await visit(who, `/audit?words=${asked}`);
  const decided = who.page.locator('tr', { hasText: '決定済み' }).first();
  await visit(who, await decided.getByRole('link').getAttribute('href'));
  await press(who, 'link', '1回目の決定');
}

test('an auditor follows a decision back to its facts, rules and people', async () => {
  const who = await signedIn(browser, 'demo-auditor');
  await visit(who, '/');
  await press(who, 'link', '監査', { exact: true });
  await who.page.getByLabel('受付番号').fill('C-20');
  await press(who, 'button', '探す');
  await picture(who, 'audit-1280');
  const decided = who.page.locator('tr', { hasText: '決定済み' }).first();
  await visit(who, await decided.getByRole('link').getAttribute('href'));
  await picture(who, 'audit-claim-1280');
  assert.match(await main(who), /経過/);
  await press(who, 'link', '1回目の決定');
  assert.match(await heading(who), /^申請 C-\d{4}-\d{6} の決定の根拠$/);
  const told = await main(who);
  for (const words of ['提案した人', '承認した人', '事案の発生日', '2022-06-01.1', '1バイトも違いません', 'だれが見たか']) assert.ok(told.includes(words), words);
  assert.doesNotMatch(told, /違うところがあります|per_|\[\{/);
  await who.page.locator('details.rules > summary').click();
  assert.ok(await who.page.locator('details.rule').count() > 5, 'the tables that were asked');
  assert.ok(await who.page.locator('dl.clauses dt', { hasText: 'P26' }).isVisible(), 'with the words of their clauses');
  await picture(who, 'audit-decision-1280');
  await who.context.close();
});

// Members in the order of their code points, as JSON Canonicalization wants; these documents hold text and whole numbers alone.
const canonical = (value) => Array.isArray(value) ? `[${value.map(canonical)}]`
  : value && typeof value === 'object' ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`
    : JSON.stringify(value);

test('what an auditor saves computes the decision on a machine of their own', async () => {
  const who = await signedIn(browser, 'demo-auditor', { width: 360, scripts: false });
  await openDecision(who);
  await picture(who, 'audit-decision-360');
  const saved = {};
  for (const name of ['facts.json', 'rules.dmn', 'decision.json']) saved[name] = await file(who, await who.page.getByRole('link', { name }).getAttribute('href'));
  const place = mkdtempSync(join(tmpdir(), 'shienkin-audit-'));
  mkdirSync(join(place, 'rules/1'), { recursive: true });
  writeFileSync(join(place, 'rules/1/rules.dmn'), saved['rules.dmn']);
  writeFileSync(join(place, 'facts.json'), saved['facts.json']);
  const decided = execFileSync(program, ['decide', '--rules', join(place, 'rules'), join(place, 'facts.json')], { encoding: 'utf8' });
  rmSync(place, { recursive: true });
  assert.equal(canonical(JSON.parse(decided)), saved['decision.json']);
  await who.context.close();
});

test('the id of a line to be paid leads to the decision that opened it', async () => {
  const who = await signedIn(browser, 'demo-auditor');
  let line;
  for (const claim of await claimsOf(who))
    for (const decision of await decisionsOf(who, claim)) line ??= /lin_\w+/.exec(await file(who, decision))?.[0];
  assert.ok(line, 'some decision of the demo pays');
  await visit(who, '/audit');
  await who.page.getByLabel('受付番号').fill(line);
  await press(who, 'button', '探す');
  assert.match(await heading(who), /の決定の根拠$/);
  assert.ok((await main(who)).includes(line));
  await who.context.close();
});

test('any two decisions or versions of facts are chosen to stand side by side, what differs first', async () => {
  const who = await signedIn(browser, 'demo-auditor', { width: 360, scripts: false });
  const { page } = who;
  await page.goto(new URL('/audit?words=C-2026-000005', url).href); // the demo's claim that was decided twice
  await press(who, 'link', 'C-2026-000005');
  await page.locator('section', { hasText: '決定の一覧' }).getByRole('link', { name: 'ほかの版をえらんで並べる' }).click();
  assert.match(await page.getByLabel('左（前）').locator('option:checked').innerText(), /^1回目の決定（20\d\d年.*、0円、承認担当 一）$/);
  assert.match(await main(who), /サイバー攻撃の支援金: 結論[^]*届出を待っている\s+支給する\s+違う/);
  await picture(who, 'audit-compare-360');

  await press(who, 'link', '届けられた事実の版');
  const options = await page.getByLabel('右（後）').locator('option').allInnerTexts();
  assert.equal(options.length, 2);
  assert.match(options[1], /^事実の第2版（20\d\d年.*、医療機関、見本クリニック七 院長）$/);
  await page.getByLabel('左（前）').selectOption({ label: options[1] });
  await page.getByLabel('右（後）').selectOption({ label: options[0] });
  await press(who, 'button', '並べる');
  assert.equal(new URL(page.url()).search, '?left=2&right=1');
  assert.match(await page.locator('tbody tr').first().innerText(), /届出/);
  assert.equal(await page.locator('tbody tr', { hasText: '違う' }).count(), 1, 'one fact was told anew');
  assert.equal((await who.context.request.get(new URL('?left=9&right=1', page.url()).href)).status(), 404);
  await who.context.close();
});

test('the trail names people and kinds, is narrowed by either, and is a file for spreadsheets', async () => {
  const who = await signedIn(browser, 'demo-auditor');
  await visit(who, '/audit/events');
  await picture(who, 'audit-events-1280');
  assert.doesNotMatch(await main(who), /per_|clm_|fact_snapshot/);
  await press(who, 'link', '審査担当 一');
  assert.match(await main(who), /この人が/);
  const rows = await file(who, '/audit/events?csv=events');
  assert.ok(rows.startsWith('\uFEFF"番号","日時"'), 'a spreadsheet sees that it is UTF-8');
  assert.ok(rows.split('\r\n').length > 20);
  await who.context.close();
});

for (const shape of [{ width: 1280, scripts: true }, { width: 360, scripts: false }])
  test(`figures are charts with their tables: ${shape.width} px`, async () => {
    const who = await signedIn(browser, 'demo-approver-1', shape);
    await visit(who, '/figures');
    for (const tag of ['svg[role=img] > title', 'svg[role=img] > desc', 'table']) assert.equal(await who.page.locator(tag).count(), 4, tag);
    await picture(who, `figures-${shape.width}`);
    assert.match(await file(who, '/figures?csv=items'), /^\uFEFF"支援金の種類","結論","決定の数","支給額"[^]*"サイバー攻撃の支援金","支給する","\d+","\d+"/);
    assert.match(await file(who, '/figures?csv=prefectures'), /^\uFEFF"都道府県","申請の数","決定額"\r\n"北海道","\d+","\d+"/);
    await who.context.close();
  });
