import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { bundle } from '../bundle.mjs';
import { openLane } from '../lane.mjs';
import { describeMachine, machine } from '../machine.mjs';
import { median } from '../median.mjs';
import { table } from '../table.mjs';

const languages = ['JSONata', 'JSONPath'];
const states = 5_000;
const executions = 10;
const rounds = 5;

/** Runs a chain of Pass states through the engine alone, in fresh processes; answers a table, or JSON. */
export async function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  try {
    const chain = await bundle('bench/engine/chain.mjs', `${directory}/chain.mjs`);
    const results = languages.map((language) => ({ language, runs: [] }));
    // In turn, so that a busy minute of the machine does not meet one language alone.
    for (let round = 0; round < rounds; round += 1) {
      for (const { language, runs } of results) runs.push(await transitionsPerSecond(chain, language));
    }
    const measured = results.map(({ language, runs }) => ({ language, transitionsPerSecond: median(runs) }));
    return json ? JSON.stringify({ machine: machine(), rounds, measured }, null, 2) : present(measured);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function transitionsPerSecond(chain, language) {
  const lane = openLane(chain, []);
  try {
    return await lane.ask({ language, states, executions });
  } finally {
    lane.close();
  }
}

const present = (measured) =>
  [
    `${describeMachine(machine())}; ${executions} executions of ${states.toLocaleString('en')} Pass states, ${rounds} rounds in turn, medians`,
    '',
    table(
      ['', 'transitions/s'],
      measured.map(({ language, transitionsPerSecond: rate }) => [language, Math.round(rate).toLocaleString('en')]),
    ),
  ].join('\n');
