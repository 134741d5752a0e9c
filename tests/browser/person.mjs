// A person with a browser. Every page is looked at as it is visited: no accessibility finding, valid HTML, nothing wider than
// the screen, no error in the console.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'no-trailing-whitespace': 'off' } });
const pictures = fileURLToPath(new URL('../../build/browser', import.meta.url));
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const url = process.env.SHIENKIN_URL;
if (!url) throw new Error('SHIENKIN_URL names no running demo; use run.mjs');

export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

// width: 360, 768 or 1280; scripts: false for a browser without JavaScript; language: of the browser.
export async function person(browser, { width = 1280, scripts = true, language = 'ja-JP' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 800 }, javaScriptEnabled: scripts, locale: language, timezoneId: 'Asia/Tokyo',
    ignoreHTTPSErrors: true, bypassCSP: false,
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error' && !/status of \d+/.test(message.text())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints, scripts };
}

// The bytes of the page, as the server sent them.
async function checkMarkup(html, where) {
  const report = await validator.validateString(html);
  const found = report.results.flatMap((result) => result.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`));
  assert.deepEqual(found, [], `HTML of ${where}`);
}

// axe needs scripts and the page's policy forbids strangers': it looks at a copy of the page in a browser that lets it in.
async function checkAccess(who, html, where) {
  const { width, height } = who.page.viewportSize();
  const context = await who.context.browser().newContext({ viewport: { width, height }, ignoreHTTPSErrors: true, bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.route(where, (route) => route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto(where);
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`), [], `accessibility of ${where}`);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wider <= 0, `${where} is ${wider} px wider than its screen of ${width}`);
  } finally {
    await context.close();
  }
}

// Look at the page where somebody stands. `answer`: what goto() gave; without it the page is read from the browser.
export async function check(who, answer) {
  const html = answer ? await answer.text() : `<!DOCTYPE html>\n${await who.page.evaluate(() => document.documentElement.outerHTML).catch(() => who.page.content())}`;
  if (answer) await checkMarkup(html, who.page.url());
  await checkAccess(who, html, who.page.url());
  assert.deepEqual(who.complaints, [], `console of ${who.page.url()}`);
}

export async function visit(who, path) {
  const answer = await who.page.goto(new URL(path, url).href);
  await check(who, answer);
  return answer;
}

// Press a button or link, wait for the page it leads to, look at that.
export async function press(who, role, name, options = {}) {
  const [answer] = await Promise.all([
    who.page.waitForResponse((r) => r.request().isNavigationRequest() && (r.status() < 300 || r.status() >= 400)),
    who.page.getByRole(role, { name, ...options }).first().click(),
  ]);
  await who.page.waitForLoadState();
  await check(who, answer);
  return answer;
}

// By the door of the demo, as one of its accounts.
export async function signIn(who, login) {
  await who.page.goto(new URL('/demo', url).href);
  await Promise.all([
    who.page.waitForURL((to) => to.pathname === '/'),
    who.page.locator(`form:has(input[value="${login}"]) button`).click(),
  ]);
}

export async function picture(who, name) {
  mkdirSync(pictures, { recursive: true });
  await who.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
