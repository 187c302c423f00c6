import type { Stack } from '@crosswind/assembly/resolve';
import type { Json } from '@crosswind/aws/json';
import { type Located, resources } from '../rules/rule.ts';
import { type TemplatePolicy, policiesIn } from './policies-in.ts';
import { type Statement, isAllow, textsOf } from './statement.ts';

/** A statement that allows something to a principal, and its place. */
export interface Grant {
  readonly at: Located;
  readonly property: string;
  readonly statement: Statement;
}

/** A role, user, group or permission set with every statement of every policy that it has. */
export interface Principal {
  /** For example `role app of 111111111111`. */
  readonly name: string;
  /** ARNs of what it is made of: its own, if a template makes it, and those of the managed policies that it has. */
  readonly own: ReadonlySet<string>;
  readonly allows: readonly Grant[];
  readonly denies: readonly Statement[];
}

type Kind = 'role' | 'user' | 'group' | 'permission set';

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
  'AWS::SSO::PermissionSet': 'permission set',
};

/** Properties that name the principals of a policy (CloudFormation reference of the policy types of IAM). */
const holders: readonly (readonly [property: string, Kind])[] = [
  ['Roles', 'role'],
  ['RoleName', 'role'],
  ['Users', 'user'],
  ['UserName', 'user'],
  ['Groups', 'group'],
  ['GroupName', 'group'],
];

/** Every principal to whom a template gives something, with what all its policies together say. */
export function principalsOf(stacks: readonly Stack[]): readonly Principal[] {
  const located = resources(stacks);
  const held = new Map<string, Held>();
  const give = (key: string, { policies, arns }: Held): void => {
    const known = held.get(key);
    held.set(key, {
      policies: [...(known?.policies ?? []), ...policies],
      arns: [...(known?.arns ?? []), ...arns],
    });
  };
  const managed = new Map<string, Held>();
  for (const at of located) {
    const { arn, type } = at.resource;
    const own = {
      policies: policiesIn(at).filter(({ use }) => use === 'identity'),
      arns: arn === undefined ? [] : [arn],
    };
    for (const key of keysOf(at)) give(key, own);
    if (type === 'AWS::IAM::ManagedPolicy' && arn !== undefined) managed.set(arn, own);
  }
  for (const at of located) {
    const attached = textsOf(at.resource.properties['ManagedPolicyArns']).flatMap((arn) => managed.get(arn) ?? []);
    for (const key of keysOf(at)) for (const policy of attached) give(key, policy);
  }
  for (const [user, group] of memberships(located)) give(user, held.get(group) ?? { policies: [], arns: [] });
  const worlds = new Map<string, number>();
  for (const { path } of stacks) worlds.set(path, (worlds.get(path) ?? 0) + 1);
  return [...held].map(([name, { policies, arns }]) => ({ name, own: new Set(arns), ...split(policies, worlds) }));
}

interface Held {
  readonly policies: readonly TemplatePolicy[];
  readonly arns: readonly string[];
}

/** Keys of the principals that a resource is or gives its policies to. */
function keysOf({ stack, resource: { type, name, properties } }: Located): readonly string[] {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind !== undefined) return [keyOf(kind, name, stack)];
  if (!type.startsWith('AWS::IAM::')) return [];
  return holders.flatMap(([property, of]) => textsOf(properties[property]).map((holder) => keyOf(of, holder, stack)));
}

const keyOf = (kind: Kind, name: string, { account }: Stack): string => `${kind} ${name} of ${account}`;

/** Users and the groups that they are in. */
const memberships = (located: readonly Located[]): readonly (readonly [user: string, group: string])[] =>
  located.flatMap(({ stack, resource: { type, name, properties } }) => {
    const pairs = (users: Json | undefined, groups: Json | undefined): readonly (readonly [string, string])[] =>
      textsOf(users).flatMap((user) =>
        textsOf(groups).map((group) => [keyOf('user', user, stack), keyOf('group', group, stack)] as const),
      );
    if (type === 'AWS::IAM::User') return pairs(name, properties['Groups']);
    return type === 'AWS::IAM::UserToGroupAddition' ? pairs(properties['Users'], properties['GroupName']) : [];
  });

/** @param worlds how many times each stack is there, by its path */
function split(
  policies: readonly TemplatePolicy[],
  worlds: ReadonlyMap<string, number>,
): Pick<Principal, 'allows' | 'denies'> {
  const grants = policies.flatMap(({ at, property, statements }) =>
    statements.map((statement): Grant => ({ at, property, statement })),
  );
  return {
    allows: grants.filter(({ statement }) => isAllow(statement)),
    denies: inEveryWorld(
      grants.filter(({ statement }) => !isAllow(statement)),
      worlds,
    ),
  };
}

/** The denials that are there however the conditions of their stack are met. */
function inEveryWorld(denials: readonly Grant[], worlds: ReadonlyMap<string, number>): readonly Statement[] {
  const stacks = new Map<string, Set<Stack>>();
  const keyOfDenial = ({ at, property, statement }: Grant): string =>
    JSON.stringify([at.stack.path, at.resource.logicalId, property, statement]);
  for (const denial of denials) {
    const key = keyOfDenial(denial);
    stacks.set(key, (stacks.get(key) ?? new Set()).add(denial.at.stack));
  }
  return denials
    .filter((denial) => stacks.get(keyOfDenial(denial))?.size === worlds.get(denial.at.stack.path))
    .map(({ statement }) => statement);
}
