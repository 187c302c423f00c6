import { SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { emitter } from '../emit-metrics.ts';
import { probe } from './probe.ts';
import { probeMetrics } from './probe-metrics.ts';
import { stepFunctionsExecutions } from './step-functions-executions.ts';

/** Slows down by itself when it is throttled, and gives up in time: the next round is five minutes away. */
const patience = { retryMode: 'adaptive', maxAttempts: 3 } as const;
const sts = new STSClient(patience);

/** One client for each role while its credentials last: an hour, so that warm invocations assume nothing. */
const clients = new Map<string, SFNClient>();

function clientAs(roleArn: string): SFNClient {
  const known = clients.get(roleArn);
  if (known) return known;
  const credentials = async () => {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'crosswind-probe' }),
    );
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
      ...(given?.Expiration && { expiration: given.Expiration }),
    };
  };
  const client = new SFNClient({ ...patience, credentials });
  clients.set(roleArn, client);
  return client;
}

export const handler = probe({
  own: stepFunctionsExecutions(new SFNClient(patience)),
  as: (roleArn) => stepFunctionsExecutions(clientAs(roleArn)),
  emit: emitter(probeMetrics),
  log: (line) => {
    console.log(JSON.stringify(line));
  },
});
