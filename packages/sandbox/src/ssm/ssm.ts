import { textOf } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Authorize } from '../iam/authorizer.ts';
import type { SandboxService } from '../service.ts';
import { Parameters } from './parameters.ts';
import { ssmService } from './ssm-service.ts';

export interface Ssm extends SandboxService {
  readonly parameters: Parameters;
}

export interface SsmPorts {
  readonly authorize: Authorize;
  readonly simulation: Pick<Simulation, 'now'>;
}

/** Systems Manager: parameters. */
export function ssm({ authorize, simulation }: SsmPorts): Ssm {
  const parameters = new Parameters();
  return {
    parameters,
    endpoint: ssmService({ parameters, authorize }),
    resources: {
      'AWS::SSM::Parameter': ({ arn = '', properties }) => {
        parameters.set(arn, {
          value: textOf(properties['Value']),
          type: textOf(properties['Type'] ?? 'String'),
          dataType: textOf(properties['DataType'] ?? 'text'),
          lastModified: simulation.now(),
        });
      },
    },
  };
}
