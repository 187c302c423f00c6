import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describeMachine, machine } from '../machine.mjs';
import { median } from '../median.mjs';
import { table } from '../table.mjs';
import { platformWith } from './platform.mjs';
import { sizesOf } from './sizes.mjs';

/** Accounts in all; the 6 of the example are four of a tenant, the pipeline's and the monitoring account. */
const accounts = [6, 40, 200, 400];
const rounds = 3;

/** Runs `cdk synth` with cdk-nag, CloudFormation's validation and our policies; answers a table, or JSON. */
export function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  try {
    const measured = accounts.map((count) => ({ accounts: count, runs: [] }));
    // In turn, so that a busy minute of the machine does not meet one size alone.
    for (let round = 0; round < rounds; round += 1) {
      for (const { accounts: count, runs } of measured) runs.push(synth(`${directory}/${round}-${count}`, count));
    }
    const results = measured.map(({ accounts: count, runs }) => ({
      accounts: count,
      seconds: median(runs.map(({ seconds }) => seconds)),
      cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
      memoryMebibytes: median(runs.map(({ memoryMebibytes }) => memoryMebibytes)),
      ...runs[0].sizes,
    }));
    return json ? JSON.stringify({ machine: machine(), rounds, results }, null, 2) : report(results);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function synth(directory, count) {
  const [platform, usage, output] = ['platform.yaml', 'usage', 'cdk.out'].map((name) => `${directory}/${name}`);
  mkdirSync(usage, { recursive: true });
  writeFileSync(platform, platformWith(count));
  const begun = performance.now();
  execFileSync('node_modules/.bin/cdk', ['synth', '--quiet', '--output', output, '--context', `platform=${platform}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${new URL('usage.mjs', import.meta.url).href}`,
      BENCH_USAGE: usage,
    },
  });
  const seconds = (performance.now() - begun) / 1_000;
  const processes = readdirSync(usage).map((name) => JSON.parse(readFileSync(`${usage}/${name}`, 'utf8')));
  const sizes = sizesOf(output);
  rmSync(output, { recursive: true });
  return {
    seconds,
    cpuSeconds: processes.reduce((sum, used) => sum + used.cpuSeconds, 0),
    memoryMebibytes: Math.max(...processes.map((used) => used.memoryMebibytes)),
    sizes,
  };
}

function report(results) {
  const [first] = results;
  const kilobytes = (bytes) => `${Math.round(bytes / 1_000).toLocaleString('en')} KB`;
  const rows = results.map((it) => [
    String(it.accounts),
    it.seconds.toFixed(1),
    it.cpuSeconds.toFixed(1),
    it === first ? '' : ((1_000 * (it.cpuSeconds - first.cpuSeconds)) / (it.accounts - first.accounts)).toFixed(0),
    Math.round(it.memoryMebibytes).toLocaleString('en'),
    String(it.templates),
    kilobytes(it.templateBytes),
    kilobytes(it.largestTemplateBytes),
    String(it.policies),
    it.largestPolicyBytes.toLocaleString('en'),
    String(it.mostResources),
    String(it.actions),
    String(it.mostMetrics),
  ]);
  const header = [
    'accounts',
    's',
    'CPU s',
    'CPU ms/account',
    'MiB',
    'templates',
    'in all',
    'largest',
    'policies',
    'largest, bytes',
    'resources',
    'actions',
    'metrics',
  ];
  return [
    `${describeMachine(machine())}; ${rounds} rounds in turn, medians`,
    '',
    table(header, rows),
    '',
    'CPU ms/account: what each account beyond the first row adds; the same in every row where it is linear.',
  ].join('\n');
}
