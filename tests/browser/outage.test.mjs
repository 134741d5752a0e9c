// The house while its database does not speak, or no longer holds what it should: told by a page of the house, nothing typed is
// lost, and it goes on by itself. What happens to the database here happens to this lane's own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, picture, press, signedIn, url, visit } from './person.mjs';

const state = dirname(process.env.SHIENKIN_LOGINS);
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => {
  signalDatabase('SIGCONT');
  await browser?.close();
});

// The demo's own PostgreSQL: its first process, whose number it keeps beside its data, and all that this has begun.
function signalDatabase(how) {
  const [first] = readFileSync(join(state, 'data/postmaster.pid'), 'utf8').split('\n');
  const begun = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').split(' ').filter(Boolean);
  for (const one of [first, ...begun]) process.kill(Number(one), how);
}

// As somebody does whose hands are in the database: the owner of its schema.
function sql(statement) {
  const env = { ...process.env, PGPASSWORD: readFileSync(join(state, 'secrets/owner'), 'utf8').trim() };
  const done = spawnSync('psql', ['-X', '-q', '-h', join(state, 'run'), '-U', 'shienkin_owner', '-d', 'shienkin', '-v', 'ON_ERROR_STOP=1',
    '-c', statement], { env });
  assert.equal(done.status, 0, String(done.stderr));
}

const main = (who) => who.page.locator('main').innerText();

// On a claim of theirs, with a message that is written and not sent.
async function writing(words, shape) {
  const who = await signedIn(browser, 'demo-clinic-2', shape);
  await who.page.goto(new URL('/?show=open', url).href);
  await who.page.goto(new URL(await who.page.locator('article.claim h2 a').first().getAttribute('href'), url).href);
  await who.page.getByLabel('連絡の内容').fill(words);
  return who;
}

async function sentAgain(who, words) {
  await press(who, 'button', 'もう一度送る');
  assert.equal(await who.page.getByText(words, { exact: true }).count(), 1, 'it arrived once');
  await who.context.close();
}

test('while the database stands still, pages say so, and a message typed meanwhile arrives once', async () => {
  const words = '停電のあいだに書きました。';
  const who = await writing(words, { width: 360, scripts: false });
  signalDatabase('SIGSTOP');
  assert.equal((await press(who, 'button', '送る', { exact: true })).status(), 503);
  assert.ok((await main(who)).includes(words));
  await picture(who, 'outage-kept-360');
  const other = { ...who, page: await who.context.newPage() };
  assert.equal((await visit(other, '/account')).status(), 503);
  assert.match(await main(other), /1〜2分待ってから/);
  await picture(other, 'outage-503-360');

  signalDatabase('SIGCONT');
  for (let tries = 0; (await other.page.goto(new URL('/account', url).href)).status() === 503; tries++) {
    assert.ok(tries < 60, 'it never came back');
    await other.page.waitForTimeout(200);
  }
  await sentAgain(who, words);
});

test('a fault of the house is told with a number, and a message typed meanwhile arrives once', async () => {
  const words = '不具合のあいだに書きました。';
  const who = await writing(words);
  sql('ALTER TABLE shienkin.message RENAME TO message_mislaid');
  try {
    assert.equal((await press(who, 'button', '送る', { exact: true })).status(), 500);
    assert.ok((await main(who)).includes(words));
    await picture(who, 'fault-kept-1280');
    const other = { ...who, page: await who.context.newPage() };
    assert.equal((await visit(other, new URL(who.page.url()).pathname.replace('/messages', ''))).status(), 500);
    assert.match(await main(other), /こちらの誤りで[^]*[0-9a-f]{8}-[0-9a-f]{4}-7/);
    await picture(other, 'fault-500-1280');
  } finally {
    sql('ALTER TABLE shienkin.message_mislaid RENAME TO message');
  }
  await sentAgain(who, words);
});
