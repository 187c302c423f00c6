import { SFNClient, SFNServiceException } from '@aws-sdk/client-sfn';
import { messageOf } from '@crosswind/aws/problem';
import { Refused } from '@crosswind/console/server/handlers';
import { operatorRoleName } from '@crosswind/sandbox/iam/operator-role';
import type { Sandbox } from '@crosswind/sandbox/sandbox';

/** Name of the session, as `crosswind credentials` has it. */
const sessionName = 'crosswind';

/**
 * Calls Step Functions over HTTP as the operator of the account that an ARN is of, so that policies decide as they decide
 * for any client.
 *
 * @throws Refused with the answer of the service
 */
export async function asOperator<Answer>(
  { identities, sessions, endpointUrl }: Pick<Sandbox, 'identities' | 'sessions' | 'endpointUrl'>,
  arn: string,
  call: (client: SFNClient) => Promise<Answer>,
): Promise<Answer> {
  const [, partition = '', service, region = '', account = ''] = arn.split(':');
  if (service !== 'states') throw new Refused(`expected an ARN of Step Functions, got ${JSON.stringify(arn)}`);
  const role = identities.roleNamed(account, operatorRoleName);
  if (!role) throw new Refused(`account ${account} has no role ${operatorRoleName}: nobody can act there`);
  const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${operatorRoleName}/${sessionName}`;
  const credentials = sessions.credentials({ kind: 'role', roleArn: role.arn, sessionArn, account });
  const client = new SFNClient({ region, endpoint: endpointUrl, credentials, maxAttempts: 1 });
  try {
    return await call(client);
  } catch (error) {
    throw new Refused(error instanceof SFNServiceException ? `${error.name}: ${error.message}` : messageOf(error));
  } finally {
    client.destroy();
  }
}
