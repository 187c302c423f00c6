import { type LimitName, limits } from '@crosswind/aws/quotas';
import type { Evidence, Finding, Located } from '../rules/rule.ts';

/** How much of a limit of AWS one part of the platform uses. */
export interface Measure {
  readonly limit: LimitName;
  readonly used: number;
  /** The place that a finding about it has. */
  readonly place: Pick<Finding, 'path' | 'logicalId' | 'templateFile' | 'property'>;
  /** Thing that it is about, as a reader finds it: `stack crosswind-fleet of account monitoring (444444444444)`. */
  readonly holder: string;
  /** Sentence about what makes it so; made only where somebody reads it. */
  readonly because: () => string;
}

/** Evidence that measures need. */
export type Measured = Pick<Evidence, 'stacks' | 'templates' | 'accountNames' | 'artifactBytes'>;

/** A measure before anybody has said where it is. */
export interface Use extends Pick<Measure, 'limit' | 'used'> {
  readonly property: string;
  /** @default - the value alone says it */
  readonly because?: () => string;
}

/** An account by its name in `platform.yaml` and its id. */
export function accountText(account: string, names: Measured['accountNames']): string {
  const name = names?.get(account);
  return name === undefined ? `account ${account}` : `account ${name} (${account})`;
}

type InStack = Pick<Located['stack'], 'name' | 'account'>;

/** A stack and its account. */
export const stackText = ({ name, account }: InStack, names: Measured['accountNames']): string =>
  `stack ${name} of ${accountText(account, names)}`;

/** Measures of a resource, each with its place. */
export const measuresAt = (
  { stack, resource }: Located,
  uses: readonly Use[],
  names: Measured['accountNames'],
): readonly Measure[] =>
  uses.map(({ limit, used, property, because = () => '' }) => ({
    limit,
    used,
    place: {
      path: resource.path === resource.logicalId ? stack.path : resource.path,
      logicalId: resource.logicalId,
      templateFile: stack.templateFile,
      property,
    },
    holder: `${resource.logicalId} in ${stackText(stack, names)}`,
    because,
  }));

/** The measure of a list, with the first item that is one too many. */
export const countOf = (limit: LimitName, items: readonly string[], property: string): Use => ({
  limit,
  used: items.length,
  property,
  because: () => `the first that does not fit is ${items[limits[limit].most] ?? 'none'}`,
});

/** The measure of a text, by its unit. */
export const sizeOf = (limit: LimitName, text: string, property: string, because?: () => string): Use => ({
  limit,
  used: limits[limit].unit === 'bytes' ? Buffer.byteLength(text) : text.length,
  property,
  ...(because && { because }),
});

/** The part at which sizes, added up in their order, come to more than the limit, and the largest part. */
export function partsText(limit: LimitName, parts: readonly (readonly [name: string, size: number])[]): string {
  const [largest] = [...parts].sort(([, one], [, other]) => other - one);
  let sum = 0;
  const crossing = parts.find(([, size]) => (sum += size) > limits[limit].most);
  const first = crossing ?? parts.at(-1);
  if (!largest || !first) return '';
  return `the first that does not fit is ${first[0]}, the largest is ${largest[0]} with ${largest[1].toLocaleString('en')} ${limits[limit].unit}`;
}
