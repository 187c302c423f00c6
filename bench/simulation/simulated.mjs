import { createHash } from 'node:crypto';
import { register } from 'tsx/esm/api';

register();
const { onInterrupt } = await import('../../cli/interrupt.ts');
const { processIo } = await import('../../cli/process-io.ts');
const { terminalOf } = await import('../../cli/terminal.ts');
const { readPlatform } = await import('../../cli/read-platform.ts');
const { runSimulation } = await import('../../cli/simulate/run-simulation.ts');

/** One simulation in this process: what it took, and what came of it. */
process.on('message', async ({ assembly, objects }) => {
  const started = performance.now();
  const { organization } = await readPlatform('test/platform.yaml');
  const io = processIo();
  const cleanUp = onInterrupt(io);
  const terminal = { ...terminalOf(io, { json: true }), note: () => undefined };
  const props = { assembly, objects, seed: 1, failRate: 0, quotas: {}, organizationId: organization.id };
  const report = await runSimulation({ ...props, terminal, cleanUp });
  const seconds = (performance.now() - started) / 1_000;
  await cleanUp.now();
  if (report.parent.status !== 'SUCCEEDED') throw new Error(`the simulated run ended ${report.parent.status}`);
  process.send({
    seconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    digest: createHash('sha256').update(JSON.stringify(report)).digest('hex'),
    batches: report.batches,
    simulatedSeconds: report.parent.seconds,
    dollars: report.cost.total,
  });
});
