import { lambdaMetrics } from '@crosswind/aws/metrics';
import { probeName } from '../../../../blocks/observability/probe/probe-names.ts';
import { probeRounds } from '../../../run-record/probe-rounds.ts';
import type { RecordedFacts, RecordedMachine, RecordedProbe } from '../../../run-record/recorded-facts.ts';
import type { RecordedExecution, RecordedLogGroup } from '../../../run-record/run-record.ts';
import { wantedMetrics } from '../../../run-record/wanted-metrics.ts';
import { accountIn } from '../../executions.ts';
import { failuresIn } from '../../failures.ts';
import { readMachine } from './read-execution.ts';
import { type FunctionOnAws, readFunction, readLog } from './read-functions.ts';
import { ownMetrics, readMetrics, readValues, type Span } from './read-metrics.ts';
import type { Readings } from './readings.ts';
import { type StageAccess, stageOfExecution } from './stage-access.ts';

/** How the state machines of a run are set up, and what was measured meanwhile. */
export async function readFacts(
  stages: readonly StageAccess[],
  executions: readonly RecordedExecution[],
  tenant: string,
  at: number,
  reads: Readings,
): Promise<RecordedFacts & { readonly logs: readonly RecordedLogGroup[] }> {
  const machines = await readMachines(stages, executions, reads);
  const found = await readFunctions(stages, machines, reads);
  const functions = found.map(({ fn }) => fn);
  const span = spanOf(executions, at);
  const hasFailed = failuresIn({ executions }).length > 0;
  const logs = hasFailed ? await readLogs(stages, found, span, reads) : [];
  const ofRun = stages.filter(({ account }) => executions.some((execution) => execution.account === account));
  const perAccount = [...new Map(ofRun.map((access) => [access.account, access])).values()];
  const metrics = await Promise.all(
    perAccount.map((access) =>
      reads.attempt(
        `metrics of account ${access.account}`,
        async () => {
          const arns = machines.map(({ arn }) => arn).filter((arn) => accountIn(arn) === access.account);
          const own = functions.filter(({ account }) => account === access.account);
          const wanted = [...wantedMetrics(access, arns, own), ...(await ownMetrics(access, tenant))];
          return readMetrics(access, wanted, span);
        },
        [],
      ),
    ),
  );
  const probes = await Promise.all(
    perAccount.map((access) =>
      reads.attempt(`the probe of account ${access.account}`, () => readProbe(access, at), unknownProbe(access)),
    ),
  );
  return { machines, functions, metrics: metrics.flat(), schedules: [], probes, concurrency: {}, logs };
}

/** From the first start to the last end, and a minute for what is measured late. */
function spanOf(executions: readonly RecordedExecution[], at: number): Span {
  const ends = executions.map(({ stoppedAt }) => (stoppedAt === null ? at : stoppedAt + minute));
  return { from: Math.min(at, ...executions.map(({ startedAt }) => startedAt)), to: Math.max(...ends, 0) || at };
}

const minute = 60_000;

async function readMachines(
  stages: readonly StageAccess[],
  executions: readonly RecordedExecution[],
  { attempt }: Readings,
): Promise<RecordedMachine[]> {
  const one = new Map(executions.map((execution) => [execution.stateMachineArn, execution]));
  const machines: RecordedMachine[] = [];
  for (const { arn, stage } of one.values()) {
    const access = stageOfExecution(stages, arn);
    if (!access) continue;
    const machine = await attempt(`the definition of the ${stage}`, () => readMachine(access, arn), undefined);
    if (machine) machines.push(machine);
  }
  return machines;
}

async function readFunctions(
  stages: readonly StageAccess[],
  machines: readonly RecordedMachine[],
  { attempt }: Readings,
): Promise<FunctionOnAws[]> {
  const functions: FunctionOnAws[] = [];
  for (const arn of new Set(machines.flatMap((machine) => machine.functions))) {
    const access = stages.find(({ account }) => account === accountIn(arn));
    if (!access) continue;
    const fn = await attempt(
      `the function ${arn.split(':').at(-1) ?? arn}`,
      () => readFunction(access, arn),
      undefined,
    );
    if (fn) functions.push(fn);
  }
  return functions;
}

async function readLogs(
  stages: readonly StageAccess[],
  functions: readonly FunctionOnAws[],
  span: Span,
  { attempt }: Readings,
): Promise<RecordedLogGroup[]> {
  const logs: RecordedLogGroup[] = [];
  for (const each of functions) {
    const access = stages.find(({ account }) => account === each.fn.account);
    const log = access && (await attempt(`the log of ${each.fn.name}`, () => readLog(access, each, span), undefined));
    if (log) logs.push(log);
  }
  return logs;
}

const unknownProbe = ({ account, region }: StageAccess): RecordedProbe => ({
  ...{ account, region },
  since: null,
  lastRound: null,
  failedAt: null,
  isLinked: null,
});

/** Time in which a probe that has ever run has left a trace. */
const probeSpan = 3 * 3_600_000;

/** Rounds of the probe; one that was never seen is unknown, because the account may have none. */
async function readProbe(access: StageAccess, at: number): Promise<RecordedProbe> {
  const { account, region } = access;
  const wanted = { account, region, dimensions: { FunctionName: probeName }, statistic: 'Sum' } as const;
  const metrics = [lambdaMetrics.invocations, lambdaMetrics.errors].map((metric) => ({ ...wanted, ...metric }));
  // The clock of a served sandbox may be ahead.
  const [rounds = [], errors = []] = await readValues(access, metrics, { from: at - probeSpan, to: at + probeSpan });
  const first = rounds.find(([, sum]) => sum > 0);
  return first
    ? { account, region, since: first[0], ...probeRounds(rounds, errors), isLinked: null }
    : unknownProbe(access);
}
