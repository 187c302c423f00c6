import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describeMachine, machine } from '../machine.mjs';
import { platformWith } from '../synth/platform.mjs';
import { table } from '../table.mjs';

/** Accounts in all, with the seconds that check and plan together may take. */
const goals = [
  { accounts: 6, goal: 15 },
  { accounts: 200, goal: 30 },
  { accounts: 400, goal: 60 },
];

/** Runs `crosswind check` and `crosswind plan` on two assemblies; answers a table, or JSON. */
export function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  try {
    const results = goals.map(({ accounts, goal }) => gate(`${directory}/${accounts}`, accounts, goal));
    return json ? JSON.stringify({ machine: machine(), results }, null, 2) : report(results);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function gate(directory, accounts, goal) {
  const [platform, base, head] = ['platform.yaml', 'base', 'head'].map((name) => `${directory}/${name}`);
  mkdirSync(directory);
  writeFileSync(platform, platformWith(accounts));
  const synth = ['synth', '--quiet', '--output', base, '--context', `platform=${platform}`];
  execFileSync('node_modules/.bin/cdk', synth, { stdio: ['ignore', 'ignore', 'pipe'] });
  cpSync(base, head, { recursive: true });
  changeEveryWorkflow(head);
  const check = measured(directory, 'check', '--file', platform, '--assembly', head);
  const plan = measured(directory, 'plan', '--file', platform, '--base', base, '--assembly', head);
  for (const assembly of [base, head]) rmSync(assembly, { recursive: true });
  return { accounts, goal, check, plan };
}

/** A change in each account: the most that a pull request does. */
function changeEveryWorkflow(assembly) {
  const files = readdirSync(assembly, { recursive: true }).filter((name) => name.endsWith('.template.json'));
  let changes = 0;
  for (const file of files) {
    const text = readFileSync(`${assembly}/${file}`, 'utf8');
    const changed = text.replaceAll(concurrency, (_, key, number) => `${key}${Number(number) + 1}`);
    if (changed !== text) changes += 1;
    writeFileSync(`${assembly}/${file}`, changed);
  }
  if (changes === 0) throw new Error(`expected workflows with ${concurrency}, found none in ${files.length} templates`);
}

/** Setting of a Map in a definition, which is text within a template. */
const concurrency = /(\\"MaxConcurrency\\":)(\d+)/g;

/** Time and memory of a command, also of one that finds something. */
function measured(directory, ...args) {
  const usage = mkdtempSync(`${directory}/usage-`);
  const begun = performance.now();
  const code = exitCode(() =>
    execFileSync(process.execPath, ['cli/crosswind.mjs', ...args, '--json'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${new URL('../synth/usage.mjs', import.meta.url).href}`,
        BENCH_USAGE: usage,
      },
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const processes = readdirSync(usage).map((name) => JSON.parse(readFileSync(`${usage}/${name}`, 'utf8')));
  return {
    code,
    seconds,
    cpuSeconds: processes.reduce((sum, used) => sum + used.cpuSeconds, 0),
    memoryMebibytes: Math.max(...processes.map((used) => used.memoryMebibytes)),
  };
}

function exitCode(command) {
  try {
    command();
    return 0;
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.status;
  }
}

function report(results) {
  const rows = results.flatMap(({ accounts, goal, ...commands }) =>
    Object.entries(commands).map(([command, { code, seconds, cpuSeconds, memoryMebibytes }]) => [
      `${command}, ${accounts} accounts`,
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      Math.round(memoryMebibytes).toLocaleString('en'),
      String(code),
      String(goal),
    ]),
  );
  return [
    `${describeMachine(machine())}; from two assemblies, a change in each account`,
    '',
    table(['command', 's', 'CPU s', 'MiB', 'exit code', 'goal of both, s'], rows),
  ].join('\n');
}
