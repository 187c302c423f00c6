import type { Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

export const foreignTrustIsBound: Rule = {
  id: 'TRUST-1',
  severity: 'error',
  requires: 'A role that trusts another account asks for sts:ExternalId or for membership of the organization.',
  because: 'Otherwise anyone who controls that account, or misleads a service in it, controls this role, too.',
  fix: "Add a condition: StringEquals on sts:ExternalId (as `TargetRole` does), or on aws:PrincipalOrgID (`new OrganizationPrincipal('o-…')`).",
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::IAM::Role').flatMap((role) =>
      statements(role.resource.properties['AssumeRolePolicyDocument'])
        .filter(({ Effect, Condition }) => Effect === 'Allow' && !isBound(Condition))
        .flatMap((statement) => foreign(statement, role.stack))
        .map((principal) =>
          findingAt(role, {
            property: 'Properties.AssumeRolePolicyDocument',
            message: `it trusts ${principal} without such a condition`,
          }),
        ),
    ),
};

const manyOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? listOf(value) : value === undefined ? [] : [value];

const statements = (document: Json | undefined): readonly JsonObject[] =>
  manyOf(objectOf(document)['Statement']).filter(isObject);

/** The principals of a statement that are not certainly of the stack's own account. */
function foreign(
  { Principal: principal, NotPrincipal: except }: JsonObject,
  { account, region }: Stack,
): readonly string[] {
  if (except !== undefined) return [`everybody but ${JSON.stringify(except)}`];
  const named = principal === '*' ? ['*'] : manyOf(objectOf(principal)['AWS']).map(textOf);
  return named.filter((name) => name !== account && !name.startsWith(`arn:${partitionOf(region)}:iam::${account}:`));
}

/** Keys that only the one who is meant can satisfy (global condition keys; confused deputy problem). */
const bindingKeys = ['sts:externalid', 'aws:principalorgid', 'aws:principalorgpaths'];

/** Operators that fail where the key is absent: `…IfExists` and `ForAllValues:` pass then. */
const bindingOperator = /^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/i;

const isBound = (condition: Json | undefined): boolean =>
  Object.entries(objectOf(condition)).some(
    ([operator, keys]) =>
      bindingOperator.test(operator) &&
      Object.entries(objectOf(keys)).some(
        ([key, values]) => bindingKeys.includes(key.toLowerCase()) && namesSomebody(manyOf(values).map(textOf)),
      ),
  );

/** True if there is a value, and none consists of wildcards alone. */
const namesSomebody = (values: readonly string[]): boolean =>
  values.length > 0 && values.every((value) => /[^*?]/.test(value));
