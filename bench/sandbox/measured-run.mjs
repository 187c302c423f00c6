import { readFileSync, writeFileSync } from 'node:fs';
import { cloneAt } from '../../blocks/discover-workloads.ts';
import { deployPlatform } from '../../cli/local/deploy-platform.ts';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { runWorkload, succeeded } from '../../cli/local/run-workload.ts';
import { selectionOf } from '../../cli/local/workload-options.ts';

/** One run in a fresh process: `platform assembly objects`; sends what the run took, deployment and filling not counted. */
const [file, assembly, objects] = process.argv.slice(2);
const silent = { note() {}, progress() {}, out() {} };
const { platform, chosen, workload } = await selectionOf(cloneAt(process.cwd()), { file, set: [] });
const sandbox = await openSandbox({ organizationId: platform.parsed.platform.organization.id });
try {
  const { local, file: localFile } = workload;
  const { stages } = await deployPlatform({
    sandbox,
    assembly,
    chosen: { ...chosen, local, file: localFile, run: local.prepare({ objects: Number(objects) }) },
    fault: undefined,
    terminal: silent,
  });
  forgetPeak();
  const [begun, usedBefore] = [performance.now(), process.cpuUsage()];
  const run = await runWorkload(sandbox, { stages, input: {}, name: 'bench' });
  const seconds = (performance.now() - begun) / 1_000;
  const used = process.cpuUsage(usedBefore);
  if (!succeeded(run)) throw new Error(`the run did not succeed: ${JSON.stringify(run.entry.outcome)}`);
  const analyzed = run.stages[1].execution.mapRuns[0].counts().itemCounts.succeeded;
  if (analyzed !== Number(objects)) throw new Error(`expected ${objects} objects, got ${analyzed}`);
  const peakMegabytes = peakKilobytes() / 1_000;
  process.send({ seconds, cpuSeconds: (used.user + used.system) / 1e6, peakMegabytes });
} finally {
  await sandbox.close();
}

/** Linux forgets how large the process has been (proc(5), clear_refs); elsewhere filling is counted, too. */
function forgetPeak() {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Not Linux: `peakKilobytes` falls back, too.
  }
}

function peakKilobytes() {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1.024;
  } catch {
    return process.resourceUsage().maxRSS * 1.024;
  }
}
