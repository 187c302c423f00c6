import { type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import type { HttpService } from '../endpoint.ts';
import { queryProtocol } from '../protocols/query-protocol.ts';
import type { IamApi, IamOperation } from './role-named.ts';
import { changePolicies } from './change-policies.ts';
import { changeRoles } from './change-roles.ts';
import { readPolicies } from './read-policies.ts';
import { readRoles } from './read-roles.ts';

const others = [
  queryProtocol({
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    kinds: {
      times: new Set(['CreateDate', 'UpdateDate']),
      numbers: new Set(['MaxItems', 'MaxSessionDuration']),
      booleans: new Set(),
      lists: new Set(['TagKeys', 'Tags']),
      maps: new Set(),
    },
    codes: { AccessDeniedException: 'AccessDenied' },
  }),
];

/** IAM over HTTP, the query protocol: roles and their policies. */
export function iamService(api: IamApi): HttpService {
  const operations: readonly (readonly [string, IamOperation])[] = [
    ...readRoles,
    ...readPolicies,
    ...changeRoles,
    ...changePolicies,
  ];
  return awsJsonService({
    absent: api.absent,
    title: 'IAM',
    signingName: 'iam',
    target: 'AWSIdentityManagementV20100508',
    version: '1.1',
    operations: new Map(
      operations.map(([name, operation]): [string, AwsJsonOperation] => [name, (call) => operation(api, call)]),
    ),
    others,
  });
}
