import type { Resource } from '@crosswind/assembly/resolve';
import { objectOf, textOf, without } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import { type ParameterProps, Parameters } from './parameters.ts';
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
  const parameters = new Parameters(() => simulation.now());
  return {
    parameters,
    endpoint: ssmService({ parameters, authorize }),
    resources: { 'AWS::SSM::Parameter': parameterHandler(parameters) },
  };
}

const parameterHandler = (parameters: Parameters): ResourceHandler => ({
  create: (resource) => {
    const { arn = '', mayBeAbsent } = resource;
    if (parameters.parameter(arn) && !mayBeAbsent) {
      const message =
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
      throw new DeploymentRefused('ParameterAlreadyExists', message);
    }
    parameters.put(arn, described(resource));
  },
  update: (resource) => {
    parameters.put(resource.arn ?? '', described(resource));
  },
  delete: ({ arn = '' }) => {
    parameters.remove(arn);
  },
  read: ({ arn = '' }) => {
    const parameter = parameters.parameter(arn);
    if (!parameter) return undefined;
    const { name, value, type, dataType, tags, details } = parameter;
    const isTagged = Object.keys(tags).length > 0;
    return liveProperties({
      ...details,
      Name: name,
      Type: type,
      Value: value,
      DataType: dataType,
      Tags: isTagged ? tags : undefined,
    });
  },
});

function described({ name, properties }: Resource): ParameterProps {
  const { Value, Type, DataType, Tags, ...details } = without(properties, 'Name');
  const type = textOf(Type ?? 'String');
  return {
    name,
    value: textOf(Value),
    type,
    dataType: textOf(DataType ?? 'text'),
    tags: Object.fromEntries(Object.entries(objectOf(Tags)).map(([key, value]) => [key, textOf(value)])),
    details,
  };
}
