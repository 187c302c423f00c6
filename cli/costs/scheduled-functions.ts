import type { Stack } from '@crosswind/assembly/resolve';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { resourcesOfType } from '../../policies/rules/rule.ts';

/** A function that a schedule invokes at a rate. */
export interface ScheduledFunction {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly memoryMegabytes: number;
  readonly architecture: 'arm64' | 'x86_64';
  readonly minutes: number;
  /** Tenants whose workflows its input names, each once. */
  readonly tenants: readonly string[];
}

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };

/** Memory of a function that states none (AWS::Lambda::Function). */
const defaultMegabytes = 128;

/** Functions that schedules invoke at a rate: the probes of accounts. */
export function scheduledFunctions(stacks: readonly Stack[]): readonly ScheduledFunction[] {
  const functions = new Map(resourcesOfType(stacks, 'AWS::Lambda::Function').map((fn) => [fn.resource.arn, fn]));
  return resourcesOfType(stacks, 'AWS::Scheduler::Schedule').flatMap(({ resource: { properties } }) => {
    const target = objectOf(properties['Target']);
    const arn = textOf(target['Arn']);
    const fn = functions.get(arn);
    const [, count, unit = ''] =
      /^rate\((\d+) (minute|hour|day)s?\)$/.exec(textOf(properties['ScheduleExpression'])) ?? [];
    if (!fn || count === undefined) return [];
    const { account, region } = fn.stack;
    const { MemorySize: memory, Architectures: architectures } = fn.resource.properties;
    return [
      {
        ...{ arn, account, region },
        memoryMegabytes: Number(memory ?? defaultMegabytes),
        architecture: listOf(architectures).includes('arm64') ? 'arm64' : 'x86_64',
        minutes: Number(count) * (minutesOf[unit] ?? 1),
        tenants: tenantsIn(textOf(target['Input'])),
      },
    ];
  });
}

/** Tenants of the workflows that the input of a probe names; none of an input that is another. */
function tenantsIn(input: string): readonly string[] {
  try {
    const { workflows } = objectOf(JSON.parse(input) as Json);
    return [...new Set(listOf(workflows).map((workflow) => textOf(objectOf(workflow)['tenant'])))];
  } catch {
    return [];
  }
}
