import { InvalidArgumentError } from 'commander';
import { type Bucket, type Quotas, defaultQuotas } from '@crosswind/aws/quotas';
import { messageOf } from '@crosswind/aws/problem';
import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import { overrideProblem } from '../config/overrides.ts';
import { WrongInput } from './failure.ts';

/** Parser of an option that is a whole number of at least 1. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

/** Parser of an option that is a whole number of a simulation. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= 10_000_000) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to 10,000,000.`);
  };

/** Parser of an option that is a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** Parser of a port; `least` is 0 where a free port may be chosen. */
export const port =
  (least: 0 | 1) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= 65_535) return value;
    throw new InvalidArgumentError(`It must be a port, ${least} to 65535.`);
  };

/** Parser of a name of an execution (API_StartExecution, name). */
export function executionName(text: string): string {
  if (!/^[\w-]{1,80}$/.test(text)) throw new InvalidArgumentError('It must be 1 to 80 letters, digits, _ or -.');
  return text;
}

/** Collects the values of a repeatable option. */
export const collect = (text: string, earlier: readonly string[]): readonly string[] => [...earlier, text];

/** Checks that the value of an option is JSON. */
export function checkJson(option: string, text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new WrongInput(`${option} must be JSON, got ${text} (${messageOf(error)})`);
  }
}

/** Checks the form of every `--set`, and that what it changes is still to be synthesized. */
export function checkSettings({
  assembly,
  set,
}: {
  readonly assembly?: string;
  readonly set: readonly string[];
}): void {
  if (assembly !== undefined && set.length > 0) {
    throw new WrongInput('--set changes what is synthesized, and --assembly is synthesized already: give one of them');
  }
  for (const text of set) {
    const problem = overrideProblem(text);
    if (problem !== undefined) throw new WrongInput(problem);
  }
}

const defaults: Readonly<Record<string, unknown>> = { ...defaultQuotas('us-east-1') };
const actions = Object.keys(defaultQuotas('us-east-1').actions);
const names = Object.keys(defaults).filter((name) => name !== 'actions');

/** Names that `--quota` accepts, for help and messages. */
export const quotaNames = [...names, ...actions].join(', ');

/** Quotas that options such as `openMapRuns=10` and `stateTransitions=100/50` (size and refill in a second) grant. */
export function quotaSettings(options: readonly string[]): QuotaSettings {
  const settings: Record<string, number | Bucket> = {};
  const ofActions: Record<string, Bucket> = {};
  for (const option of options) {
    const [, name = '', size, refill] = /^(\w+)=([1-9]\d{0,8})(?:\/([1-9]\d{0,8}))?$/.exec(option) ?? [];
    const isBucket = actions.includes(name) || typeof defaults[name] === 'object';
    if (!(names.includes(name) || actions.includes(name)) || isBucket !== (refill !== undefined)) {
      throw new WrongInput(
        `--quota must read name=number, or name=size/refill for ${isBucket ? name : 'a bucket'}, got "${option}" (names: ${quotaNames})`,
      );
    }
    if (refill === undefined) settings[name] = Number(size);
    else
      (actions.includes(name) ? ofActions : settings)[name] = { size: Number(size), refillPerSecond: Number(refill) };
  }
  return { ...(settings as Partial<Quotas>), actions: ofActions };
}
