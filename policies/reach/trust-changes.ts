import { accountOf } from '@crosswind/aws/arn';
import type { Statement } from '@crosswind/iam/statement';
import type { AccountKind } from '../../config/account-kinds.ts';
import { type Atom, atomsOf } from './atoms.ts';
import type { DecidingSide } from './decide-request.ts';
import { grouped } from './grouped.ts';
import type { PrincipalKind, TrustChange } from './new-access-types.ts';
import type { Sides } from './sides.ts';

type Kinds = ReadonlyMap<string, AccountKind>;
type Cell = Omit<TrustChange, 'change' | 'before'>;

/** The matrix of trust: whom the policies of roles and resources let in, on both sides, by resource and principal. */
export function trustChanges(
  { before, after, named }: Sides,
  renamed: ReadonlyMap<string, string>,
  kinds: { readonly before: Kinds; readonly after: Kinds },
): readonly TrustChange[] {
  const later = new Map([...renamed].map(([to, from]) => [from, to]));
  const then = cells(before, kinds.before, (arn) => later.get(arn) ?? arn);
  const now = cells(after, kinds.after, (arn) => arn);
  const removed = [...then]
    .filter(([key]) => !now.has(key))
    .map(([, cell]) => ({ change: 'removed' as const, ...cell }));
  const others = [...now].map(([key, cell]): TrustChange => {
    const earlier = then.get(key);
    if (!earlier) return { change: 'added', ...cell };
    const { actions, conditions } = earlier;
    const isSame = named(JSON.stringify([actions, conditions])) === JSON.stringify([cell.actions, cell.conditions]);
    return isSame ? { change: 'same', ...cell } : { change: 'changed', ...cell, before: { actions, conditions } };
  });
  return [...others, ...removed];
}

/** @param name how the matrix calls an ARN */
function cells(side: DecidingSide, kinds: Kinds, name: (arn: string) => string): ReadonlyMap<string, Cell> {
  const trusted = side.policies.carried.flatMap(({ on, source }) =>
    atomsOf(source, 'resource').flatMap((atom) => (atom.effect === 'Allow' ? [{ to: name(on), on, atom }] : [])),
  );
  const groups = grouped(trusted, ({ to, atom }) => JSON.stringify([to, ...(atom.principal ?? []).map(name)]));
  return new Map(
    [...groups].flatMap(([key, all]) => {
      const [first] = all;
      if (!first) return [];
      const toAccount = side.accountOf(first.on);
      const cell: Cell = {
        ...fromOf(first.atom, kinds, name),
        to: first.to,
        toKind: kinds.get(toAccount) ?? 'other',
        toAccount,
        actions: sorted(all.map(({ atom }) => atom.action)),
        conditions: conditionsOf(all.map(({ atom }) => atom.compiled)),
      };
      return [[key, cell] as const];
    }),
  );
}

function fromOf(
  { principal }: Atom,
  kinds: Kinds,
  name: (arn: string) => string,
): Pick<Cell, 'kind' | 'from' | 'fromKind'> {
  if (principal === undefined || principal[1] === '*') return { kind: 'everyone', from: 'everyone', fromKind: '' };
  const [kind, who] = principal;
  if (kind === 'Service') return { kind: 'service', from: who, fromKind: '' };
  if (kind === 'Federated') return { kind: 'provider', from: who, fromKind: '' };
  const isAccount = /^\d{12}$/.test(who);
  const fromKind = kinds.get(isAccount ? who : accountOf(who)) ?? 'other';
  if (isAccount) return { kind: 'account', from: `account ${who}`, fromKind };
  return { kind: kindOfArn(who), from: name(who), fromKind };
}

const kindOfArn = (arn: string): PrincipalKind => (arn.includes(':user/') ? 'user' : 'role');

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** The conditions of statements in short, for example `sts:ExternalId = x`; none if no statement has one. */
function conditionsOf(statements: readonly Statement[]): readonly string[] {
  const texts = sorted(statements.map(({ conditions }) => sorted(conditions.map(inShort)).join(' and ')));
  return texts.join('') === '' ? [] : texts.map((text) => text || 'no condition');
}

const inShort = ({ operator, key, expected }: Statement['conditions'][number]): string =>
  `${key} ${signs[operator] ?? operator} ${expected.join(' or ')}`;

const signs: Readonly<Record<string, string>> = {
  StringEquals: '=',
  ArnEquals: '=',
  Bool: '=',
  StringLike: 'like',
  ArnLike: 'like',
  StringNotEquals: 'is not',
  ArnNotEquals: 'is not',
};
