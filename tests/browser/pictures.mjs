// Takes the README's pictures of the demo that SHIENKIN_URL names: node pictures.mjs
import { fileURLToPath } from 'node:url';
import { openBrowser, person, url } from './person.mjs';

const folder = fileURLToPath(new URL('./pictures/', import.meta.url));
const browser = await openBrowser();

async function signedIn(login, width) {
  const { page } = await person(browser, { width });
  await page.goto(`${url}/demo`);
  await page.locator(`form:has(input[value="${login}"]) button, button[value="${login}"]`).first().click();
  await page.waitForLoadState();
  return page;
}

async function firstLink(page, start) {
  await page.goto(url + await page.locator(`a[href^="${start}"]`).first().getAttribute('href'));
}

const clinic = await signedIn('demo-clinic-1', 360);
await firstLink(clinic, '/claims/');
await clinic.screenshot({ path: `${folder}clinic.png` });

// The first case with a paper that can be shown.
const adjuster = await signedIn('demo-adjuster-1', 1280);
await adjuster.goto(`${url}/queue`);
const cases = await adjuster.locator('a[href^="/cases/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
for (const one of new Set(cases)) {
  await adjuster.goto(url + one);
  if (await adjuster.locator('.sheet img').count()) break;
}
await adjuster.locator('.sheet img').first().scrollIntoViewIfNeeded();
await adjuster.waitForFunction(() => document.querySelector('.sheet img').complete);
await adjuster.screenshot({ path: `${folder}case.png`, clip: { x: 100, y: 60, width: 1080, height: 1200 }, fullPage: true });

const auditor = await signedIn('demo-auditor', 1280);
await auditor.goto(`${url}/figures`);
await auditor.screenshot({ path: `${folder}figures.png`, clip: { x: 100, y: 60, width: 1080, height: 1100 }, fullPage: true });
await browser.close();
