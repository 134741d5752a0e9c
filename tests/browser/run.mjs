// Starts the program as ./run does, on a free port and a fresh state folder, runs the tests against it, ends it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const project = resolve(here, '../..');
const program = process.env.SHIENKIN ?? join(project, 'build/release/shienkin');
const START_MS = 120_000;

// The address comes on the line READY; all that the program says before and after goes to our standard error.
function ready(service) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`not ready after ${START_MS / 1000} s`)), START_MS);
    service.once('exit', (code) => failed(new Error(`the service ended with ${code} before it was ready`)));
    createInterface({ input: service.stdout }).on('line', (line) => {
      process.stderr.write(`service: ${line}\n`);
      const address = /^READY (https:\/\/\S+)/.exec(line);
      if (!address) return;
      clearTimeout(timer);
      done(address[1]);
    });
  });
}

// One file after the other: the machine that checks is small, and they share one demo.
function runTests(url, names) {
  const files = (names.length ? names : readdirSync(here).filter((name) => name.endsWith('.test.mjs'))).map((name) => join(here, name));
  process.env.SHIENKIN_URL = url;
  return new Promise((done) => {
    let failed = 0;
    const tests = run({ files, concurrency: 1, timeout: 600_000 });
    tests.on('test:fail', () => { failed += 1; });
    tests.on('end', () => done(failed ? 1 : 0));
    const report = tests.compose(spec);
    report.pipe(process.stdout);
  });
}

function end(service) {
  if (service.exitCode !== null) return Promise.resolve();
  const ended = new Promise((done) => service.once('exit', done));
  service.kill('SIGTERM');
  return ended;
}

const state = mkdtempSync(join(tmpdir(), 'shienkin-browser-'));
chmodSync(state, 0o711); // the database's user, who is another where root starts it, passes through
const service = spawn(program, ['serve', '--demo', `--state=${join(state, 'state')}`, '--http.port=0', '--metrics.port=0'],
  { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
let code = 1;
try {
  code = await runTests(await ready(service), process.argv.slice(2));
} catch (error) {
  console.error(error.message);
} finally {
  await end(service);
  rmSync(state, { recursive: true, force: true });
}
process.exit(code);
