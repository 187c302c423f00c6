import { isBaselineStack, isOfStackSet } from '../../onboarding/baseline/baseline-template.ts';
import { emptyBucket } from './empty-bucket.ts';
import { hasData, type Orphan } from './orphan.ts';

/** A resource that stays, with the command that deletes it. */
export interface Kept {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly name: string;
  readonly command: string;
}

/**
 * The order in which stacks are deleted: alarms and dashboards before what they watch, data last, and the baseline after
 * everything, because its roles delete the others.
 */
export const inOrder = (orphans: readonly Orphan[], monitoringAccount: string): readonly Orphan[] => {
  const rank = (orphan: Orphan): number => {
    if (isBaselineStack(orphan.name)) return 3;
    if (hasData(orphan)) return 2;
    return orphan.account === monitoringAccount ? 0 : 1;
  };
  return [0, 1, 2, 3].flatMap((each) => orphans.filter((orphan) => rank(orphan) === each));
};

/** Commands that delete a stack, in the account and with the rights of its administrator. */
export function deletionOf({ name, region, isProtected, deleted }: Orphan): readonly string[] {
  const stack = `--region ${region} --stack-name ${name}`;
  const buckets = deleted.filter(({ type }) => type === 'AWS::S3::Bucket');
  return [
    ...(isOfStackSet(name)
      ? [`# a StackSet deployed it, and does so again while the account is in one of its units`]
      : []),
    ...(isProtected
      ? [`aws cloudformation update-termination-protection ${stack} --no-enable-termination-protection`]
      : []),
    // CloudFormation deletes only a bucket that is empty.
    ...buckets.map(({ physicalId }) => emptyBucket(physicalId, region)),
    `aws cloudformation delete-stack ${stack}`,
    `aws cloudformation wait stack-delete-complete ${stack}`,
  ];
}

/** Resources that stay of a stack, each with the command that deletes it. */
export const keptOf = ({ account, region, kept }: Orphan): readonly Kept[] =>
  kept.map(({ type, physicalId: name }) => ({ account, region, type, name, command: commandFor(type, name, region) }));

function commandFor(type: string, name: string, region: string): string {
  switch (type) {
    case 'AWS::S3::Bucket':
      return `${emptyBucket(name, region)}; aws s3api delete-bucket --region ${region} --bucket ${name}`;
    case 'AWS::KMS::Key':
      return `aws kms schedule-key-deletion --region ${region} --key-id ${name} --pending-window-in-days 30`;
    case 'AWS::Logs::LogGroup':
      return `aws logs delete-log-group --region ${region} --log-group-name ${name}`;
    case 'AWS::ECR::Repository':
      return `aws ecr delete-repository --region ${region} --repository-name ${name} --force`;
    default:
      return `delete the ${type} ${name} in ${region} by hand`;
  }
}
