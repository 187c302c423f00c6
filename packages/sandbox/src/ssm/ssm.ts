import { textOf } from '@crosswind/aws/json';
import type { Authorize } from '../iam/authorizer.ts';
import type { SandboxService } from '../service.ts';
import { Parameters } from './parameters.ts';
import { ssmService } from './ssm-service.ts';

export interface Ssm extends SandboxService {
  readonly parameters: Parameters;
}

/** Systems Manager: parameters. */
export function ssm({ authorize }: { readonly authorize: Authorize }): Ssm {
  const parameters = new Parameters();
  return {
    parameters,
    endpoint: ssmService({ parameters, authorize }),
    resources: {
      'AWS::SSM::Parameter': ({ arn = '', properties }) => {
        parameters.set(arn, textOf(properties['Value']));
      },
    },
  };
}
