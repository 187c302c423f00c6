import { textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import { type AwsJsonOperation, awsJsonService } from '../../aws-json/aws-json-service.ts';
import type { HttpService } from '../../endpoint.ts';
import { queryProtocol } from '../../protocols/query-protocol.ts';
import { changeSetOperations } from './change-set-operations.ts';
import type { CloudFormationApi, CloudFormationOperation } from './cloudformation-api.ts';
import { describeEvents } from './describe-events.ts';
import { describeOperations } from './describe-operations.ts';
import { driftOperations } from './drift-operations.ts';
import { fieldKinds } from './field-kinds.ts';
import { refuseParameters } from './honored-parameters.ts';
import { stackOperations } from './stack-operations.ts';
import { templateOperations } from './template-operations.ts';

const others = [
  queryProtocol({
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    kinds: fieldKinds,
    codes: { AccessDeniedException: 'AccessDenied' },
  }),
];

/** Operations by their names. */
export const cloudFormationOperations: ReadonlyMap<string, CloudFormationOperation> = new Map([
  ...stackOperations,
  ...changeSetOperations,
  ...describeOperations,
  ['DescribeEvents', describeEvents] as const,
  ...templateOperations,
  ...driftOperations,
]);

/** CloudFormation over HTTP, the query protocol. */
export function cloudFormationService(api: CloudFormationApi): HttpService {
  return awsJsonService({
    title: 'CloudFormation',
    signingName: 'cloudformation',
    target: 'CloudFormation_20100515',
    version: '1.1',
    operations: new Map(
      [...cloudFormationOperations].map(([name, operation]): [string, AwsJsonOperation] => [
        name,
        reporting(api, name, operation),
      ]),
    ),
    others,
  });
}

/** The operation; a denial is reported with its fix, which AWS's words do not give. */
const reporting =
  (api: CloudFormationApi, name: string, operation: CloudFormationOperation): AwsJsonOperation =>
  async (call) => {
    refuseParameters(name, call.body);
    try {
      return await operation(api, call);
    } catch (error) {
      if (error instanceof AwsJsonError && error.denied) {
        const { principal, region, body } = call;
        api.onDenied({ stack: textOf(body['StackName']), account: principal.account, region, denied: error.denied });
      }
      throw error;
    }
  };
