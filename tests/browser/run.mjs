// Runs the stories. Each lane has a house of its own, the program as ./run starts it on a free port with a fresh state folder,
// so that lanes go side by side and no story meets what another lane's did; within a lane one file follows the other.
//   node run.mjs [--pictures] [area …]
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startScanner } from './scanner.mjs';

// As long as each other, about. An area that stands in none goes to the first; later areas see what earlier ones left.
const LANES = [['casework', 'audit', 'owner', 'office', 'sign_in', 'journey'], ['pages', 'mine', 'filing', 'account', 'outage', 'first_day']];
const START_MS = 120_000, AREA_MS = 900_000; // patience with a busy machine; nothing waits so long

const here = fileURLToPath(new URL('.', import.meta.url));
const project = resolve(here, '../..');
const program = process.env.SHIENKIN ?? join(project, 'build/release/shienkin');
const logs = join(project, 'build/browser');

function lanesOf(wanted) {
  const all = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).map((name) => name.replace('.test.mjs', ''));
  const asked = wanted.map((name) => name.replace('.test.mjs', ''));
  for (const name of asked) if (!all.includes(name)) throw new Error(`there is no area ${name}; there are ${all.join(', ')}`);
  const lanes = LANES.map((lane) => lane.filter((name) => all.includes(name)));
  lanes[0].push(...all.filter((name) => !LANES.flat().includes(name)));
  return lanes.map((lane) => lane.filter((name) => !asked.length || asked.includes(name))).filter((lane) => lane.length);
}

// The addresses come on the line READY.
function ready(service) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`not ready after ${START_MS / 1000} s`)), START_MS);
    service.once('exit', (code) => failed(new Error(`the service ended with ${code} before it was ready`)));
    createInterface({ input: service.stdout }).on('line', (line) => {
      const said = /^READY (https:\/\/\S+) metrics (\S+)/.exec(line);
      if (!said) return;
      clearTimeout(timer);
      done({ url: said[1], metrics: said[2] });
    });
  });
}

function end(process) {
  if (!process.pid || process.exitCode !== null || process.signalCode !== null) return Promise.resolve();
  const ended = new Promise((done) => process.once('exit', done));
  process.kill('SIGTERM');
  return ended;
}

const seconds = (began) => Math.round((Date.now() - began) / 1000);
const took = new Map(); // seconds by area

// What an area says is printed when it is through, so that lanes do not talk across each other.
function runArea(name, env) {
  return new Promise((done) => {
    const began = Date.now(), said = [];
    const child = spawn(process.execPath, ['--test-reporter=spec', join(here, `${name}.test.mjs`)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => { said.push(`✖ ${name} took more than ${AREA_MS / 1000} s\n`); child.kill('SIGKILL'); }, AREA_MS);
    child.stdout.on('data', (data) => said.push(data));
    child.stderr.on('data', (data) => said.push(data));
    child.once('close', (code) => {
      clearTimeout(timer);
      took.set(name, seconds(began));
      process.stdout.write(`\n${name}: ${code === 0 ? 'good' : 'failed'}, ${took.get(name)} s\n${said.join('')}`);
      done(code === 0);
    });
  });
}

async function runLane(lane, folder, pictures) {
  const state = join(folder, lane[0]), began = Date.now();
  const scanner = startScanner(join(folder, `${lane[0]}-scanner`));
  const service = spawn(program, ['serve', '--demo', `--state=${state}`, '--http.port=0', '--metrics.port=0', '--jobs.search-duplicates-seconds=5',
    `--evidence.scanner=${scanner.place}`, '--jobs.scan-evidence-seconds=1', `--log.file=${join(logs, `${lane[0]}.log`)}`],
  { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { url, metrics } = await ready(service);
    console.log(`a house for ${lane.join(', ')}: ${seconds(began)} s`);
    const env = { ...process.env, SHIENKIN_URL: url, SHIENKIN_METRICS: metrics, SHIENKIN_LOGINS: join(state, 'demo-logins'),
      ...(pictures && { PICTURES: '1' }) };
    let good = true;
    for (const name of lane) good = await runArea(name, env) && good;
    return good;
  } catch (error) {
    console.error(error.message);
    return false;
  } finally {
    await end(service);
    await end(scanner.process);
  }
}

const words = process.argv.slice(2), began = Date.now();
const lanes = lanesOf(words.filter((word) => !word.startsWith('--')));
const folder = mkdtempSync(join(tmpdir(), 'shienkin-browser-'));
chmodSync(folder, 0o711); // the database's user, who is another where root starts it, passes through
mkdirSync(logs, { recursive: true });
let good = [false];
try {
  good = await Promise.all(lanes.map((lane) => runLane(lane, folder, words.includes('--pictures'))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const lane of lanes) console.log(lane.map((name) => `${name} ${took.get(name) ?? '–'} s`).join(', '));
console.log(`all areas: ${seconds(began)} s`);
process.exit(good.every(Boolean) ? 0 : 1);
