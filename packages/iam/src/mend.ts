import type { Condition } from './condition.ts';
import { valuesOf } from './context-values.ts';
import type { Mend } from './decision.ts';
import type { ExaminedMiss } from './near-miss.ts';
import type { PlainStatement, StatementJson } from './policy-document.ts';
import { hasAccount, identityArn, type Principal } from './principal.ts';
import type { Question } from './question.ts';
import { resourcePolicyName } from './resource-policy.ts';
import type { PolicyType } from './statement.ts';

/** Operators whose expected value can simply be replaced by the value that came. */
const ASKS_FOR_A_VALUE =
  /^(?:ForA\w+:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|Bool)(?:IfExists)?$/;

/** Names of a principal's own documents. SCPs are absent, as accounts cannot fix what their organization forbids. */
const OWN_DOCUMENTS: ReadonlyMap<PolicyType, string> = new Map([
  ['identity', 'identity policy'],
  ['boundary', 'permissions boundary'],
  ['session', 'session policy'],
]);

/** The statement that closes one gap, or undefined when no statement can. */
export function mendFor(question: Question, type: PolicyType, misses: readonly ExaminedMiss[]): Mend | undefined {
  const { principal, resource, action } = question.request;
  const closest = misses[0];
  const corrected = closest?.failed === 'condition' ? correctedConditions(closest, question) : undefined;
  if (closest?.failed === 'condition' && corrected === undefined) return undefined;

  if (type !== 'resource') {
    const document = OWN_DOCUMENTS.get(type);
    if (document === undefined || !hasAccount(principal)) return undefined;
    const fresh: StatementJson = { Effect: 'Allow', Action: action, Resource: worthwhileResource(resource) };
    return { document, of: identityArn(principal), statement: corrected ?? fresh };
  }
  const document = resourcePolicyName(question.request);
  if (document === undefined || principal.kind === 'anonymous') return undefined;
  return { document, of: resource, statement: corrected ?? grant(question, principal, document) };
}

/** The statement with the request's own values in the conditions that failed. */
function correctedConditions({ source, unmet }: ExaminedMiss, { context }: Question): StatementJson | undefined {
  const values = (condition: Condition) => valuesOf(context, condition.contextKey);
  if (!unmet.every((it) => ASKS_FOR_A_VALUE.test(it.operator) && values(it) !== undefined)) return undefined;
  const conditions = structuredClone(source.plain.Condition) ?? new Map<string, Map<string, string[]>>();
  for (const it of unmet) conditions.get(it.operator)?.set(it.key, [...(values(it) ?? [])]);
  return { ...asWritten(source.plain), Condition: tidy(conditions) };
}

/** The statement with its principals and conditions as objects. */
const asWritten = ({ Principal, NotPrincipal, Condition: _, ...rest }: PlainStatement): StatementJson => ({
  ...rest,
  ...(Principal && { Principal: Object.fromEntries(Principal) }),
  ...(NotPrincipal && { NotPrincipal: Object.fromEntries(NotPrincipal) }),
});

const tidy = (conditions: ReadonlyMap<string, ReadonlyMap<string, string[]>>): StatementJson['Condition'] =>
  Object.fromEntries(
    [...conditions].map(([operator, keys]) => [
      operator,
      Object.fromEntries([...keys].map(([key, values]) => [key, singleOrList(values)])),
    ]),
  );

const singleOrList = (values: string[]): string | string[] => (values.length === 1 ? (values[0] ?? '') : values);

/** A new statement for a resource policy that names the principal. */
function grant(
  { request, context }: Question,
  principal: Exclude<Principal, { kind: 'anonymous' }>,
  document: string,
): StatementJson {
  const { action, resource, resourceAccount } = request;
  const scope =
    document === 'trust policy' ? {} : { Resource: document === 'key policy' ? '*' : worthwhileResource(resource) };
  if (principal.kind === 'service') {
    return { Effect: 'Allow', Principal: { Service: principal.service }, Action: action, ...scope };
  }
  if (principal.kind === 'federated') {
    return { Effect: 'Allow', Principal: { Federated: principal.provider }, Action: action, ...scope };
  }
  const arn = identityArn(principal);
  if (document !== 'trust policy' || principal.account === resourceAccount) {
    return { Effect: 'Allow', Principal: { AWS: arn }, Action: action, ...scope };
  }
  // A trust policy may not name a role that does not exist yet; the account's root with a condition on the role may.
  const externalId = valuesOf(context, 'sts:externalid');
  return {
    Effect: 'Allow',
    Principal: { AWS: `${arn.split(':', 2).join(':')}:iam::${principal.account}:root` },
    Action: action,
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': arn },
      ...(externalId && { StringEquals: { 'sts:ExternalId': singleOrList([...externalId]) } }),
    },
  };
}

/** The ARN one would write in a policy: a single execution, or a single object, stands for its siblings too. */
function worthwhileResource(resource: string): string {
  return resource
    .replace(/^(arn:[^:]+:states:[^:]*:\d{12}:(?:execution|express|mapRun):[^:]+:).+$/, '$1*')
    .replace(/^(arn:[^:]+:s3:::[^/]+\/).+$/, '$1*');
}
