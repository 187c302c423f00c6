import type { PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import { type PolicyType, type Statement, statementsOf } from '@crosswind/iam/statement';

/** One action of a statement on one of its resources by one of its principals, as written. `NotAction` and its like stay whole. */
export interface Atom {
  /** Equal for atoms of equal meaning in policies of the same kind, whatever their order, Sid and spelling of lists. */
  readonly key: string;
  readonly effect: 'Allow' | 'Deny';
  /** The pattern; of `NotAction`, `everything but …`. */
  readonly action: string;
  /** The pattern; of `NotResource`, `everything but …`; empty where the policy speaks of the resource that it is on. */
  readonly resource: string;
  /** A kind of principal and its name. Undefined in policies without principals, and for `NotPrincipal`. */
  readonly principal: readonly [string, string] | undefined;
  readonly compiled: Statement;
  /** Name of the policy. */
  readonly policy: string;
}

const known: Partial<Record<PolicyType, WeakMap<object, readonly Atom[]>>> = {};

/** The atoms of a policy. */
export function atomsOf(source: PolicySource, type: PolicyType): readonly Atom[] {
  const cache = (known[type] ??= new WeakMap<object, readonly Atom[]>());
  let atoms = cache.get(source.document);
  if (!atoms) cache.set(source.document, (atoms = read(source, type)));
  return atoms;
}

function read(source: PolicySource, type: PolicyType): readonly Atom[] {
  const { Version, Statement } = source.document;
  return [Statement].flat().flatMap((statement) =>
    onesOf(statement).map((one): Atom => {
      const document = { ...(Version !== undefined && { Version }), Statement: [one] };
      const [compiled] = statementsOf({ name: source.name, document }, type);
      if (!compiled) throw new Error(`expected a statement in ${source.name}`);
      const principal = principalOf(one.Principal);
      const action = nameOf(one.Action, one.NotAction);
      const resource = nameOf(one.Resource, one.NotResource);
      const others = [one.NotPrincipal, sorted(one.Condition)];
      return {
        key: JSON.stringify([Version, one.Effect, action.toLowerCase(), resource, principal, ...others]),
        effect: one.Effect,
        ...{ action, resource, principal },
        compiled,
        policy: source.name,
      };
    }),
  );
}

/** The statement for each of its actions, resources and principals. */
export const onesOf = (statement: StatementJson): readonly StatementJson[] =>
  each(statement.Action).flatMap((Action) =>
    each(statement.Resource).flatMap((Resource) =>
      principalsOf(statement.Principal).map((Principal) => ({
        ...statement,
        ...(Action !== undefined && { Action }),
        ...(Resource !== undefined && { Resource }),
        ...(Principal !== undefined && { Principal }),
      })),
    ),
  );

const each = (value: StatementJson['Action']): readonly (string | undefined)[] =>
  value === undefined ? [undefined] : [value].flat();

const principalsOf = (principal: StatementJson['Principal']): readonly StatementJson['Principal'][] =>
  typeof principal === 'object'
    ? Object.entries(principal).flatMap(([type, values]) => [values].flat().map((value) => ({ [type]: value })))
    : [principal];

/** `*` is the same as `{ "AWS": "*" }` in what allows (AWS: "AWS JSON policy elements: Principal"). */
function principalOf(principal: StatementJson['Principal']): Atom['principal'] {
  if (principal === undefined) return undefined;
  if (principal === '*') return ['AWS', '*'];
  const [[kind, name] = ['', '']] = Object.entries(principal);
  return [kind, String(name).replace(/^arn:[^:]+:iam::(\d{12}):root$/, '$1')];
}

/** Text for what a statement names, or for all that it does not name. */
export const nameOf = (named: StatementJson['Action'], others: StatementJson['Action']): string =>
  others === undefined ? [named ?? ''].flat().join(', ') : `everything but ${[others].flat().join(', ')}`;

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function sorted(condition: StatementJson['Condition'] = {}): unknown {
  return Object.entries(condition)
    .map(
      ([operator, keys]) =>
        [
          operator,
          Object.entries(keys)
            .map(([key, values]) => [key, [values].flat().map(String).sort()] as const)
            .sort(byName),
        ] as const,
    )
    .sort(byName);
}
