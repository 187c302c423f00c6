import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployPlatform } from '../../../../cli/local/deploy-platform.ts';
import type { DeployedTenant } from '../../../../cli/local/deployed-tenant.ts';
import { runWorkload } from '../../../../cli/local/run-workload.ts';
import { deploymentToRun } from '../../../../cli/run/chosen-deployment.ts';
import { type Sandbox, openSandbox } from '@crosswind/sandbox/sandbox';
import { local } from '../../local.ts';
import { seededRandom } from '../../sample/seeded-random.ts';
import { platform } from '../platform.ts';
import { assembly } from './crosswind.ts';

/** `npm run test:long` has 50. */
const runs = Number(process.env['DISTURBED_RUNS'] ?? 1);
const seed = Number(process.env['DISTURBANCE_SEED'] ?? 1);

let sandbox: Sandbox;
let tenant: DeployedTenant;

beforeAll(async () => {
  sandbox = await openSandbox({ organizationId: platform.organization.id });
  const chosen = deploymentToRun(platform, {});
  if (!chosen) throw new Error('the platform deploys nothing');
  tenant = await deployPlatform({
    sandbox,
    assembly: await assembly(),
    platform,
    chosen: { ...chosen, local, file: 'local.ts', run: local.prepare?.({ objects: 2_400 }) ?? {} },
    fault: undefined,
    terminal: { note: ignore, progress: ignore, out: ignore, data: ignore, colors: pc.createColors(false) },
  });
});
afterAll(() => sandbox.close());

const ignore = (): void => undefined;

interface Told {
  readonly parentEvents: readonly string[];
  readonly stations: string;
  readonly months: string;
}

/** Runs the workload. Returns what is visible outside of the child: the parent's events and the result tables. */
async function run(name: string): Promise<Told> {
  const { entry, stages } = await runWorkload(sandbox, { stages: tenant.stages, input: {}, name });
  expect(entry.outcome).toMatchObject({ status: 'SUCCEEDED' });
  const table = async (file: string): Promise<string> => {
    const key = `executions/${stages[1]?.execution?.name ?? ''}/${file}`;
    return String(await sandbox.storage.inspect({ bucket: tenant.resource('child', 'Weather/Results').name, key }));
  };
  return {
    parentEvents: entry.history.map(({ type }) => type),
    stations: await table('stations.csv'),
    months: await table('months.csv'),
  };
}

/** Kills two functions and the server at times drawn from `random`, until the signal aborts. Returns what was hit. */
async function disturb(random: () => number, signal: AbortSignal): Promise<readonly string[]> {
  const done: string[] = [];
  const pause = (): Promise<unknown> => sleep(100 + 900 * random(), undefined, { signal }).catch(ignore);
  for (const what of ['function', 'server', 'function']) {
    await pause();
    if (signal.aborted) break;
    if (what === 'server') await sandbox.interruptEndpoint(50 + 250 * random());
    else if (!sandbox.functions.kill((running) => Math.floor(random() * running))) continue;
    done.push(what);
  }
  return done;
}

test(
  `a run in which functions and the S3 server are killed ends as an undisturbed one: ${runs} of seed ${seed}`,
  async () => {
    const undisturbed = await run('undisturbed');
    expect(undisturbed.stations.split('\n').length).toBeGreaterThan(1_000);
    let disturbances = 0;
    for (let nth = 0; nth < runs; nth += 1) {
      const end = new AbortController();
      const disturbing = disturb(seededRandom(seed, nth), end.signal);
      const told = await run(`disturbed-${nth}`);
      end.abort();
      disturbances += (await disturbing).length;
      expect(told, `run ${nth} of seed ${seed}`).toEqual(undisturbed);
    }
    expect(disturbances).toBeGreaterThan(runs);
  },
  (runs + 1) * 60_000,
);
