import { isUnresolved } from '@crosswind/aws/json';
import type { Condition } from './condition.ts';
import type { Undecidable } from './decision.ts';
import { variablesIn } from './policy-variables.ts';
import { principalName } from './principal.ts';
import type { Question } from './question.ts';
import { ownedResource, type AccessRequest } from './request.ts';
import type { Statement } from './statement.ts';
import type { Verdict } from './verdicts.ts';

/** The decision on an action that no service is known to have. */
export const undecidableAction = (request: AccessRequest): Undecidable =>
  decisionOn(request, [`the service authorization reference has no action ${request.action}`]);

/** The decision on a request that statements depend on in a way that cannot be known. */
export const undecidable = (question: Question, open: readonly Verdict[]): Undecidable =>
  decisionOn(
    question.request,
    open.map(({ source, statement }) => {
      if (source.isUnknown) return `the statements of ${source.name} are not known`;
      const verb = statement.effect === 'Allow' ? 'allows' : 'denies';
      const keys = keysOf(statement).flatMap((key) => whatIsMissing(key, question));
      const unknown = new Set([...keys, ...unresolvedIn(statement), ...assumedIn(question)]);
      return `${statement.label} of ${source.name} ${verb} it or not, depending on ${[...unknown].join(' and ')}`;
    }),
  );

function decisionOn(request: AccessRequest, unknowns: readonly string[]): Undecidable {
  const { principal, action } = request;
  const what = `whether ${principalName(principal)} may ${action} on ${ownedResource(request)} cannot be decided`;
  return { allowed: false, kind: 'undecidable', reason: `${what}: ${unknowns.join('; ')}`, unknowns };
}

/** Values of the statement that are not known before deployment. */
const unresolvedIn = ({ actions, resources, principals, conditions }: Statement): readonly string[] =>
  [
    ...actions.values,
    ...(resources?.values ?? []).map(({ text }) => text),
    ...(principals?.values.names ?? []),
    ...conditions.flatMap(({ expected }) => expected),
  ]
    .filter(isUnresolved)
    .map((text) => `"${text}"`);

const assumedIn = ({ request }: Question): readonly string[] =>
  request.isResourceAssumed ? [`the ARN of the resource (assumed: ${request.resource})`] : [];

/** The condition keys on which it depends whether the statement applies. */
const keysOf = ({ conditions, resources }: Statement): readonly string[] => [
  ...(resources?.values ?? []).flatMap((pattern) => (pattern.segments === undefined ? variablesIn(pattern.text) : [])),
  ...conditions.flatMap(keysOfCondition),
];

const keysOfCondition = ({ key, expected, variables }: Condition): readonly string[] => [
  key,
  ...(variables ? expected.flatMap(variablesIn) : []),
];

function whatIsMissing(key: string, { context }: Question): readonly string[] {
  const value = context.get(key.toLowerCase());
  if (value === 'untold') return [`${key} (AWS sends it with every such request, this one does not carry it)`];
  return value === 'undocumented' ? [`${key} (AWS documents no such key, and the request does not carry it)`] : [];
}
