import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { openLane } from '../lane.mjs';
import { describeMachine, machine } from '../machine.mjs';
import { table } from '../table.mjs';

/** Games that the table shows. */
const shown = 5;

/** Plays all game days with the command, then each alone in one process; answers a table, or JSON. */
export async function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  try {
    const assembly = `${directory}/cdk.out`;
    const synth = ['synth', '--quiet', '--output', assembly, '--context', 'platform=gamedays.yaml'];
    execFileSync('node_modules/.bin/cdk', synth, { stdio: ['ignore', 'ignore', 'pipe'] });
    const seconds = await playedByCommand(assembly);
    const played = await playedAlone(assembly);
    const games = played.filter(({ name }) => name !== 'quiet-week');
    const week = played.find(({ name }) => name === 'quiet-week');
    const measured = { seconds, cpuSeconds: games.reduce((sum, game) => sum + game.cpuSeconds, 0), games, week };
    return json ? JSON.stringify({ machine: machine(), measured }, null, 2) : present(measured);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Seconds of `crosswind gameday --all` without the synthesis. Game days that fail take their time as well. */
async function playedByCommand(assembly) {
  const startedAt = performance.now();
  const args = ['cli/crosswind.mjs', 'gameday', '--all', '--json', '--assembly', assembly];
  await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 }).catch((error) => {
    if (error.code !== 1) throw error;
  });
  return (performance.now() - startedAt) / 1_000;
}

async function playedAlone(assembly) {
  const lane = openLane(`${import.meta.dirname}/played.mjs`, [assembly]);
  try {
    const games = [];
    for (const name of [...(await lane.ask('')), 'quiet-week']) games.push(await lane.ask(name));
    return games;
  } finally {
    lane.close();
  }
}

function present({ seconds, cpuSeconds, games, week }) {
  const failed = games.filter(({ passed }) => !passed).map(({ name }) => name);
  const slowest = games.toSorted((one, other) => other.cpuSeconds - one.cpuSeconds).slice(0, shown);
  return [
    `${describeMachine(machine())}; synthesis not counted`,
    '',
    `${games.length} game days: \`crosswind gameday --all\` takes ${seconds.toFixed(1)} s; one after the other they take ${cpuSeconds.toFixed(1)} CPU-seconds`,
    `a quiet week of scheduled runs, rounds of the probes modelled: ${week.cpuSeconds.toFixed(1)} CPU-seconds`,
    ...(failed.length > 0 ? [`failed: ${failed.join(', ')}`] : []),
    '',
    table(
      ['slowest', 's', 'CPU-s'],
      slowest.map((game) => [game.name, game.seconds.toFixed(1), game.cpuSeconds.toFixed(1)]),
    ),
  ].join('\n');
}
