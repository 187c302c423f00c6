import { isUnresolved } from '@crosswind/aws/json';
import { managedPolicy } from '@crosswind/aws/managed-policies';
import { actionPatterns, isEverything, isWholeService, resourcePatterns } from '../access/breadth.ts';
import { isAllow, matches, textsOf } from '../access/statement.ts';
import { type Located, type Rule, findingAt, resources, resourcesOfType } from './rule.ts';

/** Properties that attach policies by ARN (CloudFormation reference of roles, users, groups and permission sets). */
const attaching: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'ManagedPolicyArns',
  'AWS::IAM::User': 'ManagedPolicyArns',
  'AWS::IAM::Group': 'ManagedPolicyArns',
  'AWS::SSO::PermissionSet': 'ManagedPolicies',
};

export const attachedPolicyIsNarrow: Rule = {
  id: 'ACCESS-3',
  severity: 'error',
  requires: 'A role, user or group has no policy of administrators, and no policy or group that is in no template.',
  because: 'What is attached counts as if it were written there, and AWS changes its policies without asking.',
  fix: 'Write a policy with the actions and resources that are needed, and attach that.',
  check: ({ possible }) => {
    const own = new Set(resourcesOfType(possible, 'AWS::IAM::ManagedPolicy').map(({ resource }) => resource.arn));
    const groups = new Set(
      resourcesOfType(possible, 'AWS::IAM::Group').map(({ stack, resource }) => `${stack.account} ${resource.name}`),
    );
    return resources(possible).flatMap((at) => [
      ...attachedTo(at).flatMap(({ arn, property }) => {
        const message = own.has(arn) ? undefined : objection(arn);
        return message === undefined ? [] : [findingAt(at, { property, message })];
      }),
      ...joinedBy(at)
        .filter(({ group }) => !groups.has(`${at.stack.account} ${group}`))
        .map(({ group, property }) =>
          findingAt(at, { property, message: `it joins the group ${group}, whose policies are in no template` }),
        ),
    ]);
  },
};

function attachedTo({ resource: { type, properties } }: Located): readonly { arn: string; property: string }[] {
  const name = Object.hasOwn(attaching, type) ? attaching[type] : undefined;
  if (name === undefined) return [];
  return textsOf(properties[name]).map((arn, index) => ({ arn, property: `Properties.${name}.${index}` }));
}

/** Groups that a user gets, since their policies are then its own. */
function joinedBy({ resource: { type, properties } }: Located): readonly { group: string; property: string }[] {
  if (type === 'AWS::IAM::UserToGroupAddition') {
    return textsOf(properties['GroupName']).map((group) => ({ group, property: 'Properties.GroupName' }));
  }
  return type === 'AWS::IAM::User'
    ? textsOf(properties['Groups']).map((group, index) => ({ group, property: `Properties.Groups.${index}` }))
    : [];
}

/**
 * AWS managed policies that allow everything of a service or more (AWS Managed Policy Reference Guide): those that say so
 * in their names, and some that do not.
 */
const wide =
  /administrator|admin(?![a-z])|poweruser|full_?access|fullcontrol|^SecretsManagerReadWrite$|^job-function\/DataScientist$|^service-role\/AmazonEC2RoleforSSM$/i;

function objection(arn: string): string | undefined {
  if (isUnresolved(arn)) return `it attaches a policy that only the deployment knows (${arn})`;
  const managed = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (managed === undefined) return `it attaches ${arn}, whose statements are in no template`;
  if (wide.test(managed)) return `it attaches the AWS managed policy ${managed} (${arn})`;
  const breadth = breadthOf(arn);
  return breadth === undefined
    ? undefined
    : `it attaches the AWS managed policy ${managed} (${arn}), which allows ${breadth}`;
}

/** Actions that read what tenants keep; one that allows them everywhere reads everything of the account. */
const reading = [
  's3:GetObject',
  'dynamodb:GetItem',
  'secretsmanager:GetSecretValue',
  'kms:Decrypt',
  'sqs:ReceiveMessage',
  'ssm:GetParameter',
];

/** Breadth of an AWS managed policy that a policy of one's own may not have. */
function breadthOf(arn: string): string | undefined {
  const { Statement: statements = [] } = managedPolicy(arn) ?? {};
  for (const statement of [statements].flat()) {
    if (!isAllow(statement) || statement['Condition'] !== undefined) continue;
    if (!resourcePatterns(statement).some(isEverything)) continue;
    const actions = actionPatterns(statement);
    const whole = actions.find(isWholeService);
    if (whole !== undefined || statement['NotAction'] !== undefined)
      return `${whole ?? 'all but some actions'} on everything`;
    const read = reading.find((action) => actions.some((pattern) => matches(pattern, action)));
    if (read !== undefined) return `${read} on everything`;
  }
  return undefined;
}
