import { createHash } from 'node:crypto';
import type { Stack } from '@crosswind/assembly/resolve';
import { type Json, textOf } from '@crosswind/aws/json';
import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import type { WorkloadRun } from '../../local/run-workload.ts';
import { textWithoutChance, withoutChance } from './without-chance.ts';

/** A stay of an execution in a state. */
export interface StateOutcome {
  readonly name: string;
  readonly input?: Json;
  /** Absent where it was not left. */
  readonly output?: Json;
}

/** How an execution of a stage ended. */
export interface ExecutionOutcome {
  readonly stage: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: Json;
  /** In the order in which they were entered. */
  readonly states: readonly StateOutcome[];
}

/** Outcome of a run of the sample. */
export interface SampleOutcome {
  /** The entry first, a called stage after its caller. */
  readonly executions: readonly ExecutionOutcome[];
  /** Objects that the run wrote, by bucket and key; a digest of those that are large or no JSON. */
  readonly objects: ReadonlyMap<string, Json>;
  /** Problems that the check of the sample finds in the entry's output. */
  readonly problems: readonly string[];
}

/** Executions of a run, the entry first. */
export const executionsOf = ({ stages }: WorkloadRun): readonly ExecutionOutcome[] =>
  stages.flatMap(({ stage, execution }) => (execution ? [outcomeOf(stage, execution)] : []));

function outcomeOf(stage: string, execution: Execution): ExecutionOutcome {
  const { outcome } = execution;
  const base = { stage, status: outcome?.status ?? 'RUNNING', states: statesOf(execution) };
  if (!outcome) return base;
  if (outcome.status === 'SUCCEEDED') return { ...base, output: withoutChance(outcome.output) };
  const { error, cause } = outcome;
  return {
    ...base,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause: textWithoutChance(cause) }),
  };
}

/** States by the events of their entries and exits; iterations of a Map are stays of their own. */
function statesOf({ history }: Execution): readonly StateOutcome[] {
  const states: { name: string; input?: Json; output?: Json }[] = [];
  for (const event of history) {
    const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited } = event;
    if (entered) states.push({ name: textOf(entered['name']), input: payloadOf(entered['input']) });
    const left = exited && states.find(({ name, output }) => name === exited['name'] && output === undefined);
    if (left) left.output = payloadOf(exited['output']);
  }
  return states;
}

/** Payloads of events are JSON text (API HistoryEvent). */
const payloadOf = (text: Json | undefined): Json => withoutChance(JSON.parse(textOf(text) || 'null') as Json);

type Storage = Pick<Sandbox['storage'], 'bucket' | 'inspect'>;

/** Objects of the buckets of some stacks as they are now. */
export const storedIn = (storage: Storage, stacks: readonly Stack[]): ReadonlyMap<string, unknown> =>
  new Map(
    bucketsOf(stacks).flatMap((bucket) =>
      [...(storage.bucket(bucket)?.objects ?? [])].map(([key, object]) => [`${bucket}/${key}`, object] as const),
    ),
  );

/** Content above this is compared by its digest. */
const mostBytes = 65_536;

/**
 * Objects that were written since, with their content. Keys that differ in the names of executions of a Map Run only,
 * which are drawn by chance, are one object with the list of their contents.
 */
export async function writtenSince(
  earlier: ReadonlyMap<string, unknown>,
  storage: Storage,
  stacks: readonly Stack[],
): Promise<ReadonlyMap<string, Json>> {
  const written = new Map<string, Buffer[]>();
  for (const bucket of bucketsOf(stacks)) {
    for (const [key, object] of storage.bucket(bucket)?.objects ?? []) {
      if (earlier.get(`${bucket}/${key}`) === object) continue;
      const name = textWithoutChance(`${bucket}/${key}`);
      const body = (await storage.inspect({ bucket, key })) ?? Buffer.alloc(0);
      written.set(name, [...(written.get(name) ?? []), body]);
    }
  }
  return new Map([...written].map(([name, bodies]) => [name, contentsOf(bodies)]));
}

function contentsOf(bodies: readonly Buffer[]): Json {
  const contents = bodies.map(contentOf);
  const [first = null, ...others] = contents;
  if (others.length === 0) return first;
  const texts = contents.map((content) => JSON.stringify(content)).sort();
  return texts.map((text) => JSON.parse(text) as Json);
}

const bucketsOf = (stacks: readonly Stack[]): readonly string[] =>
  stacks.flatMap(({ resources }) => resources.filter(({ type }) => type === 'AWS::S3::Bucket').map(({ name }) => name));

/** JSON, or a JSON value for each line, as a value; all else as its digest. */
function contentOf(bytes: Buffer): Json {
  if (bytes.length <= mostBytes) {
    const text = bytes.toString();
    for (const candidate of [text, `[${text.trim().split('\n').join(',')}]`]) {
      try {
        return withoutChance(JSON.parse(candidate) as Json);
      } catch {
        continue;
      }
    }
  }
  return `sha256 ${createHash('sha256').update(bytes).digest('hex')}, ${bytes.length} bytes`;
}
