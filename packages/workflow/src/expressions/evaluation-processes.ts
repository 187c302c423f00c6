import { type ChildProcess, fork } from 'node:child_process';
import type { Evaluated, Evaluation } from './evaluate-within.ts';
import { longLimits } from './evaluation-limits.ts';

/** Processes that evaluate at the same time. */
const most = 2;

/** Heap of a process in MB: enough for values of AWS's size and what is made of them on the way. */
const heapMegabytes = 512;

/** Milliseconds of this machine's clock after which a process is killed that got no processor for its time. */
const wallLimit = 5 * longLimits.milliseconds;

/** Milliseconds within which a process must have started, on the slowest machine. */
const startLimit = 60_000;

interface Job {
  readonly evaluation: Evaluation;
  readonly done: (evaluated: Evaluated) => void;
  readonly failed: (error: Error) => void;
}

const idle: EvaluationProcess[] = [];
const waiting: Job[] = [];
let busy = 0;

/** Evaluates an expression in another process, which is killed when it takes too long or too much memory. */
export const evaluateInProcess = (evaluation: Evaluation): Promise<Evaluated> =>
  new Promise((done, failed) => {
    waiting.push({ evaluation, done, failed });
    next();
  });

function next(): void {
  const job = busy < most ? waiting.shift() : undefined;
  if (!job) return;
  busy += 1;
  const evaluator = takeIdle() ?? new EvaluationProcess();
  evaluator
    .evaluate(job.evaluation)
    .then(job.done, job.failed)
    .finally(() => {
      if (!evaluator.ended) idle.push(evaluator);
      busy -= 1;
      next();
    });
}

function takeIdle(): EvaluationProcess | undefined {
  for (let found = idle.pop(); found; found = idle.pop()) if (!found.ended) return found;
  return undefined;
}

/** Evaluates one expression at a time. */
class EvaluationProcess {
  ended = false;
  readonly #process: ChildProcess;
  readonly #ready: Promise<void>;
  #answer: (evaluated: Evaluated) => void = () => undefined;

  constructor() {
    this.#process = fork(new URL('./evaluation-process.mjs', import.meta.url), [String(longLimits.milliseconds)], {
      env: {},
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--import', import.meta.resolve('tsx')],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Not in the group of the terminal: Ctrl-C is for the sandbox to handle.
      detached: true,
    });
    this.#ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#end();
        reject(new Error(`the process that evaluates expressions has not started within ${startLimit / 1_000} s`));
      }, startLimit);
      this.#process
        .on('message', (message: 'ready' | { readonly evaluated: Evaluated }) => {
          if (message !== 'ready') this.#take(message.evaluated);
          clearTimeout(late);
          resolve();
        })
        .on('error', reject)
        .on('exit', (_, signal) => {
          this.ended = true;
          clearTimeout(late);
          reject(new Error('the process that evaluates expressions could not be started'));
          // It kills itself when its time is up; V8 aborts it when its heap is full.
          this.#answer({ kind: 'exceeded', limit: signal === 'SIGKILL' ? 'time' : 'memory' });
        });
    });
    this.#process.unref();
    this.#process.channel?.unref();
  }

  async evaluate(evaluation: Evaluation): Promise<Evaluated> {
    await this.#ready;
    return new Promise((resolve) => {
      const timeout = setTimeout(() => {
        this.#answer({ kind: 'exceeded', limit: 'time' });
        this.#end();
      }, wallLimit);
      this.#answer = (evaluated) => {
        clearTimeout(timeout);
        resolve(evaluated);
      };
      // A process that is gone says so by its exit.
      this.#process.send(evaluation, () => undefined);
    });
  }

  #take(evaluated: Evaluated): void {
    // The heap may be nearly full: the next expression would pay for this one.
    if (evaluated.kind === 'exceeded') this.#end();
    this.#answer(evaluated);
  }

  #end(): void {
    this.ended = true;
    this.#process.kill('SIGKILL');
  }
}
