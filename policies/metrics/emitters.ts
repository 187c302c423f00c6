import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { objectOf, textOf } from '@crosswind/aws/json';
import { emittedByAws } from '@crosswind/aws/metrics';
import { emittedVariables, ownNamespace } from '../../blocks/observability/own-metrics.ts';
import type { WatchedMetric } from './watched-metric.ts';

/** Problem of a metric that nobody emits, as a clause; undefined if somebody does. */
export type ProblemOf = (metric: WatchedMetric) => string | undefined;

/**
 * Checks which metrics somebody emits: AWS for the resources of these stacks, or a function that says so.
 * @param isComplete true if every stack of the platform is among them; a resource that is not there may otherwise be in one
 * that stays as it is
 */
export function emitterCheck(stacks: readonly Stack[], isComplete: boolean): ProblemOf {
  const resources = stacks.flatMap((stack) => stack.resources.map((resource) => ({ stack, resource })));
  const values = new Set(
    resources.flatMap(({ stack, resource }) =>
      [stack, { region: stack.region }].flatMap((place) =>
        dimensionValues(resource).map(([name, value]) => placed(place, name, value)),
      ),
    ),
  );
  const own = ownEmitters(stacks);
  return (metric) =>
    metric.namespace === ownNamespace
      ? problemOfOwn(metric, own, isComplete)
      : problemOfAws(metric, isComplete ? values : undefined);
}

const placed = ({ account, region }: Pick<WatchedMetric, 'account' | 'region'>, name: string, value: string): string =>
  [account ?? anyAccount, region, name, value].join(' ');

const anyAccount = '*';

/** Dimensions that AWS emits metrics of a resource with, and their values. */
function dimensionValues({ type, name, arn = '', properties }: Resource): readonly (readonly [string, string])[] {
  switch (type) {
    case 'AWS::Lambda::Function':
      return [['FunctionName', name]];
    case 'AWS::SQS::Queue':
      return [['QueueName', name]];
    case 'AWS::StepFunctions::StateMachine':
      return [arn, ...labelsIn(textOf(properties['DefinitionString'])).map((label) => `${arn}/${label}`)].map(
        (value) => ['StateMachineArn', value] as const,
      );
    default:
      return [];
  }
}

/** Labels of Distributed Maps: their children count under the state machine's ARN and the label. */
const labelsIn = (definition: string): readonly string[] =>
  [...definition.matchAll(/"Label"\s*:\s*"([^"]+)"/g)].map(([, label = '']) => label);

/** A function that says it emits own metrics. */
export interface OwnEmitter {
  readonly account: string;
  readonly region: string;
  /** ARN of the function. */
  readonly arn: string;
  readonly metrics: readonly string[];
  /** Names of dimensions, and values; a value that only the function knows is undefined. */
  readonly dimensions: ReadonlyMap<string, string | undefined>;
}

/** Functions that emit own metrics. */
export const ownEmitters = (stacks: readonly Stack[]): readonly OwnEmitter[] =>
  stacks.flatMap((stack) => stack.resources.flatMap((resource) => emittedBy(stack, resource)));

function emittedBy({ account, region }: Stack, { type, arn = '', properties }: Resource): readonly OwnEmitter[] {
  if (type !== 'AWS::Lambda::Function') return [];
  const variables = objectOf(objectOf(properties['Environment'])['Variables']);
  const [metrics, dimensions] = [emittedVariables.metrics, emittedVariables.dimensions].map((name) =>
    textOf(variables[name] ?? '')
      .split(',')
      .filter((text) => text !== ''),
  );
  if (!metrics?.length) return [];
  return [
    {
      ...{ account, region, arn, metrics },
      dimensions: new Map(
        (dimensions ?? []).map((pair) => {
          const [name = '', value] = pair.split('=');
          return [name, value];
        }),
      ),
    },
  ];
}

function problemOfOwn(metric: WatchedMetric, own: readonly OwnEmitter[], isComplete: boolean): string | undefined {
  const emitters = own.filter(({ metrics }) => metrics.includes(metric.name));
  if (emitters.length === 0) return isComplete ? `no function says that it emits ${metric.name}` : undefined;
  if (metric.dimensions === undefined) return undefined;
  const names = Object.keys(metric.dimensions);
  const alike = emitters.filter(
    ({ dimensions }) => dimensions.size === names.length && names.every((name) => dimensions.has(name)),
  );
  if (alike.length === 0) {
    const sets = [...new Set(emitters.map(({ dimensions }) => [...dimensions.keys()].join(' and ')))];
    return `${metric.name} is emitted with ${sets.join(' or ')}, not with ${namesOf(metric)}`;
  }
  const values = Object.entries(metric.dimensions);
  // A query names no values.
  if (values.every(([, value]) => value === undefined) || !isComplete) return undefined;
  const isEmitter = ({ account, region, dimensions }: OwnEmitter): boolean =>
    (metric.account ?? account) === account &&
    region === metric.region &&
    values.every(([name, value]) => (dimensions.get(name) ?? value) === value);
  return alike.some(isEmitter)
    ? undefined
    : `no function in ${placeOf(metric)} emits ${metric.name} with ${valuesOf(metric)}`;
}

function problemOfAws(metric: WatchedMetric, known: ReadonlySet<string> | undefined): string | undefined {
  const { namespace, name, dimensions } = metric;
  const emitted = emittedByAws.find((each) => each.namespace === namespace && each.name === name);
  if (!emitted) return `${namespace} has no metric ${name} that this platform knows`;
  if (dimensions === undefined) return undefined;
  const names = Object.keys(dimensions).sort();
  if (!emitted.dimensionSets.some((set) => [...set].sort().join() === names.join())) {
    const sets = emitted.dimensionSets.map((set) => set.join(' and ') || 'none');
    return `AWS emits ${name} with the dimensions ${sets.join(', or ')}, not with ${namesOf(metric)}`;
  }
  const strange = Object.entries(dimensions).find(
    ([key, value]) => watched.includes(key) && value !== undefined && known?.has(placed(metric, key, value)) === false,
  );
  return strange && `nothing in ${placeOf(metric)} has the ${strange[0]} ${strange[1] ?? ''}`;
}

/** Dimensions whose values are resources. */
const watched: readonly string[] = ['FunctionName', 'QueueName', 'StateMachineArn'];

const placeOf = ({ account = 'any account', region }: WatchedMetric): string => `${account}, ${region}`;

const namesOf = ({ dimensions = {} }: WatchedMetric): string => Object.keys(dimensions).join(' and ') || 'none';
const valuesOf = ({ dimensions = {} }: WatchedMetric): string =>
  Object.entries(dimensions)
    .map(([name, value]) => `${name} ${value ?? 'any'}`)
    .join(' and ');
