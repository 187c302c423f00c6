import { createHash } from 'node:crypto';
import { register } from 'tsx/esm/api';

register();
const { onInterrupt } = await import('../../cli/interrupt.ts');
const { processIo } = await import('../../cli/process-io.ts');
const { terminalOf } = await import('../../cli/terminal.ts');
const { cloneAt } = await import('../../blocks/discover-workloads.ts');
const { selectionOf } = await import('../../cli/local/workload-options.ts');
const { runSimulation } = await import('../../cli/simulate/run-simulation.ts');

/** One simulation in this process: what it took, and what came of it. */
process.on('message', async ({ assembly, objects }) => {
  const started = performance.now();
  const file = 'services/wind-speed/test/platform.yaml';
  const { platform, chosen, workload } = await selectionOf(cloneAt(process.cwd()), { file, set: [] });
  const { local, file: localFile } = workload;
  const options = { objects, failRate: 0 };
  const io = processIo();
  const cleanUp = onInterrupt(io);
  const terminal = { ...terminalOf(io, { json: true }), note: () => undefined };
  const props = {
    assembly,
    chosen: { ...chosen, local, file: localFile, run: local.simulation.prepare({ ...options, seed: 1 }) },
    options,
    seed: 1,
    quotas: {},
    organizationId: platform.parsed.platform.organization.id,
  };
  const report = await runSimulation({ ...props, terminal, cleanUp });
  const seconds = (performance.now() - started) / 1_000;
  await cleanUp.now();
  const [entry] = report.stages;
  if (entry.status !== 'SUCCEEDED') throw new Error(`the simulated run ended ${entry.status}`);
  process.send({
    seconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    digest: createHash('sha256').update(JSON.stringify(report)).digest('hex'),
    batches: report.batches,
    simulatedSeconds: entry.seconds,
    dollars: report.cost.total,
  });
});
