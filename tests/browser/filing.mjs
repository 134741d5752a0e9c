// The steps of filing as a clinic takes them, for the stories that need a claim of their own.
import assert from 'node:assert/strict';
import { press, visit } from './person.mjs';

export const path = (who) => new URL(who.page.url()).pathname;
export const claimOf = (who) => /\/filing\/(clm_\w+)/.exec(who.page.url())[1];
export const choose = (who, field, value) => who.page.locator(`input[name="${field}"][value="${value}"]`).check();
export const fill = (who, field, value) => who.page.locator(`[name="${field}"]`).first().fill(value);

// A PDF is told by its first bytes and its end; the rest is whatever it is.
export const pdf = (bytes) => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(bytes - 15, 0x20), Buffer.from('%%EOF\n')]);

// Each story has days of its own, so that no claim of one is another incident within the other's days.
export async function begin(who, facility) {
  await visit(who, '/filing');
  await (facility ? who.page.getByLabel(facility) : who.page.locator('input[name="facility"]').first()).check();
  const answer = await press(who, 'button', /^(申請を始める|Begin)$/);
  assert.equal(answer.status(), 200);
  assert.match(path(who), /\/incident$/);
  return claimOf(who);
}

export async function tellIncident(who, day = '2026-05-11') {
  await fill(who, 'occurred_on', day);
  await fill(who, 'discovered_on', day);
  await choose(who, 'cyber_attack', 'yes');
  await who.page.locator('select[name="attack_type"]').selectOption('ransomware');
  await choose(who, 'insider_crime', 'no');
  await fill(who, 'summary', '電子カルテが暗号化され、開けなくなった。');
}
