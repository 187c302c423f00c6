// A process that evaluates expressions which may take long. Plain JavaScript until the loader for the rest is there.
import { Worker } from 'node:worker_threads';

/**
 * A thread that ends this process: after so many milliseconds of processor time for one expression, and when nobody waits
 * for it any more. The main thread may be too busy to notice either.
 */
const watch = new Worker(
  `
  const { parentPort, workerData: milliseconds } = require('node:worker_threads');
  const parent = process.ppid;
  let began;
  parentPort.on('message', (isBusy) => { began = isBusy ? process.cpuUsage() : undefined; });
  setInterval(() => {
    const { user, system } = began ? process.cpuUsage(began) : { user: 0, system: 0 };
    const isOver = (user + system) / 1_000 > milliseconds;
    if (isOver || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 50);
  `,
  { eval: true, execArgv: [], workerData: Number(process.argv[2]) },
);
watch.unref();

const { evaluateLong } = await import('./evaluate-long.ts');
process.on('disconnect', () => process.exit());
process.on('message', async (evaluation) => {
  watch.postMessage(true);
  const evaluated = await evaluateLong(evaluation);
  watch.postMessage(false);
  process.send({ evaluated });
});
process.send('ready');
