import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describeMachine, machine } from '../machine.mjs';
import { median } from '../median.mjs';
import { table } from '../table.mjs';

const platform = 'services/wind-speed/test/platform.yaml';
const rounds = 3;
const musts = { seconds: 25, peakMegabytes: 500 };

/** Runs parent and child over objects of real size, on disk, through the functions' own bundles; answers a table, or JSON. */
export async function run({ objects = 10_000, json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  try {
    const context = ['--context', `platform=${platform}`];
    execFileSync('node_modules/.bin/cdk', ['synth', '--quiet', '--output', directory, ...context], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await measuredRun(directory, objects));
    const medians = Object.fromEntries(Object.keys(runs[0]).map((name) => [name, median(runs.map((it) => it[name]))]));
    return json
      ? JSON.stringify({ machine: machine(), objects, rounds, musts, medians, runs }, null, 2)
      : report(objects, medians);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function measuredRun(assembly, objects) {
  const execArgv = ['--import', 'tsx'];
  const child = fork(`${import.meta.dirname}/measured-run.mjs`, [platform, assembly, String(objects)], { execArgv });
  return new Promise((resolve, reject) => {
    let measured;
    child.on('message', (message) => (measured = message));
    child.on('exit', (code) => (measured ? resolve(measured) : reject(new Error(`the run ended with code ${code}`))));
  });
}

function report(objects, { seconds, cpuSeconds, peakMegabytes }) {
  const limit = (name) => (objects === 10_000 ? `at most ${musts[name]}` : '');
  return [
    `${describeMachine(machine())}; ${rounds} rounds, medians; deployment and filling not counted; CPU and memory of the sandbox without the processes of functions`,
    '',
    table(
      [`${objects.toLocaleString('en')} objects`, '', 'must'],
      [
        ['s', seconds.toFixed(1), limit('seconds')],
        ['CPU s', cpuSeconds.toFixed(1), ''],
        ['objects/s', Math.round(objects / seconds).toLocaleString('en'), ''],
        ['peak RSS MB', peakMegabytes.toFixed(0), limit('peakMegabytes')],
      ],
    ),
  ].join('\n');
}
