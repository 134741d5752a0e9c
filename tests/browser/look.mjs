// Looking at pages: their HTML by html-validate, their access by axe (WCAG 2.2 AA), and nothing wider than the screen.
//
// axe needs scripts, and the pages' policy forbids strangers'. So it lives in one page of its own, the glass, under which copies
// of what people see are laid one after the other, with the same styles and at the same width. What was looked at is not looked
// at again: a page counts as seen when nothing but ids, tokens and times of day differ.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// One set of rules for all pages: worked out once, since that takes as long as holding a page against it.
class OneProfile extends StaticConfigLoader {
  getConfigFor(...of) { return this.profile ??= super.getConfigFor(...of); }
}
const validator = new HtmlValidate(new OneProfile({ extends: ['html-validate:recommended'], rules: { 'no-trailing-whitespace': 'off', 'tel-non-breaking': ['error', { ignoreClasses: ['telephone'] }] } }));
const KINDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const valid = new Set(), seen = new Set(), glasses = new Map();

const unique = (html) => html.replace(/\b[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}\b/g, '…')
  .replace(/(name="(?:csrf_token|idempotency_key)" value=")[^"]*/g, '$1…').replace(/\b\d{1,2}:\d\d\b/g, '…');

// The bytes of the page, as the server sent them.
export async function validate(html, where) {
  const key = unique(html);
  if (valid.has(key)) return;
  const report = await validator.validateString(html);
  const found = report.results.flatMap((result) => result.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`));
  assert.deepEqual(found, [], `HTML of ${where}`);
  valid.add(key);
}

async function glassOf(who) {
  const browser = who.context.browser();
  let glass = glasses.get(browser);
  if (!glass) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: true });
    glass = await context.newPage();
    glasses.set(browser, glass);
    await glass.goto(new URL('/sign-in', who.page.url()).href);
    await glass.evaluate(axe);
  }
  await glass.setViewportSize(who.page.viewportSize());
  return glass;
}

// In the glass: lay the page under it, with its styles.
async function lay(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const styles = [...fresh.querySelectorAll('link[rel=stylesheet]')].map((link) => new Promise((done, failed) => {
    link.onload = done;
    link.onerror = () => failed(new Error(`${link.href} does not come`));
  }));
  document.replaceChild(document.adoptNode(fresh.documentElement), document.documentElement);
  await Promise.all(styles);
}

// One page after the other, whoever brings them.
let turn = Promise.resolve();
function inTurn(look) {
  const done = turn.then(look);
  turn = done.catch(() => {});
  return done;
}

export const lookAt = (who, html) => inTurn(() => lookNow(who, html));

async function lookNow(who, html) {
  const where = who.page.url(), { width } = who.page.viewportSize();
  const key = `${width} ${unique(html)}`;
  if (seen.has(key)) return;
  const glass = await glassOf(who);
  await glass.evaluate(lay, html);
  // preload would fetch all styles anew, for rules that are not asked for.
  const found = await glass.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false })
    .then((all) => all.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)), KINDS);
  assert.deepEqual(found, [], `accessibility of ${where}`);
  const wider = await glass.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `${where} is ${wider} px wider than its screen of ${width}`);
  seen.add(key);
}

// ---- on paper

const PAPER_PX = 718; // A4 less 10 mm on either side, at 96 to the inch

// What paper cannot do, or cuts: ways elsewhere, and whatever is larger than its frame.
function lostOnPaper() {
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  const cut = (e) => getComputedStyle(e).overflow !== 'visible' && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  const name = (e) => `${e.localName}${e.className && `.${e.className}`} ${e.textContent.trim().slice(0, 30)}`;
  const ways = [...document.querySelectorAll('nav, button, a.button, a.way, .crumbs, .skip-link, .site-tools')].filter(shown);
  const cuts = [...document.querySelectorAll('main *:not(.visually-hidden, textarea, input, svg *)')].filter((e) => shown(e) && cut(e));
  const wider = document.documentElement.scrollWidth - window.innerWidth;
  return [...ways.map((e) => `a way elsewhere: ${name(e)}`), ...cuts.map((e) => `cut: ${name(e)}`), ...wider > 0 ? [`${wider} px wider than paper`] : []];
}

export const lookAtPaper = (who, html) => inTurn(async () => {
  const glass = await glassOf(who);
  await glass.emulateMedia({ media: 'print' });
  await glass.setViewportSize({ width: PAPER_PX, height: 1000 });
  await glass.evaluate(lay, html);
  const lost = await glass.evaluate(lostOnPaper);
  await glass.emulateMedia({ media: 'screen' });
  assert.deepEqual(lost, [], `${who.page.url()} on paper`);
});
