// The tables of `shienkin bench dmn` in other engines: the same rows, the same questions, the same run. Every engine
// must give the loop's answer to every question before it is measured.
//
//   node run.mjs PROGRAM [SECONDS]
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { ZenEngine } from '@gorules/zen-engine';
import { Engine, Rule } from 'json-rules-engine';

const { Decision } = createRequire(import.meta.url)('imicros-feel-interpreter');
const [given, seconds = '2'] = process.argv.slice(2);
const program = given && path.resolve(given);
const root = path.resolve(import.meta.dirname, '../../..'); // where the rules and the claims are found
if (!program) {
  console.error('usage: node run.mjs PROGRAM [SECONDS]');
  process.exit(2);
}

// ---- engines: prepare(table) gives ask(question), which gives the answer or a promise of it

function zen({ rows }) {
  const inputs = ['word', 'amount', 'age'].map((name) => ({ id: `i-${name}`, name, field: name }));
  const rules = rows.map((row, i) => ({
    _id: `r${i}`,
    'i-word': row.word === undefined ? '' : JSON.stringify(row.word),
    'i-amount': row.word === undefined ? '' : `[${row.from}..${row.to})`,
    'i-age': row.word === undefined ? '' : `>= ${row.age}`,
    o: String(row.answer),
  }));
  const content = { hitPolicy: 'first', inputs, outputs: [{ id: 'o', name: 'answer', field: 'answer' }], rules };
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 }, content: {} },
      { id: 'table', type: 'decisionTableNode', name: 'table', position: { x: 1, y: 0 }, content },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 }, content: {} },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  });
  return async ({ word, amount, age }) => (await decision.evaluate({ word, amount, age })).result.answer;
}

function jsonRules({ rows }) {
  const engine = new Engine();
  rows.forEach((row, i) => {
    const all = row.word === undefined ? [] : [
      { fact: 'word', operator: 'equal', value: row.word },
      { fact: 'amount', operator: 'greaterThanInclusive', value: row.from },
      { fact: 'amount', operator: 'lessThan', value: row.to },
      { fact: 'age', operator: 'greaterThanInclusive', value: row.age },
    ];
    engine.addRule(new Rule({
      conditions: { all }, priority: rows.length - i, event: { type: 'hit', params: { answer: row.answer } },
      onSuccess: () => engine.stop(), // the first row that is hit decides
    }));
  });
  return async ({ word, amount, age }) => (await engine.run({ word, amount, age })).events[0].params.answer;
}

// This one reads the very model that shienkin reads.
function imicros({ xml }) {
  const decision = new Decision();
  if (!decision.parse({ xml })) throw new Error('the model was not read');
  return ({ word, amount, age }) => decision.evaluate({ word, amount, age }).answer;
}

const engines = [
  ['@gorules/zen-engine', zen],
  ['imicros-feel-interpreter', imicros],
  ['json-rules-engine', jsonRules],
];

// ---- measuring: by the time of the process on its cores, as shienkin measures itself by its thread's

async function agrees(ask, questions) {
  for (const q of questions) {
    const answer = await ask(q);
    if (Number(answer) !== q.answer) return `answered ${JSON.stringify(answer)} where ${q.answer} is right: ${JSON.stringify(q)}`;
  }
  return null;
}

async function rate(ask, questions, wanted) {
  let units = 0;
  const began = process.cpuUsage();
  for (;;) {
    for (let i = 0; i < 16; i++) await ask(questions[units++ % questions.length]);
    const { user, system } = process.cpuUsage(began);
    if (user + system >= wanted * 1e6) return (units * 1e6) / (user + system);
  }
}

const print = (name, value, note = '') => console.log(`  ${name.padEnd(28)} ${value.padStart(12)} ${note}`);
const whole = (n) => Math.round(n).toLocaleString('en').replaceAll(',', ' ');

console.log(`${os.cpus().length} cores, node ${process.versions.node}; decisions a second of processor time`);
let wrong = 0;
for (const count of [12, 1001]) {
  const table = JSON.parse(execFileSync(program, ['bench', 'dmn', '--table', String(count)], { cwd: root, maxBuffer: 1 << 28 }));
  console.log(`table of ${count} rows, 3 inputs, FIRST`);
  const own = execFileSync(program, ['bench', 'dmn', '--only', `table-${count}`, '--seconds', seconds], { cwd: root }).toString();
  const [ours, loop] = [...own.matchAll(/ (\d+) decisions\/s/g)].map((m) => Number(m[1]));
  print('shienkin', whole(ours));
  print('a loop by hand in C', whole(loop));
  for (const [name, prepare] of engines) {
    const ask = await prepare(table);
    const fault = await agrees(ask, table.questions);
    if (fault) {
      print(name, '-', fault);
      wrong++;
      continue;
    }
    await rate(ask, table.questions, 0.5);
    const theirs = await rate(ask, table.questions, Number(seconds));
    print(name, whole(theirs), `shienkin is ${(ours / theirs).toFixed(0)} times as fast`);
  }
}
process.exit(wrong ? 1 : 0);
