import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import { findSink } from './find-sink.ts';

const environment = z
  .object({ READER_ROLE_ARN: z.string().min(1), PARAMETER_NAME: z.string().min(1) })
  .parse(process.env);

export const handler = findSink({
  sinkArn: async () => {
    const { Credentials: given } = await new STSClient().send(
      new AssumeRoleCommand({ RoleArn: environment.READER_ROLE_ARN, RoleSessionName: 'crosswind-link' }),
    );
    const credentials = {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
    const { Parameter: parameter } = await new SSMClient({ credentials }).send(
      new GetParameterCommand({ Name: environment.PARAMETER_NAME }),
    );
    if (!parameter?.Value) throw new Error(`the parameter ${environment.PARAMETER_NAME} holds no ARN`);
    return parameter.Value;
  },
  send: async (url, body) => {
    // CloudFormation signs its address for an empty content type.
    const { ok, status } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
    if (!ok) throw new Error(`CloudFormation refused the answer with status ${status}`);
  },
});
