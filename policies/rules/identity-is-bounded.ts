import { isUnresolved } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { guardNames } from '../organization/guarded.ts';
import { textsOf } from '../access/statement.ts';
import { type Finding, findingAt, type Located, type Rule, resourcesOfType } from './rule.ts';

export const identityIsBounded: Rule = {
  id: 'ACCESS-5',
  severity: 'error',
  requires: 'Every role has the permissions boundary of its account, and no template makes a user.',
  because: 'Without the boundary, a role can do whatever its policies say, and its account refuses to create it.',
  fix: `Leave \`permissionsBoundary\` to the app, which sets ${guardNames.boundary} on all roles; where the CDK does not reach (an override, a \`CfnResource\`, an included template), write \`PermissionsBoundary\` yourself.`,
  check: ({ possible, kinds }) => {
    if (kinds === undefined) return [];
    return [
      ...resourcesOfType(possible, 'AWS::IAM::Role').flatMap(unbounded),
      ...resourcesOfType(possible, 'AWS::IAM::User').map((at) =>
        findingAt(at, {
          property: 'Type',
          message: 'it is a user, whose keys live for ever: expected a role',
          fix: 'Write a role, and let people or machines assume it.',
        }),
      ),
    ];
  },
};

function unbounded(at: Located): readonly Finding[] {
  const { account, region } = at.stack;
  const expected = `arn:${partitionOf(region)}:iam::${account}:policy/${guardNames.boundary}`;
  const [boundary] = textsOf(at.resource.properties['PermissionsBoundary']);
  if (boundary === expected) return [];
  const got =
    boundary === undefined
      ? 'none'
      : isUnresolved(boundary)
        ? `one that only the deployment knows (${boundary})`
        : boundary;
  return [
    findingAt(at, {
      property: 'Properties.PermissionsBoundary',
      message: `expected the boundary ${expected}, got ${got}`,
    }),
  ];
}
