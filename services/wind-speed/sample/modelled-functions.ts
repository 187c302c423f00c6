import { consolidatedKey, outputKeys, partialKey } from '../functions/execution-keys.ts';
import { seededRandom } from './seeded-random.ts';

/** Number of an invocation, which is part of its random seed, and memory of its function. */
interface Context {
  readonly number: number;
  readonly memoryMegabytes: number;
}

/** Duration, requests to S3 and result of an invocation. */
interface Invocation {
  readonly milliseconds: number;
  readonly requests: { readonly get: number; readonly put: number; readonly list: number };
  readonly result: { readonly payload: Answer } | { readonly errorType: string; readonly errorMessage: string };
}

type Answer = Readonly<Record<string, number | string | null | readonly number[] | Readonly<Record<string, string>>>>;

interface Model {
  readonly coldStartMilliseconds: number;
  readonly invoke: (event: unknown, context: Context) => Invocation;
}

export interface WindSpeedModelsProps {
  readonly seed: number;
  /** Share of the invocations of `analyze` that crash, 0 to 1. */
  readonly failRate: number;
}

/**
 * CPU time on one core of an x86 server with Node 20, by `npm run bench -- lambda` (docs/performance.md); AWS's processors
 * differ. `convert` was measured in a run over 3,000 objects.
 */
const measured = {
  analyzeMillisecondsPerObject: 1.26,
  consolidateMillisecondsPerObject: 0.0125,
  convertMillisecondsPerStation: 0.05,
  /** Duration of an invocation with nothing to do. */
  baseMilliseconds: 20,
  /** The bundle and the SDK are loaded: 515 ms more in the first invocation. */
  coldStartMilliseconds: 515,
};

/** With this much memory a function has one core, with less a part of it (AWS Lambda: "Configure Lambda function memory"). */
const megabytesOfACore = 1_769;
/** `analyze` reads 32 objects at once, S3 takes 30 ms to the first byte: no object is faster than this. */
const waitMillisecondsPerObject = 30 / 32;
/** The spread of durations: two of three lie within 15 % of the usual one. */
const spread = 0.15;

/** Models of the functions of the child workflow, by the name of the state that invokes them; what is answered follows from the events. */
export function windSpeedModels({ seed, failRate }: WindSpeedModelsProps): Readonly<Record<string, Model>> {
  const progress = new Progress();
  const model = (work: (event: Event) => Work): Model => ({
    coldStartMilliseconds: measured.coldStartMilliseconds,
    invoke: (event, { number, memoryMegabytes }) => {
      const random = seededRandom(seed, number);
      const { cpuMilliseconds, waitMilliseconds = 0, crashes = 0, ...done } = work(event as Event);
      const slowness = Math.max(1, megabytesOfACore / memoryMegabytes);
      const usual = Math.max((measured.baseMilliseconds + cpuMilliseconds) * slowness, waitMilliseconds);
      const milliseconds = usual * Math.exp(spread * normal(random));
      if (random() >= crashes) return { milliseconds, ...done, result: { payload: done.result() } };
      const result = { errorType: 'Runtime.ExitError', errorMessage: 'Error: modelled crash' };
      // It crashes somewhere on its way.
      return { milliseconds: milliseconds * random(), ...done, result };
    },
  });
  return {
    'Analyze a batch': model((event) => ({ ...analyze(event, progress), crashes: failRate })),
    'Consolidate batches': model((event) => consolidate(event, progress)),
    'Convert to miles per hour': model((event) => convert(event, progress)),
  };
}

/** The fields that the three functions read of their events. */
interface Event {
  readonly Items: readonly { readonly Key: string }[];
  readonly BatchInput: { readonly execution: string };
  readonly batch: string;
  readonly execution: string;
  readonly consolidated: string;
}

interface Work {
  readonly cpuMilliseconds: number;
  readonly waitMilliseconds?: number;
  readonly crashes?: number;
  readonly requests: Invocation['requests'];
  /** Asked for only where the function does not crash. */
  readonly result: () => Answer;
}

/** Findings of the batches so far. The real `consolidate` reads them from S3. */
class Progress {
  objects = 0;
  batches = 0;
  readonly stations = new Set<string>();
}

function analyze({ Items, BatchInput, batch }: Event, progress: Progress): Work {
  const objects = Items.length;
  return {
    cpuMilliseconds: objects * measured.analyzeMillisecondsPerObject,
    waitMilliseconds: objects * waitMillisecondsPerObject,
    requests: { get: objects, put: 1, list: 0 },
    result: () => {
      const years = new Set<number>();
      progress.objects += objects;
      progress.batches += 1;
      for (const { Key } of Items) {
        const [year = '', station = ''] = Key.split('/').slice(-2);
        years.add(Number(year));
        progress.stations.add(station);
      }
      const partial = partialKey(BatchInput.execution, batch);
      return { partial, years: [...years].sort((a, b) => a - b), objects, failed: 0, fastPathObjects: objects };
    },
  };
}

function consolidate({ execution }: Event, { objects, batches, stations }: Progress): Work {
  return {
    cpuMilliseconds: objects * measured.consolidateMillisecondsPerObject,
    // Manifest and result file, and the partials.
    requests: { get: batches + 2, put: 1, list: 0 },
    result: () => ({ consolidated: consolidatedKey(execution), objects, batches, stations: stations.size }),
  };
}

function convert({ execution }: Event, { objects, batches, stations }: Progress): Work {
  return {
    cpuMilliseconds: stations.size * measured.convertMillisecondsPerStation,
    requests: { get: 1, put: 4, list: 0 },
    // Nobody measured any wind.
    result: () => ({
      objects,
      batches,
      stations: stations.size,
      meanKnots: null,
      meanMph: null,
      outputs: outputKeys(execution),
    }),
  };
}

/** A number from the normal distribution, approximately: the sum of twelve numbers from 0 to 1, minus its mean, 6. */
function normal(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count += 1) sum += random();
  return sum;
}
