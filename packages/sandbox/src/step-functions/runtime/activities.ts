import type { JsonObject } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';

/** An activity as it was deployed. */
export interface Activity {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly createdAt: number;
  /** In the form of a template. */
  readonly properties: JsonObject;
}

/** A task that waits for a worker. */
export interface ActivityTask {
  readonly token: string;
  /** JSON. */
  readonly input: string;
  /** A worker has it now. */
  readonly started: (workerName: string | undefined) => void;
}

/** A worker that asks for a task. */
interface Poller {
  readonly workerName: string | undefined;
  readonly answer: (task: ActivityTask | undefined) => void;
}

/** How long GetActivityTask waits for a task (API_GetActivityTask). */
const pollMilliseconds = 60_000;

/** The activities of every account, the tasks that wait for workers and the workers that wait for tasks, first come first served. */
export class Activities {
  readonly #simulation: Simulation;
  readonly #activities = new Map<string, Activity>();
  readonly #tasks = new Map<string, ActivityTask[]>();
  readonly #pollers = new Map<string, Poller[]>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  get(arn: string): Activity | undefined {
    return this.#activities.get(arn);
  }

  /** The activities of one account in one region, in the order in which they were created. */
  of(account: string, region: string): readonly Activity[] {
    return [...this.#activities.values()].filter((each) => each.account === account && each.region === region);
  }

  set(activity: Activity): void {
    this.#activities.set(activity.arn, activity);
  }

  remove(arn: string): void {
    this.#activities.delete(arn);
  }

  /** Gives the task to the worker that has waited longest, or lets it wait for one; returns what takes it back. */
  schedule(arn: string, task: ActivityTask): () => void {
    const poller = queueIn(this.#pollers, arn).shift();
    if (poller) hand(task, poller);
    else queueIn(this.#tasks, arn).push(task);
    return () => {
      remove(queueIn(this.#tasks, arn), task);
    };
  }

  /**
   * The next task for a worker, or nothing when for a minute there was none. As somebody outside waits, a served
   * sandbox's minute is a real one.
   * @param hungUp fires when the worker does not listen any more
   */
  poll(arn: string, workerName: string | undefined, hungUp?: AbortSignal): Promise<ActivityTask | undefined> {
    return new Promise((resolve) => {
      const resume = this.#simulation.waitForOutside();
      const pollers = queueIn(this.#pollers, arn);
      const giveUp = (): void => {
        if (remove(pollers, poller)) poller.answer(undefined);
      };
      const timer = this.#simulation.at(this.#simulation.now() + pollMilliseconds, giveUp);
      const poller: Poller = {
        workerName,
        answer: (task) => {
          timer.cancelled = true;
          hungUp?.removeEventListener('abort', giveUp);
          resume();
          resolve(task);
        },
      };
      hungUp?.addEventListener('abort', giveUp);
      const task = queueIn(this.#tasks, arn).shift();
      if (task) hand(task, poller);
      else pollers.push(poller);
      if (hungUp?.aborted === true) giveUp();
    });
  }
}

function hand(task: ActivityTask, { workerName, answer }: Poller): void {
  task.started(workerName);
  answer(task);
}

function queueIn<Item>(queues: Map<string, Item[]>, arn: string): Item[] {
  const known = queues.get(arn) ?? [];
  queues.set(arn, known);
  return known;
}

/** Takes an item out of a list, if it is in there. */
function remove<Item>(list: Item[], item: Item): boolean {
  const place = list.indexOf(item);
  if (place < 0) return false;
  list.splice(place, 1);
  return true;
}
