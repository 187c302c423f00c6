import { isUnresolved, unresolved } from '@crosswind/aws/json';
import { arnSegments, type ArnSegments } from './arn-pattern.ts';
import { condition, type Condition } from './condition.ts';
import { plainDocument, PolicyError, type PlainStatement, type PolicySource } from './policy-document.ts';
import { isTemplate } from './policy-variables.ts';
import { namedPrincipals, type NamedPrincipals } from './principal-element.ts';
import { refusedResource } from './resource-form.ts';

/** Which of a request's policies a statement belongs to. */
export type PolicyType = 'identity' | 'resource' | 'boundary' | 'session' | 'scp' | 'rcp';

/** An element or its Not… twin. */
interface Choice<Value> {
  readonly values: Value;
  readonly negated: boolean;
}

/** A resource pattern; segments are cut beforehand unless a variable has to be filled in first, or a part is unresolved. */
export interface ResourcePattern {
  readonly text: string;
  readonly segments: ArnSegments | undefined;
}

/** A statement ready for comparison with requests. */
export interface Statement {
  /** `statement "Poll"` or `statement 2`. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns in lower case. */
  readonly actions: Choice<readonly string[]>;
  /** Absent where a resource policy speaks of its own resource, as trust policies do. */
  readonly resources: Choice<readonly ResourcePattern[]> | undefined;
  /** Absent in identity policies, whose principal is the role itself. */
  readonly principals: Choice<NamedPrincipals> | undefined;
  readonly conditions: readonly Condition[];
  readonly plain: PlainStatement;
}

/** A policy whose statements are not known: it may allow anything, so what it alone could allow is undecidable. */
export function unknownPolicy(name: string, type: PolicyType): PolicySource {
  const statement = { Effect: 'Allow', Action: '*', Resource: unresolved } as const;
  const Statement = type === 'resource' || type === 'rcp' ? { ...statement, Principal: '*' as const } : statement;
  return { name, document: { Version: '2012-10-17', Statement }, isUnknown: true };
}

/** Parsed documents by the rules that they were checked with. */
const compiled = {
  iam: new WeakMap<object, readonly Statement[]>(),
  resource: new WeakMap<object, readonly Statement[]>(),
  scp: new WeakMap<object, readonly Statement[]>(),
  rcp: new WeakMap<object, readonly Statement[]>(),
};

/** Rules for policies of a type. IAM reads those of identities; other services have rules of their own. */
const rulesOf = (type: PolicyType): keyof typeof compiled =>
  type === 'resource' || type === 'scp' || type === 'rcp' ? type : 'iam';

/** The statements of a policy, parsed the first time its document is met. */
export function statementsOf(source: PolicySource, type: PolicyType): readonly Statement[] {
  const cache = compiled[rulesOf(type)];
  const known = cache.get(source.document);
  if (known !== undefined) return known;
  const { Version, Statement } = plainDocument(source);
  const statements = Statement.map((plain, at) => {
    const label = plain.Sid ? `statement "${plain.Sid}"` : `statement ${at + 1}`;
    try {
      checkShape(plain, type);
      return compile(plain, label, Version === '2012-10-17');
    } catch (error) {
      throw error instanceof PolicyError ? error.in(`${label} of ${source.name}`, at) : error;
    }
  });
  cache.set(source.document, statements);
  return statements;
}

function checkShape(plain: PlainStatement, type: PolicyType): void {
  const named = plain.Principal ?? plain.NotPrincipal;
  const hasResource = (plain.Resource ?? plain.NotResource) !== undefined;
  if (type === 'resource' && named === undefined)
    throw new PolicyError('needs a Principal, as every resource policy does');
  if (type === 'rcp') checkResourceControl(plain);
  else if (type !== 'resource' && named !== undefined)
    throw new PolicyError('has a Principal, which only resource policies may');
  if (plain.NotPrincipal && plain.Effect === 'Allow')
    throw new PolicyError('combines NotPrincipal with Allow, which AWS refuses');
  if (!hasResource && type !== 'resource') throw new PolicyError('needs a Resource');
  if (rulesOf(type) !== 'iam') return;
  for (const resource of plain.Resource ?? plain.NotResource ?? []) {
    const refusal = refusedResource(resource);
    if (refusal !== undefined) throw new PolicyError(refusal);
  }
}

/** Rules of resource control policies (AWS Organizations User Guide: "RCP syntax"). */
function checkResourceControl({ Principal, NotAction }: PlainStatement): void {
  const names = [...(Principal ?? [])].flatMap(([kind, named]) => named.map((name) => `${kind} ${name}`));
  if (names.length === 0 || names.some((name) => name !== 'AWS *'))
    throw new PolicyError('needs "Principal": "*", as every resource control policy does; name callers in a Condition');
  if (NotAction !== undefined)
    throw new PolicyError('has NotAction, which resource control policies may not; use Action');
}

function compile(plain: PlainStatement, label: string, variables: boolean): Statement {
  const named = plain.Principal ?? plain.NotPrincipal;
  const resources = plain.Resource ?? plain.NotResource;
  return {
    label,
    effect: plain.Effect,
    actions: {
      values: (plain.Action ?? plain.NotAction ?? []).map(actionPattern),
      negated: plain.NotAction !== undefined,
    },
    resources: resources && {
      values: resources.map((text) => resourcePattern(text, variables)),
      negated: plain.NotResource !== undefined,
    },
    principals: named && { values: namedPrincipals(named), negated: plain.NotPrincipal !== undefined },
    conditions: [...(plain.Condition ?? [])].flatMap(([operator, keys]) => conditionsOf(operator, keys, variables)),
    plain,
  };
}

const conditionsOf = (
  operator: string,
  keys: ReadonlyMap<string, readonly string[]>,
  variables: boolean,
): readonly Condition[] => [...keys].map(([key, expected]) => condition(operator, key, expected, variables));

function actionPattern(action: string): string {
  if (!isUnresolved(action) && action !== '*' && action !== '*:*' && !/^[\w-]+:[\w*?-]+$/.test(action))
    throw new PolicyError(`${JSON.stringify(action)} is not an action`);
  return action.toLowerCase();
}

function resourcePattern(text: string, variables: boolean): ResourcePattern {
  if (text !== '*' && !text.startsWith('arn:') && !text.startsWith(unresolved))
    throw new PolicyError(`${JSON.stringify(text)} is neither an ARN nor "*"`);
  const isOpen = isUnresolved(text) || (variables && isTemplate(text));
  return { text, segments: isOpen ? undefined : arnSegments(text) };
}
