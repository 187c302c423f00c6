import type { ExecutionsPort, SeenExecution, SeenPage } from './executions-port.ts';
import type { StartedWorkflow, WatchedWorkflow } from './probe-input.ts';

export interface ProbePorts {
  readonly own: ExecutionsPort;
  /** The executions that a role of another account may see. */
  readonly as: (roleArn: string) => ExecutionsPort;
}

/** A round over the workflows of an account. */
export interface Round {
  /** Milliseconds since the epoch at which the round was due. */
  readonly at: number;
  readonly workflows: readonly WatchedWorkflow[];
}

/** Findings of one round about a tenant. */
export interface RoundResult {
  readonly tenant: string;
  /** Executions that run although all that they started has ended. */
  readonly stuck: readonly string[];
  /** Time that the oldest running execution has taken, in percent of its timeout; absent where nothing runs. */
  readonly oldestShare?: number;
  /** Why something could not be seen in this round. */
  readonly incomplete: readonly string[];
}

/** Minutes between two rounds. */
export const roundMinutes = 5;
/**
 * Minutes that an execution may have ended before the one that started it must know: cross-account `.sync` polls, and a
 * list is eventually consistent. It takes the place of a memory of the last round.
 */
export const graceMinutes = 10;
/** Pages of running executions that a round reads, of 1,000 each (API_ListExecutions). */
export const pagesPerRound = 20;
/**
 * Executions that a round describes, the oldest first: polling of `.sync` draws on the same bucket of DescribeExecution
 * (Step Functions, "Using other services": "uses your assigned quota").
 */
export const describesPerRound = 10;

const minute = 60_000;

/** One round over the workflows of an account: at most two lists for each pair, and ten descriptions in all. */
export async function probeRound({ at, workflows }: Round, ports: ProbePorts): Promise<readonly RoundResult[]> {
  const budget = { at, describes: describesPerRound };
  const results: RoundResult[] = [];
  // One after the other: the buckets of ListExecutions refill slowly, and nobody waits for the answer.
  for (const workflow of workflows) results.push(await watch(workflow, ports, budget));
  return byTenant(results);
}

/** When a round is, and what is left of its descriptions. */
interface Budget {
  readonly at: number;
  describes: number;
}

async function watch(workflow: WatchedWorkflow, ports: ProbePorts, budget: Budget): Promise<RoundResult> {
  const { tenant, stateMachineArn } = workflow;
  const incomplete: string[] = [];
  const note =
    (place: string) =>
    (error: unknown): undefined => {
      incomplete.push(`${place}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    };
  const running = await runningOf(stateMachineArn, ports.own, incomplete).catch(
    note(`running executions of ${stateMachineArn}`),
  );
  if (!running?.length) return { tenant, stuck: [], incomplete };
  const share = await oldestShare(running, workflow, ports.own, budget.at).catch(note(`timeout of ${stateMachineArn}`));
  const stuck = await stuckOf(running, workflow, ports, budget).catch(note(`what ${stateMachineArn} started`));
  return { tenant, stuck: stuck ?? [], incomplete, ...(share !== undefined && { oldestShare: share }) };
}

async function runningOf(
  stateMachineArn: string,
  own: ExecutionsPort,
  incomplete: string[],
): Promise<readonly SeenExecution[]> {
  const running: SeenExecution[] = [];
  let next: string | undefined;
  for (let page = 0; page < pagesPerRound; page += 1) {
    const answer = await own.running(stateMachineArn, next);
    running.push(...answer.executions);
    next = answer.next;
    if (next === undefined) return running;
  }
  incomplete.push(`${stateMachineArn}: only the newest ${running.length} running executions were looked at`);
  return running;
}

async function oldestShare(
  running: readonly SeenExecution[],
  { stateMachineArn }: WatchedWorkflow,
  own: ExecutionsPort,
  at: number,
): Promise<number | undefined> {
  const oldest = Math.min(...running.map(({ startedAt }) => startedAt));
  if (at - oldest < graceMinutes * minute) return undefined;
  const seconds = await own.timeoutSeconds(stateMachineArn);
  return seconds === undefined ? undefined : (100 * (at - oldest)) / (seconds * 1_000);
}

/** Running executions that have started something that ended longer ago than the workflow may go on without it. */
async function stuckOf(
  running: readonly SeenExecution[],
  { starts, runsOnMinutes }: WatchedWorkflow,
  { as }: ProbePorts,
  budget: Budget,
): Promise<readonly string[]> {
  const before = budget.at - Math.max(graceMinutes, runsOnMinutes) * minute;
  const candidates = running.filter(({ startedAt }) => startedAt < before);
  const ends = new Map<string, number[]>();
  for (const started of candidates.length === 0 ? [] : starts) {
    for (const [arn, end] of await endsOf(candidates, started, as(started.roleArn), budget)) {
      ends.set(arn, [...(ends.get(arn) ?? []), end]);
    }
  }
  return candidates.map(({ arn }) => arn).filter((arn) => Math.max(...(ends.get(arn) ?? [Infinity])) < before);
}

/** When what they started has ended, by the ARN of the starter; infinity if some of it has not. */
async function endsOf(
  starters: readonly SeenExecution[],
  { stateMachineArn, mayBeAbsent }: StartedWorkflow,
  port: ExecutionsPort,
  budget: Budget,
): Promise<ReadonlyMap<string, number>> {
  const page = await port.newest(stateMachineArn).catch((error: unknown): SeenPage => {
    if (mayBeAbsent) return { executions: [] };
    throw error;
  });
  const listed = groupedByStarter(page.executions, starters);
  const oldest = page.next === undefined ? -Infinity : Math.min(...page.executions.map(({ startedAt }) => startedAt));
  const unlisted = starters.filter(({ arn, startedAt }) => !listed.get(arn)?.length && startedAt < oldest);
  const described = new Map<string, readonly SeenExecution[]>();
  for (const { arn, name } of turn(unlisted, budget)) {
    const execution = await port.describe(executionArn(stateMachineArn, name));
    if (execution) described.set(arn, [execution]);
  }
  return new Map(
    [...listed, ...described].flatMap(([arn, found]): [string, number][] =>
      found.length === 0 ? [] : [[arn, Math.max(...found.map(({ stoppedAt = Infinity }) => stoppedAt))]],
    ),
  );
}

/** Those whose turn it is to be described: the oldest first, in the next round the ones after them. */
function turn(unlisted: readonly SeenExecution[], budget: Budget): readonly SeenExecution[] {
  const sorted = [...unlisted].sort((one, other) => one.startedAt - other.startedAt);
  const turns = Math.ceil(sorted.length / describesPerRound);
  const first = turns === 0 ? 0 : (Math.floor(budget.at / (roundMinutes * minute)) % turns) * describesPerRound;
  const chosen = sorted.slice(first, first + Math.min(describesPerRound, budget.describes));
  budget.describes -= chosen.length;
  return chosen;
}

/**
 * Executions by who started them, which their names say: `startStage` calls an execution as its starter is called, after a
 * redrive with `-redrive-<n>` behind 64 characters of that, and with a hyphen and a suffix where a contract has one.
 */
function groupedByStarter(
  executions: readonly SeenExecution[],
  starters: readonly SeenExecution[],
): ReadonlyMap<string, readonly SeenExecution[]> {
  const byName = new Map(executions.map((execution) => [execution.name, execution]));
  return new Map(
    starters.map(({ arn, name }) => {
      const redriven = executions.filter((execution) => isRedriven(execution.name, name));
      const same = byName.get(name);
      const own = [...(same ? [same] : []), ...redriven];
      return [arn, own.length > 0 ? own : executions.filter((execution) => execution.name.startsWith(`${name}-`))];
    }),
  );
}

const isRedriven = (name: string, starter: string): boolean =>
  name.startsWith(`${starter.slice(0, 64)}-redrive-`) && /^\d+$/.test(name.slice(starter.slice(0, 64).length + 9));

const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** One result for each tenant: an account may hold several of its workflows. */
function byTenant(results: readonly RoundResult[]): readonly RoundResult[] {
  const tenants = [...new Set(results.map(({ tenant }) => tenant))];
  return tenants.map((tenant) => {
    const own = results.filter((result) => result.tenant === tenant);
    const shares = own.flatMap(({ oldestShare: share = [] }) => share);
    return {
      tenant,
      stuck: own.flatMap(({ stuck }) => stuck),
      incomplete: own.flatMap(({ incomplete }) => incomplete),
      ...(shares.length > 0 && { oldestShare: Math.max(...shares) }),
    };
  });
}
