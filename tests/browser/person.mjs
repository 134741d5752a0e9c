// A person with a browser. Every page is looked at as it is visited (look.mjs), and nothing may complain in its console.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { lookAt, validate } from './look.mjs';

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

// Look at the page where somebody stands. `answer`: what goto() gave; without it the page is read from the browser.
export async function check(who, answer) {
  const where = who.page.url();
  try {
    if (answer) await validate(await answer.text(), where);
    await lookAt(who, answer && !who.scripts ? await answer.text() : await standing(who));
    assert.deepEqual(who.complaints, [], `console of ${where}`);
  } catch (error) {
    await picture(who, `failed-${new URL(where).pathname.replace(/\W+/g, '-')}`, true);
    throw error;
  }
}

// The page as it stands in the browser, after its scripts.
const standing = async (who) => `<!DOCTYPE html>\n${await who.page.evaluate(() => document.documentElement.outerHTML)}`;

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

// In by the demo's door, as one of its accounts: the form of /demo without its page, which sign_in.test.mjs walks through.
export async function signIn(who, login) {
  const answer = await who.context.request.post(new URL('/demo', url).href,
    { form: { login }, headers: { Origin: new URL(url).origin }, maxRedirects: 0 });
  assert.equal(answer.status(), 303, `${login} comes in`);
}

export async function signedIn(browser, login, shape) {
  const who = await person(browser, shape);
  await signIn(who, login);
  return who;
}

// For people to look at, where they asked for it: node run.mjs --pictures
export async function picture(who, name, always = false) {
  if (!always && !process.env.PICTURES) return;
  mkdirSync(pictures, { recursive: true });
  await who.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

// The PDF as poppler reads it, with white space gone: lines break where they may.
export function pdfText(bytes) {
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: bytes });
  assert.equal(read.status, 0, String(read.stderr));
  return read.stdout.toString().replace(/\s+/g, '');
}
