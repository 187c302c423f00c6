// The process of one Lambda execution environment. Its main thread starts the thread that runs the function, passes
// invocations on and watches: when the function is out of memory, this process ends, and the sandbox goes on.
// Plain JavaScript, so that it starts without a loader.
import { Buffer } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setInterval } from 'node:timers';
import { Worker } from 'node:worker_threads';

const [module, handlerName, memoryMegabytes] = process.argv.slice(2);

/** Bytes of a response, error or not (gettingstarted-limits: 6 MB; Lambda's error names this number). */
const maxResponseBytes = 6_291_556;

/** Characters of an invocation's log: what is beyond would fill the memory of the sandbox. */
const maxLog = 4_000_000;

/** Characters of one message about the log. */
const piece = 1_000_000;

/** Node.js itself takes about 60 MB here, before it runs anything; on Lambda less, as part of the function's memory. */
const ownMegabytes = 96;

/** To the sandbox, a line each. A function can write here, too: the sandbox believes nothing that it reads. */
const sandbox = createWriteStream('', { fd: 3 }).on('error', () => undefined);
const tell = (message, done) => sandbox.write(`${JSON.stringify(message)}\n`, done);

/** Ends this process and all that the function has started; a thread in an endless loop is no hindrance. */
const end = () => process.kill(-process.pid, 'SIGKILL');

let isDying = false;
const die = (what) => {
  if (isDying) return;
  isDying = true;
  tell({ kind: 'died', what }, end);
};

const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
  workerData: { module, handlerName },
  resourceLimits: { maxOldGenerationSizeMb: Number(memoryMegabytes) },
  stdin: false,
  stdout: true,
  stderr: true,
});

let logged = 0;
for (const stream of [worker.stdout, worker.stderr]) {
  stream.setEncoding('utf8').on('data', (text) => {
    // In pieces, because the sandbox refuses a message that is too long.
    for (let at = 0; at < text.length && logged <= maxLog; at += piece) {
      const part = text.slice(at, at + piece);
      logged += part.length;
      tell({ kind: 'log', text: part });
    }
  });
}

const tooLarge = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
};

/** An answer of the worker; whatever else the function posts to its parent is none. */
const answerIn = (message) => {
  const { payload, error } = Object(message);
  if (typeof payload === 'string') {
    return Buffer.byteLength(payload) > maxResponseBytes ? { error: tooLarge } : { payload };
  }
  if (typeof error?.errorType !== 'string' || typeof error.errorMessage !== 'string') return undefined;
  return JSON.stringify(error).length > maxResponseBytes ? { error: tooLarge } : { error };
};

worker
  .on('message', (message) => {
    if (message === 'ready') tell({ kind: 'ready' });
    const answer = answerIn(message);
    if (answer) tell({ kind: 'answer', ...answer });
  })
  .on('error', (error) => {
    if (error?.code === 'ERR_WORKER_OUT_OF_MEMORY') die('signal: killed');
    else die(`uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
  })
  .on('exit', (code) => die(`exit status ${code}`));

setInterval(() => {
  if (process.memoryUsage.rss() > (Number(memoryMegabytes) + ownMegabytes) * 1024 * 1024) die('signal: killed');
}, 50);

createInterface(process.stdin)
  .on('line', (line) => {
    logged = 0;
    worker.postMessage(JSON.parse(line));
  })
  // The sandbox is gone.
  .on('close', end);
