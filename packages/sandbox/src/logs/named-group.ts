import { accountOf } from '@crosswind/aws/arn';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { LogGroup } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';
import { invalidParameter } from './requested.ts';

/** ARN of a log group in the caller's account and region, in the form of policies and templates. */
export const groupArn = ({ principal: { account }, region }: AwsJsonCall, name: string): string =>
  `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}:*`;

export interface NamedGroup {
  readonly arn: string;
  readonly name: string;
  readonly group: LogGroup;
}

/** Log group that a request names, by name or by ARN, if the caller may do this with it. */
export function groupNamed(
  { authorize, logGroups }: { readonly authorize: Authorize; readonly logGroups: LogGroups },
  call: AwsJsonCall,
  action: string,
  asked: {
    readonly logGroupName?: string | undefined;
    readonly logGroupIdentifier?: string | undefined;
    /** Stream, where the action is one on streams. */
    readonly stream?: string;
  },
): NamedGroup {
  const name = nameIn(call, asked);
  const arn = groupArn(call, name);
  permit(authorize, call, action, asked.stream === undefined ? arn : arn.replace(/\*$/, `log-stream:${asked.stream}`));
  const group = logGroups.get(arn);
  if (group) return { arn, name, group };
  throw new AwsJsonError('ResourceNotFoundException', 'The specified log group does not exist.');
}

function nameIn(call: AwsJsonCall, { logGroupName, logGroupIdentifier }: Parameters<typeof groupNamed>[3]): string {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be given.');
  }
  const given = logGroupName ?? logGroupIdentifier ?? '';
  if (!given.startsWith('arn:')) return given;
  const name = given.replace(/^.*:log-group:/, '').replace(/:\*$/, '');
  if (groupArn(call, name).startsWith(given.replace(/:\*$/, ''))) return name;
  throw invalidParameter(
    `the sandbox reads log groups of the caller's own account and region only, got ${given} (account ${accountOf(given)}; see docs/sandbox-support.md)`,
  );
}
