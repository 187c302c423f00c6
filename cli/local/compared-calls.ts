import type { PlannedCall } from '@crosswind/assembly/planned-call';
import { plannedCalls } from '@crosswind/assembly/planned-calls';
import type { Stack } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import type { AccessRequest } from '@crosswind/iam/request';
import type { DecisionLog } from '@crosswind/sandbox/sandbox';

/** A call that the code of a function made and does not declare. */
export interface UndeclaredCall {
  /** Construct paths of the functions that run with the role. */
  readonly functions: readonly string[];
  /** ARN of the role. */
  readonly principal: string;
  readonly action: string;
  /** ARN of the first resource. */
  readonly resource: string;
  /** Resource to declare: that one, or what the resources of all these calls have in common, with `*` at its end. */
  readonly declare: string;
  readonly times: number;
}

/** A call that the code of a function declares. */
export interface DeclaredCall {
  /** Construct path of the function. */
  readonly function: string;
  readonly action: string;
  readonly resource: string;
}

/** Calls of functions, compared with those that are declared. */
export interface ComparedCalls {
  /** False if no resource of the assembly declares any calls: then nothing is compared. */
  readonly isDeclared: boolean;
  readonly undeclared: readonly UndeclaredCall[];
  /** Declared calls that were made. */
  readonly made: readonly DeclaredCall[];
  /** Declared calls of functions that ran, which were not made. */
  readonly unmade: readonly DeclaredCall[];
}

interface Expected {
  readonly call: PlannedCall;
  readonly isMeant: (request: AccessRequest) => boolean;
  wasMade: boolean;
}

interface WatchedRole {
  readonly functions: string[];
  readonly calls: readonly Expected[];
  readonly undeclared: Map<string, UndeclaredCall>;
  hasRun: boolean;
}

/**
 * Compares each call that is made as the role of a function with those that the function declares, and that Lambda makes for
 * it.
 * @param stacks all that are deployed
 * @returns the comparison up to the time at which it is called
 */
export function watchCalls(decisions: Pick<DecisionLog, 'watch'>, stacks: readonly Stack[]): () => ComparedCalls {
  const isDeclared = stacks.some(({ resources }) => resources.some(({ declaredCalls }) => declaredCalls !== undefined));
  const roles = isDeclared ? rolesOf(stacks) : new Map<string, WatchedRole>();
  decisions.watch((request) => {
    const role = request.principal.kind === 'role' ? roles.get(request.principal.roleArn) : undefined;
    if (!role) return;
    role.hasRun = true;
    const meant = role.calls.filter(({ isMeant }) => isMeant(request));
    for (const each of meant) each.wasMade = true;
    if (meant.length === 0) addTo(role, request);
  });
  return () => {
    const ran = [...roles.values()].filter(({ hasRun }) => hasRun);
    const calls = ran.flatMap((role) => role.calls).filter(({ call }) => isDeclaredCall(call));
    return {
      isDeclared,
      undeclared: ran.flatMap(({ undeclared }) => [...undeclared.values()]),
      made: calls.filter(({ wasMade }) => wasMade).map(({ call }) => declaredCall(call)),
      unmade: calls.filter(({ wasMade }) => !wasMade).map(({ call }) => declaredCall(call)),
    };
  };
}

function rolesOf(stacks: readonly Stack[]): Map<string, WatchedRole> {
  const planned = new Map<string, PlannedCall[]>();
  for (const call of plannedCalls(stacks)) {
    if (call.caller.kind === 'role') planned.set(call.caller.arn, [...(planned.get(call.caller.arn) ?? []), call]);
  }
  const roles = new Map<string, WatchedRole>();
  const functions = stacks.flatMap(({ resources }) => resources.filter(({ type }) => type === 'AWS::Lambda::Function'));
  for (const { path, properties } of functions) {
    const arn = textOf(properties['Role']);
    const known = roles.get(arn);
    if (known) known.functions.push(path);
    else
      roles.set(arn, {
        functions: [path],
        calls: (planned.get(arn) ?? []).map((call) => ({ call, isMeant: meaning(call), wasMade: false })),
        undeclared: new Map(),
        hasRun: false,
      });
  }
  return roles;
}

function meaning({ action, resource }: PlannedCall): (request: AccessRequest) => boolean {
  const form = new RegExp(`^${resource.split('*').map(escaped).join('.*')}$`, 's');
  return (request) => request.action.toLowerCase() === action.toLowerCase() && form.test(request.resource);
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

function addTo({ functions, undeclared }: WatchedRole, { principal, action, resource }: AccessRequest): void {
  const folder = folderOf(resource);
  const known = undeclared.get(`${action} ${folder}`);
  undeclared.set(`${action} ${folder}`, {
    functions,
    principal: principal.kind === 'role' ? principal.roleArn : '',
    action,
    resource: known?.resource ?? resource,
    declare: known === undefined || known.resource === resource ? (known?.declare ?? resource) : folder,
    times: (known?.times ?? 0) + 1,
  });
}

/** The bucket of an object, the log group of a stream, the state machine of an execution, with `*`; else the ARN itself. */
const folderOf = (resource: string): string =>
  /^(arn:[^:]+:s3:::[^/]+\/)/.exec(resource)?.[1]?.concat('*') ??
  resource.replace(/^(arn:(?:[^:]*:){5,}[^:/]+[:/]).+$/, '$1*');

/** True for a call of the code itself, and not for one that AWS makes with a key for it. */
const isDeclaredCall = ({ by, context }: PlannedCall): boolean => by.part === 'code' && !('kms:ViaService' in context);

const declaredCall = ({ by, action, resource }: PlannedCall): DeclaredCall => ({ function: by.path, action, resource });

/** The comparisons of several runs as one: a call that any of them made was made. */
export function comparedTogether(runs: readonly ComparedCalls[]): ComparedCalls {
  const once = <Call>(calls: readonly Call[], keyOf: (call: Call) => string): ReadonlyMap<string, Call> =>
    new Map(calls.map((call) => [keyOf(call), call]));
  const nameOf = ({ action, resource, ...call }: DeclaredCall): string => `${call.function} ${action} ${resource}`;
  const made = once(
    runs.flatMap((run) => run.made),
    nameOf,
  );
  const unmade = once(
    runs.flatMap((run) => run.unmade),
    nameOf,
  );
  const undeclared = once(
    runs.flatMap((run) => run.undeclared),
    ({ principal, action, declare }) => `${principal} ${action} ${declare}`,
  );
  return {
    isDeclared: runs.some(({ isDeclared }) => isDeclared),
    undeclared: [...undeclared.values()],
    made: [...made.values()],
    unmade: [...unmade].flatMap(([name, call]) => (made.has(name) ? [] : [call])),
  };
}
