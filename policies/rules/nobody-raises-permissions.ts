import { actionPatterns, isBroad, namesResourcesByCondition, resourcePatterns } from '../access/breadth.ts';
import { type Escalation, runningAs, takingOver, writingPermissions } from '../access/escalations.ts';
import { type Grant, type Principal, principalsOf } from '../access/principals.ts';
import {
  atMost,
  type ConditionKey,
  conditionsOf,
  isBinding,
  matches,
  printed,
  type Statement,
  textsOf,
} from '../access/statement.ts';
import { isUnresolved } from '@crosswind/aws/json';
import { type Finding, type Rule, findingAt, resourcesOfType } from './rule.ts';

export const nobodyRaisesPermissions: Rule = {
  id: 'ACCESS-4',
  severity: 'error',
  requires: 'All policies of a role, user or group together do not let it raise its own permissions.',
  because: 'Anyone who holds it, or breaks into code that runs as it, becomes an administrator of the account.',
  fix: 'Leave out one of the actions, pass and write only what this platform makes (by its ARN), or ask new roles for a boundary (iam:PermissionsBoundary).',
  check: ({ possible }) => {
    const roles = new Set(resourcesOfType(possible, 'AWS::IAM::Role').flatMap(({ resource: { arn } }) => arn ?? []));
    return principalsOf(possible).flatMap((principal) => waysUp(principal, roles));
  },
};

/** One finding for a principal, at the first of the statements that it is about. */
function waysUp(principal: Principal, roles: ReadonlySet<string>): readonly Finding[] {
  const ways = [...alone(principal), ...becoming(principal), ...withPassRole(principal, roles)];
  const [first] = ways.flatMap(({ grants }) => grants);
  if (first === undefined) return [];
  const statements = [...new Set(ways.flatMap(({ grants }) => grants.map(({ statement }) => printed(statement))))];
  const actions = ways.map((way) => way.actions.join(' with ')).join(', ');
  const message = `${principal.name} can raise its permissions by ${actions}: ${statements.join(' and ')}`;
  return [findingAt(first.at, { property: first.property, message })];
}

interface Way {
  readonly actions: readonly string[];
  readonly grants: readonly Grant[];
}

/** Actions that need no other, on resources that are not named, or on what makes up the principal itself. */
const alone = (principal: Principal): readonly Way[] =>
  [...writingPermissions, ...takingOver].flatMap((action) => {
    const grants = grantsOf(principal, action).filter(
      ({ statement }) =>
        resourcePatterns(statement).some(
          (resource) => isTooBroad(action, resource, statement) || principal.own.has(resource),
        ) || statement['NotResource'] !== undefined,
    );
    return grants.length === 0 ? [] : [{ actions: [action], grants: grants.slice(0, 1) }];
  });

/** Actions for which a prefix of names is enough: trust policies decide too, and a build runs as its project does. */
const byPrefix = new Set(['sts:AssumeRole', 'codebuild:StartBuild', 'codebuild:StartBuildBatch']);

/** True if the resource is not named as the action needs it. */
function isTooBroad(action: string, resource: string, statement: Statement): boolean {
  if (!byPrefix.has(action)) return isBroad(resource);
  const [, account = '', name = ''] = /^arn:[^:*?]+:[^:]*:[^:]*:([^:]*):[a-z]+\/(.*)$/.exec(resource) ?? [];
  const isNamedAccount = /^\d{12}$/.test(account) || conditionsOf(statement).some(isOfOrganization);
  return !isNamedAccount || !/^[^*?]/.test(name);
}

/** True for a condition that asks for resources of one organization or account. */
const isOfOrganization = ({ operator, key, values }: ConditionKey): boolean =>
  /^aws:resource(orgid|orgpaths|account)$/.test(key) &&
  isBinding(operator) &&
  values.length > 0 &&
  values.every((value) => /^[^*?]+/.test(atMost(value)));

/** Actions that write the permissions of a role, for which that role has no boundary to keep to. */
const writingRoles = writingPermissions.filter((action) => /^iam:(Put|Attach)RolePolicy$/.test(action));

/** Writing the permissions or the trust of a role by name, and becoming it. */
function becoming(principal: Principal): readonly Way[] {
  const assumed = grantsOf(principal, 'sts:AssumeRole');
  const both = writingRoles.flatMap((action) =>
    grantsOf(principal, action).flatMap((grant) => {
      const same = assumed.find(({ statement }) => overlap(statement, grant.statement));
      return same ? [{ actions: [action, 'sts:AssumeRole'], grants: [grant, same] }] : [];
    }),
  );
  const trust = 'iam:UpdateAssumeRolePolicy';
  // Where it is broad, `alone` finds it.
  const trusted = grantsOf(principal, trust)
    .filter(({ statement }) => !resourcePatterns(statement).some(isBroad) && statement['NotResource'] === undefined)
    .map((grant) => ({ actions: [trust], grants: [grant] }));
  return [...both.slice(0, 1), ...trusted.slice(0, 1)];
}

const overlap = (one: Statement, other: Statement): boolean =>
  resourcePatterns(one).some((left) =>
    resourcePatterns(other).some((right) => matches(left, right) || matches(right, left)),
  );

/** Roles passed that no template makes, with something that runs as them or writes permissions. */
function withPassRole(principal: Principal, roles: ReadonlySet<string>): readonly Way[] {
  const passes = grantsOf(principal, 'iam:PassRole');
  const foreign = passes.filter(({ statement }) => resourcePatterns(statement).some((role) => !roles.has(role)));
  const first = (given: readonly Grant[], way: Escalation): readonly Way[] =>
    given.flatMap((pass) => complete(principal, pass, way) ?? []).slice(0, 1);
  return [
    ...runningAs.flatMap((way) => first(foreign, way)),
    ...writingPermissions.flatMap((action) => first(passes, { needs: [[action]] })),
  ];
}

function complete(principal: Principal, pass: Grant, { needs }: Escalation): Way | undefined {
  const found = needs.map((choice) =>
    choice.flatMap((action) => grantsOf(principal, action).map((grant) => ({ action, grant }))).at(0),
  );
  const parts = found.flatMap((part) => part ?? []);
  if (parts.length < needs.length || !passesTo(pass.statement, parts[0]?.action ?? '')) return undefined;
  return {
    actions: ['iam:PassRole', ...parts.map(({ action }) => action)],
    grants: [pass, ...parts.map(({ grant }) => grant)],
  };
}

/** False if the role may be passed to other services only than the one that the action asks (iam:PassedToService). */
function passesTo(pass: Statement, action: string): boolean {
  const service = action.split(':')[0] ?? '';
  if (service === 'iam') return true;
  const named = conditionsOf(pass).filter(
    ({ key, operator }) => key === 'iam:passedtoservice' && /^String(Equals|Like)/i.test(operator),
  );
  return named.every(({ values }) =>
    values.some((value) => matches(value, `${principalOf[service] ?? service}.amazonaws.com`)),
  );
}

/** Services that take roles under another name than that of their actions (Service Authorization Reference). */
const principalOf: Readonly<Record<string, string>> = { autoscaling: 'ec2', batch: 'ecs-tasks', ecs: 'ecs-tasks' };

/**
 * Statements that allow the action, unless it is denied everywhere. One that allows every service leaves nothing to raise,
 * and ACCESS-1 finds it.
 */
function grantsOf({ allows, denies }: Principal, action: string): readonly Grant[] {
  const names = (statement: Statement): boolean =>
    actionPatterns(statement).some((pattern) => matches(pattern, action) && !/^[*?:]+$/.test(pattern));
  const isDenied = denies.some(
    (statement) =>
      deniedActions(statement).some((pattern) => matches(pattern, action)) &&
      statement['Condition'] === undefined &&
      textsOf(statement['Resource']).includes('*'),
  );
  return isDenied ? [] : allows.filter(({ statement }) => names(statement) && !namesResourcesByCondition(statement));
}

/** The actions that a statement denies for certain: those that only the deployment knows may be others. */
const deniedActions = ({ Action: action }: Statement): readonly string[] =>
  textsOf(action).filter((text) => !isUnresolved(text));
