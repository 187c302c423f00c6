import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openLane } from '../lane.mjs';
import { describeMachine, machine } from '../machine.mjs';
import { median } from '../median.mjs';
import { table } from '../table.mjs';

const objects = 600_000;
const rounds = 3;

/** Simulates a run of the synthesized platform over 600,000 modelled objects, in fresh processes; answers a table, or JSON. */
export async function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  try {
    const assembly = `${directory}/cdk.out`;
    const synth = [
      'synth',
      '--quiet',
      '--output',
      assembly,
      '--context',
      'platform=services/wind-speed/test/platform.yaml',
    ];
    execFileSync('node_modules/.bin/cdk', synth, { stdio: ['ignore', 'ignore', 'pipe'] });
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await simulated({ assembly, objects }));
    const [first] = runs;
    if (runs.some(({ digest }) => digest !== first.digest)) throw new Error('the same seed gave different reports');
    const seconds = median(runs.map((each) => each.seconds));
    const measured = {
      objects,
      seconds,
      objectsPerSecond: Math.round(objects / seconds),
      peakMegabytes: Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes)),
      batches: first.batches,
      simulatedSeconds: first.simulatedSeconds,
      dollars: first.dollars,
    };
    return json ? JSON.stringify({ machine: machine(), rounds, measured }, null, 2) : present(measured);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Simulates in a process of its own through tsx, as the command does. Functions run in workers next to the source. */
async function simulated(message) {
  const lane = openLane(`${import.meta.dirname}/simulated.mjs`, []);
  try {
    return await lane.ask(message);
  } finally {
    lane.close();
  }
}

const present = ({ objects: count, seconds, objectsPerSecond, peakMegabytes, batches, simulatedSeconds, dollars }) =>
  [
    `${describeMachine(machine())}; ${rounds} rounds, median; synthesis not counted, deployment and filling are`,
    '',
    table(
      ['objects', 's', 'objects/s', 'peak RSS MB', 'batches', 'simulated s', 'simulated USD'],
      [
        [
          count.toLocaleString('en'),
          seconds.toFixed(1),
          objectsPerSecond.toLocaleString('en'),
          peakMegabytes.toFixed(0),
          batches.toLocaleString('en'),
          simulatedSeconds.toFixed(1),
          dollars.toFixed(2),
        ],
      ],
    ),
  ].join('\n');
