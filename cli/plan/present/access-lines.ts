import { countOf } from '../../count.ts';
import type { PlannedAccess } from '../accepted-access.ts';
import { type Fold, folded } from '../folded.ts';
import { mentioned, type NamedResources, shortPath, withKnownNames } from '../named-resources.ts';
import type { Plan } from '../schema/plan-schema.ts';
import { code, type Line, line, separated, type Span, strong, withMore } from './line.ts';
import { type AccountNames, accountsOf, actionSpans, commonPath } from './names.ts';

/** Calls that a line names. */
const named = 3;

/** Access that becomes possible, by principal and resource; what is alike in several accounts is one line. */
export function accessLines(
  plan: Pick<Plan, 'access' | 'renamedRoles' | 'names'>,
  names: AccountNames,
  shape: (text: string) => string,
): readonly Line[] {
  const known = plan.access.map((change) => knownAccess(change, plan.names));
  const holders = folded(known, (text) => text, holderOf);
  const text = ({ first, all }: Fold<KnownAccess>): string =>
    JSON.stringify([holderOf(first), ...distinct(all.map(({ change, rest }) => change.action + rest))]);
  const groups = folded(holders, shape, text).map(({ first: { first }, all }) => ({
    first,
    all: all.flatMap((each) => each.all),
  }));
  const isFirst = ({ first }: (typeof groups)[number]): number => (first.isNeeded ? (first.isNew ? 2 : 1) : 0);
  return [
    ...groups
      .toSorted((one, other) => isFirst(one) - isFirst(other))
      .map(({ first, all }) => accessLine(first, all, names)),
    ...renamedLines(plan, shape),
  ];
}

/** New access, with principal and resource as people name them. */
interface KnownAccess {
  readonly change: PlannedAccess;
  /** Construct path of a principal, else its name. */
  readonly principal: string;
  /** Construct path of the resource, else its ARN. */
  readonly resource: string;
  /** Pattern within the resource, for example `/partials/*`. */
  readonly rest: string;
  /** True for a resource that the change creates. */
  readonly isNew: boolean;
  /** False for what no call needs and no waiver accepts: it is to be removed. */
  readonly isNeeded: boolean;
}

function knownAccess(change: PlannedAccess, known: NamedResources): KnownAccess {
  const found = mentioned(change.resource, known);
  return {
    change,
    principal: withKnownNames(change.principal, known),
    resource: found ? shortPath(found.resource.path) : change.resource,
    rest: found?.rest ?? '',
    isNew: found?.resource.isNew ?? false,
    isNeeded: change.neededBy.length > 0 || change.accepted !== undefined,
  };
}

/** Equal for what is one line: all patterns within a new resource are, those of others are not. */
const holderOf = ({ change, principal, resource, rest, isNew, isNeeded }: KnownAccess): string => {
  const { kind, because, certain, policy, accepted } = change;
  return JSON.stringify([
    kind,
    principal,
    resource,
    isNeeded,
    accepted,
    because,
    certain,
    ...(isNew ? [] : [rest, policy]),
  ]);
};

const isKnown = (account: string): boolean => account !== '';

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

function accessLine(first: KnownAccess, all: readonly KnownAccess[], names: AccountNames): Line {
  const { kind, because, certain, accepted } = first.change;
  const principal = commonPath(all.map((each) => each.principal));
  const who: readonly Span[] =
    kind === 'everyone' ? [strong('everyone')] : [kind === 'account' ? '' : `${kind} `, code(principal)];
  const resource = commonPath(all.map((each) => each.resource));
  const actions = distinct(all.map(({ change }) => change.action));
  const patterns = distinct(all.map(({ rest }) => rest));
  const what: readonly Span[] = first.isNew
    ? [
        ...actionSpans(actions),
        ' on ',
        ...(patterns.length > 1 ? [`${countOf(patterns.length, 'pattern')} of `] : []),
        'the new ',
        code(resource + (patterns.length === 1 ? (patterns[0] ?? '') : '')),
      ]
    : [...actionSpans(actions), ' on ', code(resource + first.rest)];
  const ofPrincipals = accountsOf(all.map(({ change }) => change.account).filter(isKnown), names);
  const ofResources = accountsOf(all.map(({ change }) => change.resourceAccount).filter(isKnown), names);
  // The role says where, the resource of a service or of everyone.
  const where = ofPrincipals.length > 0 ? [' ', ...ofPrincipals] : [];
  const there = ofPrincipals.length > 0 || ofResources.length === 0 ? [] : [' ', ...ofResources];
  const cause = because === 'allowed' ? '' : `, ${because}`;
  const need = first.isNeeded ? '' : [' ', strong('Remove'), ' it: called by nobody.'];
  const waived = accepted === undefined ? '' : [' Called by nobody; a waiver accepts it: ', code(accepted), '.'];
  return withMore(
    line`${who}${where} ${certain ? 'may' : 'could'} ${what}${there}${cause}.${need}${waived}`,
    all.map(({ change }) => detailLine(change)),
  );
}

const detailLine = ({ principal, action, resource, policy, request, neededBy }: PlannedAccess): Line =>
  line`${code(principal)} ${code(action)} ${code(resource)} by ${code(policy)}${contextSpans(request.context)}, needed by ${neededBy.length === 0 ? 'nobody' : separated(neededBy.slice(0, named).map((call) => code(call)))}`;

function contextSpans(context: Readonly<Record<string, string>>): readonly Span[] {
  const keys = Object.entries(context);
  return keys.length === 0 ? [] : [' with ', ...separated(keys.map(([key, value]) => code(`${key} = ${value}`)))];
}

function renamedLines({ renamedRoles }: Pick<Plan, 'renamedRoles'>, shape: (text: string) => string): readonly Line[] {
  return folded(renamedRoles, shape, (role) => JSON.stringify(role)).map(({ first, all }) => {
    const others = all.length > 1 ? ` and ${countOf(all.length - 1, 'role')} like it` : '';
    const access = first.sameAccess ? 'it may do the same' : 'its other differences are above';
    const path = commonPath(all.map(({ path: own }) => shortPath(own)));
    return withMore(
      line`${strong('Renamed')}: role ${code(path)}${others}: ${code(roleName(first.before))} is ${code(roleName(first.after))}; ${access}.`,
      all.map((role) => line`${code(role.before)} is ${code(role.after)}`),
    );
  });
}

const roleName = (arn: string): string => arn.replace(/^.*:role\//, '');
