import { decisionsUntil, type DecisionModel } from './decisions.ts';
import type { ExecutionModel } from './executions.ts';
import type { Snapshot } from './snapshot.ts';

/** A state machine that can be started. */
export interface StartableModel {
  readonly arn: string;
  /** Name for people, for example `wind-speed parent`. */
  readonly title: string;
  readonly account: string;
  /** True for the state machine that begins a run of a tenant. */
  readonly isEntry: boolean;
  /** JSON text to begin with. */
  readonly input: string;
}

/** State machines that the executions of a snapshot are of, each with the input of its latest execution. */
export function startedMachines({ executions }: Pick<Snapshot, 'executions'>): readonly StartableModel[] {
  const machines = new Map<string, StartableModel>();
  for (const { machineArn: arn, title, account, parent, input } of executions) {
    machines.set(arn, { arn, title, account, isEntry: parent === null, input: input ?? '{}' });
  }
  return [...machines.values()];
}

type Ended = Pick<ExecutionModel, 'arn' | 'status' | 'startedAt' | 'stoppedAt' | 'parent'>;

/** Why an execution cannot be stopped, as a sentence without a full stop; undefined if it can be. */
export const stopObstacle = ({ arn, status }: Ended): string | undefined =>
  status !== 'RUNNING'
    ? `it has ${status} already`
    : isExpress(arn)
      ? 'an Express execution cannot be stopped: stop the one that started its Map Run'
      : undefined;

const day = 24 * 60 * 60 * 1_000;

/** Events that a history may have before a redrive (redrive-executions). */
const mostEvents = 24_999;

/**
 * Why an execution cannot be redriven, as a sentence without a full stop; undefined if it can be.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 * @param events events of its history
 * @param now milliseconds since the epoch
 */
export function redriveObstacle({ arn, status, startedAt, stoppedAt, parent }: Ended, events: number, now: number) {
  if (status === 'RUNNING' || status === 'SUCCEEDED')
    return `it is ${status}, and only what ended otherwise is redriven`;
  if (isExpress(arn)) return 'an Express execution is not redriven: start it again';
  if (parent?.event === null) return 'a Map Run started it, and a redrive of that redrives it';
  if (events >= mostEvents) return `its history has ${events} events, and a redrive needs fewer than ${mostEvents}`;
  if (now - startedAt > 365 * day) return 'it began more than a year ago';
  if (now - (stoppedAt ?? now) > 14 * day) return 'it ended more than 14 days ago';
  return undefined;
}

const isExpress = (arn: string): boolean => arn.split(':')[5] === 'express';

type Timed = Pick<ExecutionModel, 'account' | 'parent' | 'startedAt' | 'stoppedAt'>;

/** True if decisions fell into the time of one of the executions, to the second. */
const isDuring = (decision: DecisionModel, family: readonly Timed[]): boolean => {
  const before = Math.min(...family.map(({ startedAt }) => Math.floor(startedAt / 1_000) * 1_000)) - 1;
  const end = Math.max(...family.map(({ stoppedAt }) => stoppedAt ?? Infinity));
  return decisionsUntil(decision, end).times > decisionsUntil(decision, before).times;
};

/** A permission that a role has used. */
export interface UsedPermission {
  /** ARN of the role. */
  readonly role: string;
  /** For example `states:DescribeExecution`. */
  readonly action: string;
}

/** Permissions that roles in the accounts of a run used while it ran, the roles that start others first, each once. */
export function usedPermissions(
  { decisions }: Pick<Snapshot, 'decisions'>,
  family: readonly Timed[],
): readonly UsedPermission[] {
  const accounts = new Set(family.map(({ account }) => account));
  const targets = new Set(family.map(({ parent }) => parent?.role));
  const used = new Map<string, UsedPermission>();
  for (const decision of decisions) {
    const { principal: role, action, verdict } = decision;
    const [, , service, , account = ''] = role.split(':');
    if (verdict !== 'allowed' || service !== 'iam' || !accounts.has(account) || isOfPeople(role)) continue;
    if (!isDuring(decision, family)) continue;
    used.set(`${role} ${action}`, { role, action });
  }
  const rank = ({ role }: UsedPermission): number => (targets.has(role) ? 0 : 1);
  return [...used.values()].sort(
    (one, other) =>
      rank(one) - rank(other) || one.role.localeCompare(other.role) || one.action.localeCompare(other.action),
  );
}

/** Roles of people in a sandbox are in no stack. */
const isOfPeople = (role: string): boolean => role.includes(':role/crosswind-sandbox-');
