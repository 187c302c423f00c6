// The function of the baseline's 0.1 templates, which looks the sink up.
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import { sendToCloudFormation } from '../../../blocks/baseline/send-to-cloudformation.ts';
import { customResourceHandler } from '../../../blocks/baseline/custom-resource-handler.ts';

const environment = z
  .object({ READER_ROLE_ARN: z.string().min(1), PARAMETER_NAME: z.string().min(1) })
  .parse(process.env);

export const handler = customResourceHandler({
  physicalResourceId: 'observability-sink',
  provide: async () => {
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
    return { Arn: parameter.Value };
  },
  send: sendToCloudFormation,
});
