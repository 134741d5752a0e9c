// Every page of the house, as those see it for whom it is: in Japanese on a phone without scripts and on paper, in English on a
// desk. The service itself says which pages there are; one without a row here fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lookAtPaper } from './look.mjs';
import { openBrowser, person, signIn, url, visit } from './person.mjs';

const FOUND = '/facilities?words=%E8%A6%8B%E6%9C%AC'; // the demo's clinics

// By who looks: addresses, or ways to them (a > b: from page a by the first link that leads on to b; an id that was met stays).
const PAGES = {
  'nobody in particular': ['/sign-in', '/first-access', '/recovery', '/demo', '/estimate'],
  'demo-clinic-1': [
    '/', '/?show=decided',
    '/?show=decided > /claims/{claim}',
    '/?show=decided > /claims/{claim} > /claims/{claim}/notice',
    '/?show=decided > /claims/{claim}/reconsideration',
    '/?show=asked > /claims/{claim} > /claims/{claim}/requests/{request}',
    '/?show=open > /claims/{claim}/amend',
    '/?show=open > /claims/{claim}/withdraw',
    '/?show=open > /claims/{claim} > /claims/{claim}/payee',
    '/?show=open > /claims/{claim} > /claims/{claim}/report',
    '/?show=open > /claims/{claim} > /claims/{claim}/evidence',
    '/?show=open > /claims/{claim} > /filing/{claim}/receipt',
    '/?show=open > /claims/{claim} > /claims/{claim}/certificate',
    '/account', '/account/password', '/account/contact', '/account/tokens', '/account/authenticator', '/account/recovery-codes', '/step-up',
    '/filing', '/filing > /filing/{claim}',
    ...['incident', 'closures', 'leak', 'filings', 'payee', 'report', 'evidence', 'review'].map((step) => `/filing > /filing/{claim} > /filing/{claim}/${step}`),
  ],
  'demo-clinic-2': ['/?show=open > /claims/{claim}/reconsideration/withdraw'],
  'demo-casework': [
    '/', '/queue',
    '/queue?state=in_review > /cases/{claim}',
    '/queue?state=in_review > /cases/{claim}/facts?key=%2Fclosures',
    ...['prove', 'ask', 'message', 'note', 'hold', 'recuse', 'suspect', 'assign', 'propose'].map((step) => `/queue?state=in_review > /cases/{claim}/do/${step}`),
    '/queue?state=decided > /cases/{claim}', '/queue?state=in_review > /cases/{claim} > /cases/{claim}/compare',
    '/queue > /cases/{claim} > /cases/{claim}/files/{evidence}',
    '/approvals', '/approvals > /cases/{claim}/approve',
  ],
  'demo-auditor': [
    '/', '/audit', '/audit > /audit/claims/{claim}',
    '/audit > /audit/claims/{claim} > /claims/{claim}/certificate',
    '/audit > /audit/claims/{claim} > /audit/decisions/{decision}',
    '/audit > /audit/claims/{claim} > /audit/claims/{claim}/compare?left={left}&right={right}',
    '/audit/events', '/figures', '/rules', '/rules > /rules/{rule_set}', '/rules > /rules/{rule_set}/differences',
    '/rules > /rules/{rule_set} > /rules/{rule_set}/scenarios', '/declarations',
  ],
  'demo-owner-1': [
    '/', '/declarations', '/rules/publish', '/rules/calendars/publish', '/rules > /rules/{rule_set}/scenarios/add', '/people', '/people/open',
    '/people > /people/accounts/{account}',
    ...['close', 'reset'].map((deed) => `/people > /people/accounts/{account} > /people/accounts/{account}/${deed}`),
    '/people > /people/accounts/{account} > /people/persons/{person}/grant', '/people > /people/grants/{grant}/revoke',
    '/facilities', `${FOUND} > /facilities/{facility}`,
    ...['open', 'give'].map((deed) => `${FOUND} > /facilities/{facility} > /facilities/{facility}/${deed}`),
    `${FOUND} > /facilities/{facility} > /people/mandates/{mandate}/end`,
    '/letters', '/letters/print', '/roster',
  ],
};

// Routes that are no pages, though no operations of the API either; and the two pages within signing in (account.test.mjs, first_day.test.mjs).
const NO_PAGES = ['/assets/{name}', '/livez', '/readyz', '/claims/{claim}/notice.pdf', '/letters/list.pdf', '/evidence/{evidence}/pages/{page}',
  '/audit/decisions/{decision}/files/{file}'];
const NAMED_BY_ITS_FILE = ['/rules/{rule_set}']; // whatever its reader's language
const ELSEWHERE = ['/sign-in/second-factor', '/sign-in/authenticator'];

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const last = (way) => way.split(' > ').at(-1);

// ---- which pages there are

// The routes that the service counts, less the operations of its API.
async function pageRoutes() {
  const counted = await (await fetch(process.env.SHIENKIN_METRICS)).text();
  const api = await (await browser.newContext({ ignoreHTTPSErrors: true })).request.get(new URL('/openapi.json', url).href);
  const operations = (await api.json()).paths;
  const routes = [...counted.matchAll(/^shienkin_http_requests_total\{method="GET",route="([^"]+)",code="2xx"\}/gm)].map((said) => said[1]);
  return routes.filter((route) => !operations[route]?.get && !NO_PAGES.includes(route));
}

// As the service finds a route: what is written out goes before what stands for anything.
function routeOf(address, routes) {
  const parts = address.split('?')[0].split('/');
  const fits = (route) => route.split('/').length === parts.length && route.split('/').every((part, i) => part === parts[i] || part.startsWith('{'));
  return routes.filter(fits).sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

test('each page has its row here, and each row its page', async () => {
  assert.ok(process.env.SHIENKIN_METRICS, 'SHIENKIN_METRICS tells where the service counts its routes; run.mjs sets it');
  const routes = await pageRoutes();
  const addresses = Object.values(PAGES).flat().map(last);
  const met = addresses.map((address) => routeOf(address, routes));
  assert.deepEqual(addresses.filter((_, i) => !met[i]), [], 'addresses of no page');
  assert.deepEqual(routes.filter((route) => !met.includes(route) && !ELSEWHERE.includes(route)), [], 'pages without a row');
});

// ---- ways

const ID = '[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}|[0-9]+';
const quoted = (text) => text.replace(/[.?+^$()|[\]\\]/g, '\\$&');

async function linksOn(who, path) {
  const answer = await who.context.request.get(new URL(path, url).href);
  assert.equal(answer.status(), 200, path);
  return [...(await answer.text()).matchAll(/\shref="([^"]+)"/g)].map((link) => link[1].replaceAll('&amp;', '&'));
}

// Where a step may lead from a page: the links of its kind, up to the last id that is not known yet; the rest of the step follows.
function* onward(step, links, ids) {
  const known = step.replace(/\{(\w+)\}/g, (hole, name) => ids[name] ?? hole), end = known.lastIndexOf('}') + 1;
  if (!end) return yield { path: known, ids };
  const sought = new RegExp(`^${quoted(known.slice(0, end)).replace(/\{(\w+)\}/g, `(?<$1>${ID})`)}(?![0-9A-Za-z])`);
  for (const link of new Set(links)) {
    const found = sought.exec(link);
    if (found) yield { path: found[0] + known.slice(end), ids: { ...ids, ...found.groups } };
  }
}

// The first way that leads there, or null.
async function follow(who, steps, path, ids) {
  if (!steps.length) return path;
  for (const next of onward(steps[0], path ? await linksOn(who, path) : [], ids)) {
    const there = await follow(who, steps.slice(1), next.path, next.ids);
    if (there) return there;
  }
  return null;
}

const led = new Map();
async function lead(who, way) {
  if (!led.has(way)) led.set(way, await follow(who, way.split(' > '), null, {}));
  assert.ok(led.get(way), `nothing leads by ${way}`);
  return led.get(way);
}

// ---- each of them

const READERS = [
  { by: 'in Japanese on a phone without scripts, and on paper', shape: { width: 360, scripts: false }, lang: 'ja', paper: true },
  { by: 'in English on a desk', shape: { width: 1280, language: 'en-GB' }, lang: 'en' },
];

async function read(who, way, { lang, paper }) {
  const answer = await visit(who, await lead(who, way));
  assert.equal(answer.status(), 200);
  assert.equal(await who.page.locator('html').getAttribute('lang'), lang);
  const headings = await who.page.locator('h1').allInnerTexts();
  assert.equal(headings.length, 1, 'one h1');
  if (lang === 'en' && !NAMED_BY_ITS_FILE.includes(last(way))) assert.match(headings[0], /[A-Za-z]{3}/);
  if (paper) await lookAtPaper(who, await answer.text());
}

for (const reader of READERS)
  for (const [login, ways] of Object.entries(PAGES))
    test(`${ways.length} pages of ${login}, ${reader.by}`, async () => {
      const who = await person(browser, reader.shape), wrong = [];
      if (login.startsWith('demo-')) await signIn(who, login);
      for (const way of ways) await read(who, way, reader).catch((error) => wrong.push(`${way}: ${error.message}`));
      assert.equal(wrong.length, 0, `${wrong.length} of them not in order\n${wrong.join('\n')}`);
      await who.context.close();
    });
