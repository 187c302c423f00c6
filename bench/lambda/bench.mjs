import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { bundle } from '../bundle.mjs';
import { openLane } from '../lane.mjs';
import { describeMachine, machine } from '../machine.mjs';
import { median } from '../median.mjs';
import { table } from '../table.mjs';

const batchObjects = 500;
/** 600,000 objects. */
const batches = 1200;
const processes = 5;
const warmInvocations = 5;

/** Runs the functions' own bundles against the sandbox's S3 on loopback; answers a table, or JSON. */
export async function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  const lanes = [];
  const open = (...lane) => {
    lanes.push(openLane(...lane));
    return lanes.at(-1);
  };
  try {
    const s3 = await open(`${import.meta.dirname}/loopback-s3.mjs`, [], process.env, ['--import', 'tsx']).ask({
      batchObjects,
      batches,
    });
    const environment = environmentOf(s3);
    const invoke = async (name, event, invocations) => {
      const entry = await bundle(`services/wind-speed/functions/${name}.entry.ts`, `${directory}/${name}.mjs`);
      const runs = [];
      for (let run = 0; run < processes; run += 1) {
        const lane = open(`${import.meta.dirname}/invocations.mjs`, [entry], environment);
        const [cold, ...warm] = await inTurn(invocations, () => lane.ask(event));
        lane.close();
        runs.push({ cold, warm });
      }
      return runs;
    };
    const items = s3.keys.map((Key) => ({ Key }));
    const batch = { Items: items, BatchInput: { execution: 'bench-batch' }, batch: 'batch-0' };
    const analyzed = await invoke('analyze', batch, 1 + warmInvocations);
    expectObjects(analyzed, batchObjects);
    const consolidated = await invoke('consolidate', { execution: 'bench', manifest: s3.manifest }, 1);
    expectObjects(consolidated, batches * batchObjects);
    return present(json, machine(), s3.partialBytes, [
      measured(
        `analyze, ${batchObjects} objects, cold`,
        analyzed.map(({ cold }) => cold),
      ),
      measured(
        `analyze, ${batchObjects} objects, warm`,
        analyzed.flatMap(({ warm }) => warm),
      ),
      measured(
        `consolidate, ${batches * batchObjects} objects, cold`,
        consolidated.map(({ cold }) => cold),
      ),
    ]);
  } finally {
    for (const lane of lanes) lane.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function inTurn(times, ask) {
  const answers = [];
  for (let time = 0; time < times; time += 1) answers.push(await ask());
  return answers;
}

const environmentOf = ({ endpointUrl, credentials }) => ({
  ...process.env,
  AWS_ENDPOINT_URL: endpointUrl,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  SOURCE_BUCKET: 'source',
  RESULTS_BUCKET: 'results',
});

function expectObjects(runs, objects) {
  for (const { cold, warm } of runs) {
    for (const { result } of [cold, ...warm]) {
      if (result.objects === objects && (result.failed ?? result.failedObjects) === 0) continue;
      throw new Error(`expected ${objects} objects and no failure, got ${JSON.stringify(result)}`);
    }
  }
}

/** Medians; of memory the greatest. */
const measured = (what, answers) => ({
  what,
  runs: answers.length,
  cpuMilliseconds: median(answers.map(({ cpuMilliseconds }) => cpuMilliseconds)),
  milliseconds: median(answers.map(({ milliseconds }) => milliseconds)),
  peakMegabytes: Math.max(...answers.map(({ peakMegabytes }) => peakMegabytes)),
});

function present(json, machine, partialBytes, rows) {
  if (json) return JSON.stringify({ machine, partialBytes, rows }, null, 2);
  return [
    describeMachine(machine),
    `the function's process only, S3 on loopback without TLS in another; ${(partialBytes / 1e6).toFixed(0)} MB of partials`,
    '',
    table(
      ['', 'runs', 'CPU ms', 'wall ms', 'peak RSS MB'],
      rows.map(({ what, runs, ...numbers }) => [
        what,
        String(runs),
        ...['cpuMilliseconds', 'milliseconds', 'peakMegabytes'].map((name) => numbers[name].toFixed(0)),
      ]),
    ),
  ].join('\n');
}
