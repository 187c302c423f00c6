import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import { sendToCloudFormation } from '../../baseline/send-to-cloudformation.ts';
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
  send: sendToCloudFormation,
});
