// A process that evaluates expressions which may take long. Plain JavaScript until the loader for the rest is there.
import { Worker } from 'node:worker_threads';

/** Ends an evaluation that nobody waits for any more: its thread may be too busy to notice that its parent is gone. */
const watch = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 500);
`;
new Worker(watch, { eval: true, execArgv: [] }).unref();

const { evaluateLong } = await import('./evaluate-long.ts');
process
  .on('disconnect', () => process.exit())
  .on('message', async (evaluation) => process.send({ evaluated: await evaluateLong(evaluation) }));
process.send('ready');
