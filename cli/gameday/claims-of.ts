import { explainInSandbox } from '../why/sources/sandbox.ts';
import type { Arena } from './arena.ts';

/**
 * Ids of the claims with which `crosswind why` explains the last run of the entry, and the last execution of all if that is
 * of another workflow.
 */
export function claimsOf({ sandbox, tenant: { name, deployed, deployment } }: Arena): readonly string[] {
  const { stages } = deployed;
  const concurrency = Object.fromEntries(
    deployment.stages.map(({ account: { id: account, region } }) => [
      account,
      sandbox.quotasOf({ account, region }).lambdaConcurrency,
    ]),
  );
  const last = sandbox.executions.all().at(-1);
  const isOther = last && stages.every(({ stateMachineArn }) => stateMachineArn !== last.machine.arn);
  const runs = [undefined, ...(isOther ? [last.arn] : [])];
  return runs.flatMap((of) =>
    explainInSandbox(sandbox, { stages, of, tenant: name, concurrency }).claims.map(({ id }) => id),
  );
}
