import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type WorkloadRun, runWorkload } from './run-workload.ts';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { Terminal } from '../terminal.ts';
import { type DeployPlatformProps, deployPlatform } from './deploy-platform.ts';
import { count } from './present.ts';
import type { WindSummary } from './report.ts';

export interface RunPlatformProps extends DeployPlatformProps {
  /** Directory for the files that the run writes. */
  readonly out: string;
}

export interface PlatformRun {
  readonly run: WorkloadRun;
  /** Undefined when the run wrote none. */
  readonly summary: WindSummary | undefined;
  /** Files that were written to `out`. */
  readonly files: readonly string[];
}

/** Deploys the platform, fills the source bucket, and runs the parent of the first wave that has one. */
export async function runPlatform(props: RunPlatformProps): Promise<PlatformRun> {
  const { sandbox, fault, terminal } = props;
  const { start, buckets } = await deployPlatform(props);
  const watching = watch(sandbox, start.childArn, terminal);
  const run = await runWorkload(sandbox, {
    start,
    input: {},
    name: 'sandbox',
    abortParent: fault?.abortsParent ?? false,
  }).finally(() => {
    clearInterval(watching);
  });
  const files = await takeResults(sandbox, buckets.results, run, props);
  return { run, ...files };
}

/** Shows the Map Run's progress while it runs. */
function watch(cloud: Sandbox, childArn: string, terminal: Terminal): NodeJS.Timeout {
  return setInterval(() => {
    const counts = cloud.executions.of(childArn).at(-1)?.mapRuns[0]?.counts();
    if (!counts) return;
    const { executionCounts: batches, itemCounts: items } = counts;
    terminal.progress(
      `running: ${count(batches.succeeded)} of ${count(batches.total)} batches, ${count(items.succeeded)} of ${count(items.total)} objects`,
    );
  }, 200);
}

/** Copies what the child wrote under its own prefix to `out`, with the histories of both executions. */
async function takeResults(
  { storage }: Sandbox,
  bucketName: string,
  { parent, child }: WorkloadRun,
  { out, weather }: RunPlatformProps,
): Promise<Pick<PlatformRun, 'summary' | 'files'>> {
  await mkdir(out, { recursive: true });
  const files: string[] = [];
  let summary: WindSummary | undefined;
  for (const key of outputKeys(child)) {
    const body = await storage.inspect({ bucket: bucketName, key });
    if (!body) continue;
    const file = join(out, basename(key));
    await writeFile(file, basename(key) === 'map.svg' ? labelled(body, weather.kind === 'generated') : body);
    files.push(file);
    if (basename(key) === 'summary.json') summary = JSON.parse(body.toString()) as WindSummary;
  }
  const history = join(out, 'history.json');
  const histories = { simulated: true, parent: parent.history, child: child?.history ?? [] };
  await writeFile(history, `${JSON.stringify(histories, null, 2)}\n`);
  return { summary, files: [...files, history] };
}

/** The map with a line that says where it comes from, for whoever sees the picture alone. */
function labelled(map: Buffer, generatedData: boolean): string {
  const svg = map.toString();
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) return svg;
  const text = generatedData ? 'simulated run over generated data: nobody measured it' : 'simulated run';
  const place = `x="${Number(width) - 60}" y="${Number(height) - 9}" text-anchor="end"`;
  return svg.replace(/<\/svg>\s*$/, `<text ${place} font-size="12" fill="#5b6472">${text}</text>\n</svg>\n`);
}

/** The keys that `convert` names in the child's output. */
function outputKeys(child: Execution | undefined): readonly string[] {
  const output = child?.outcome?.status === 'SUCCEEDED' ? child.outcome.output : undefined;
  const { outputs } = (output ?? {}) as { readonly outputs?: Readonly<Record<string, string>> };
  return Object.values(outputs ?? {});
}
