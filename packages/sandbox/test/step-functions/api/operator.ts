import { DescribeExecutionCommand, type DescribeExecutionOutput, SFNClient } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { type LiteralStack, allow, lambda, role } from '../../../src/testing/literals.ts';
import { clientOf, credentialsAs } from '../../sts/callers.ts';

/** Stack with the role `operator`. It may do what the statements allow, by default all of Step Functions. */
export const operatorIn = (
  account: string,
  statements: readonly JsonObject[] = [allow('states:*')],
  region?: string,
): LiteralStack => ({ account, region, resources: { Operator: role('operator', lambda, ...statements) } });

/** The real SDK's client for the role `operator` of the account. */
export const clientIn = (sandbox: Sandbox, account: string, region = 'us-east-1'): SFNClient =>
  new SFNClient({ ...clientOf(sandbox, credentialsAs(sandbox, `arn:aws:iam::${account}:role/operator`)), region });

/** Lets time pass until the test is over. */
export function serve(sandbox: Sandbox): void {
  const over = new AbortController();
  const served = sandbox.serve(over.signal);
  onTestFinished(async () => {
    over.abort();
    await served;
  });
}

/** Waits for the end of an execution and returns the answer of DescribeExecution. */
export async function ended(client: SFNClient, executionArn = ''): Promise<DescribeExecutionOutput> {
  for (;;) {
    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (description.status !== 'RUNNING') return description;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
