import { textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Parameters } from './parameters.ts';

export interface SsmServicePorts {
  readonly parameters: Parameters;
  readonly authorize: Authorize;
}

/** Systems Manager over HTTP, the JSON protocol: GetParameter. */
export function ssmService({ parameters, authorize }: SsmServicePorts): HttpService {
  const getParameter: AwsJsonOperation = (call) => {
    const { principal, region, body } = call;
    const name = textOf(body['Name']);
    const arn = `arn:${partitionOf(region)}:ssm:${region}:${principal.account}:parameter/${name.replace(/^\//, '')}`;
    permit(authorize, call, 'ssm:GetParameter', arn);
    const parameter = parameters.parameter(arn);
    if (parameter === undefined) throw new AwsJsonError('ParameterNotFound', name);
    return {
      Parameter: {
        Name: name,
        Type: parameter.type,
        Value: parameter.value,
        ARN: arn,
        Version: 1,
        DataType: parameter.dataType,
        LastModifiedDate: parameter.lastModified / 1_000,
      },
    };
  };
  return awsJsonService({
    title: 'Systems Manager',
    signingName: 'ssm',
    target: 'AmazonSSM',
    version: '1.1',
    operations: new Map([['GetParameter', getParameter]]),
  });
}
