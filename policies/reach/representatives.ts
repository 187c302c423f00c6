import { accountOf } from '@crosswind/aws/arn';
import { unresolved } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { isDecidedApart } from '@crosswind/iam/authorize';
import type { Principal } from '@crosswind/iam/principal';
import { actionsOfService, isAskedOn, resourcesOf } from '@crosswind/iam/service-reference';
import type { Statement } from '@crosswind/iam/statement';
import { commonText, matchesWildcard } from '@crosswind/iam/wildcard';
import { anyName, sessionOf } from './decide-call.ts';

/** An administrator of an account, who may do whatever the account lets its principals do. */
export const administratorOf = (account: string, region: string): Principal =>
  roleAt(`arn:${partitionOf(region)}:iam::${account}:role/${anyName}`);

export const roleAt = (roleArn: string): Principal => ({
  kind: 'role',
  ...{ roleArn, sessionArn: sessionOf(roleArn), account: accountOf(roleArn) },
});

/** Place that fills the wildcards of a pattern. */
export interface Filling {
  readonly region: string;
  /** Accounts, the principal's own first. */
  readonly accounts: readonly string[];
}

/** A text that a pattern matches and that no narrower pattern does. */
export const filled = (pattern: string): string =>
  withoutVariables(pattern).replaceAll('*', anyName).replaceAll('?', 'x');

const withoutVariables = (pattern: string): string =>
  pattern
    .replaceAll(unresolved, anyName)
    .replace(/\$\{[^},]*(?:,\s*'([^']*)'\s*)?\}/g, (_, otherwise?: string) => otherwise ?? anyName);

/**
 * ARNs that a pattern matches and that no narrower pattern does: in each account, one for each type of resource.
 * @param typesOf patterns of the ARNs of the types of resources of a service
 */
export function arnsOf(
  pattern: string,
  { region, accounts }: Filling,
  typesOf: (service: string) => readonly string[],
): readonly string[] {
  if (!pattern.startsWith('arn:')) return pattern === '*' ? ['*'] : [];
  if (!/[*?$]/.test(pattern) && !pattern.includes(unresolved)) return [pattern];
  const [, partition = '*', service = '*', itsRegion = '*', account = '*', name = '*'] = segmentsOf(
    pattern.replaceAll('${aws:PrincipalAccount}', accounts[0] ?? ''),
  );
  const told = withoutVariables(name);
  const names = typesOf(service).flatMap((type) => {
    const [, , its = '', , , itsName = ''] = segmentsOf(type);
    return its === service ? (commonText(told, itsName, anyName) ?? []) : [];
  });
  return (account.includes('*') ? accounts : [account]).flatMap((its) =>
    [...new Set(names.length > 0 ? names : [filled(name)])].map((named) =>
      [
        'arn',
        partition.includes('*') ? partitionOf(region) : partition,
        ...[filled(service), itsRegion.includes('*') ? region : itsRegion, its, named],
      ].join(':'),
    ),
  );
}

/** The parts of an ARN; the sixth is all the rest. */
function segmentsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** For each service the patterns of the types of resources that the actions of a statement may be asked for on. */
export const typesFor =
  ({ actions: { values, negated } }: Statement) =>
  (service: string): readonly string[] =>
    negated || values.includes('*')
      ? resourcesOf(`${service}:*`)
      : values.flatMap((pattern) => resourcesOf(/[*?]/.test(pattern) ? `${pattern.split(':')[0] ?? ''}:*` : pattern));

/** Actions that every statement in play treats alike, with each other but not with those of another group. */
type Alike = readonly string[];

const groups = new Map<string, readonly Alike[]>();

/** An action of each group of those that a statement names, one that is asked for on the resource. */
export function actionsOn(resource: string, { actions }: Statement, inPlay: readonly Statement[]): readonly string[] {
  const patterns = [...new Set(inPlay.flatMap((statement) => statement.actions.values))];
  return servicesOf(resource, actions, patterns).flatMap((service) =>
    alikeIn(service, actions, patterns).flatMap((alike) => alike.find((action) => isAskedOn(action, resource)) ?? []),
  );
}

/** Services of the actions that a statement may name and that are asked for on a resource. */
function servicesOf(
  resource: string,
  { values, negated }: Statement['actions'],
  patterns: readonly string[],
): readonly string[] {
  const named = values.map((pattern) => pattern.split(':')[0] ?? '');
  if (!negated && !named.includes('*')) return [...new Set(named)];
  if (resource !== '*') {
    const service = resource.split(':')[2] ?? '';
    return service === 'iam' ? ['iam', 'sts'] : [service];
  }
  const told = new Set([...patterns, ...values].map((pattern) => pattern.split(':')[0] ?? ''));
  const untold = untoldServices.find((service) => !told.has(service));
  return [...told, ...(untold === undefined ? [] : [untold])].filter((service) => service !== '*');
}

/** One of them stands for the services that no statement names. */
const untoldServices = ['sqs', 'ec2', 'rds', 'glacier'];

function alikeIn(service: string, actions: Statement['actions'], all: readonly string[]): readonly Alike[] {
  const patterns = all.filter((pattern) => pattern.startsWith(`${service}:`)).sort();
  const key = JSON.stringify([service, actions, patterns]);
  let known = groups.get(key);
  if (!known) groups.set(key, (known = grouped(service, actions, patterns)));
  return known;
}

function grouped(
  service: string,
  { values, negated }: Statement['actions'],
  patterns: readonly string[],
): readonly Alike[] {
  const alike = new Map<string, string[]>();
  for (const action of actionsOfService(service)) {
    const text = action.toLowerCase();
    if (values.some((pattern) => matchesWildcard(pattern, text)) === negated) continue;
    const named = patterns.map((pattern) => (matchesWildcard(pattern, text) ? '1' : '0')).join('');
    const signature = isDecidedApart(text) ? text : named;
    const group = alike.get(signature);
    if (group) group.push(action);
    else alike.set(signature, [action]);
  }
  return [...alike.values()];
}
