import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Credentials } from './served-sandbox.ts';

/** Settings of an SDK client that has these credentials. */
export const settings = (variables: Credentials) => ({
  endpoint: variables.AWS_ENDPOINT_URL,
  region: variables.AWS_REGION,
  credentials: {
    accessKeyId: variables.AWS_ACCESS_KEY_ID,
    secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
    sessionToken: variables.AWS_SESSION_TOKEN,
  },
  maxAttempts: 1,
});

/** Starts an execution and waits for its end. */
export async function ended(client: SFNClient, stateMachineArn: string, input: object = {}) {
  const start = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
  const { executionArn } = await client.send(start);
  for (;;) {
    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (description.status !== 'RUNNING') return description;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
