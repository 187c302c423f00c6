import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { median } from '../median.mjs';

/** Preloaded into a command that is measured: says what its process has used whenever it is asked. */
const preload = new URL('used-on-request.mjs', import.meta.url).href;

/**
 * CPU seconds (user and system, all threads) of `sandbox` and `console` until they say that they are ready, and the median
 * of their ratios. Both run in turn, so that what else the machine does meets both. The synthesis is not counted.
 */
export async function untilReady(directory, rounds) {
  const assembly = `${directory}/cdk.out`;
  execFileSync('node_modules/.bin/cdk', ['synth', '--quiet', '--output', assembly], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push({ sandbox: await cpuSeconds('sandbox', assembly), console: await cpuSeconds('console', assembly) });
  }
  return {
    sandbox: Math.min(...runs.map(({ sandbox }) => sandbox)),
    console: Math.min(...runs.map((run) => run.console)),
    ratio: median(runs.map((run) => run.console / run.sandbox)),
  };
}

async function cpuSeconds(command, assembly) {
  const served = fork('cli/crosswind.mjs', [command, '--json', '--port', '0', '--assembly', assembly], {
    execArgv: ['--import', preload],
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const ended = once(served, 'exit');
  try {
    const line = once(createInterface(served.stdout), 'line');
    await Promise.race([
      line,
      ended.then(([code]) => {
        throw new Error(`${command} ended with code ${code} before it was ready`);
      }),
    ]);
    served.send('used');
    const [{ user, system }] = await once(served, 'message');
    return (user + system) / 1e6;
  } finally {
    served.kill('SIGTERM');
    await ended;
  }
}
