import type { RecordedDenial } from '../run-record/run-record.ts';
import type { Evidence } from './evidence.ts';
import { failuresIn } from './failures.ts';
import { innermost } from './cause.ts';
import { spanOf } from './finding.ts';

/** Denied calls of the run itself: by a role of its state machines, tasks and functions, or by the schedule that starts it. */
export function ownDenials(evidence: Evidence): readonly RecordedDenial[] {
  const { machines, functions, decisions, executions } = evidence;
  const begun = Math.min(Infinity, ...executions.map(({ startedAt }) => startedAt));
  // What was denied before belongs to another run.
  const isEarlier = (denial: RecordedDenial): boolean => (spanOf(denial, decisions)?.last ?? Infinity) < begun;
  const denied = executions.length === 0 ? evidence.denied : evidence.denied.filter((denial) => !isEarlier(denial));
  const told = deniedInCauses(evidence).filter((denial) => !denied.some((known) => isSame(known, denial)));
  if (machines.length === 0) return [...denied, ...told];
  const roles = new Set([...machines, ...functions].flatMap(({ roleArn }) => roleArn));
  const taskRoles = new Set(machines.flatMap((machine) => machine.taskRoles));
  const arns = new Set(machines.map(({ arn }) => arn));
  const own = denied.filter(
    ({ principal, action, resource }) =>
      roles.has(principal) ||
      taskRoles.has(principal) ||
      (action === 'sts:AssumeRole' && taskRoles.has(resource)) ||
      (action === 'states:StartExecution' && arns.has(resource)),
  );
  return [...own, ...told];
}

const isSame = (one: RecordedDenial, other: RecordedDenial): boolean =>
  one.action === other.action && roleIn(one.principal) === roleIn(other.principal);

/** `account/role` of a role or of its session. */
function roleIn(arn: string): string {
  const [, , , , account = '', name = ''] = roleArnOf(arn).split(':');
  return `${account}/${name.split('/').at(-1) ?? ''}`;
}

/**
 * Denied calls that messages of AWS name: `User: … is not authorized to perform: … on resource: … because no … policy
 * allows the … action` (IAM User Guide, "Troubleshoot access denied error messages").
 */
function deniedInCauses(evidence: Pick<Evidence, 'executions'>): readonly RecordedDenial[] {
  const found = new Map<string, RecordedDenial>();
  for (const { cause } of failuresIn(evidence)) {
    const denial = deniedIn(innermost(cause));
    if (!denial) continue;
    const key = `${roleIn(denial.principal)} ${denial.action}`;
    const known = found.get(key);
    found.set(key, { ...(known ?? denial), times: (known?.times ?? 0) + 1 });
  }
  return [...found.values()];
}

function deniedIn(message: string): RecordedDenial | undefined {
  const [, principal = '', action = '', resource = '', rest = ''] =
    /User: (\S+) is not authorized to perform: (\S+) on resource: "?([^\s"]+)"?(.*)/s.exec(message) ?? [];
  if (action === '') return undefined;
  const role = roleArnOf(principal);
  const isIdentity = rest.includes('no identity-based policy allows');
  return {
    id: `message-${action}`,
    principal: role,
    action,
    resource,
    account: resource.split(':')[4] ?? '',
    reason: `${role} lacks ${action} on ${resource}${rest.startsWith(' ') ? rest.split('.')[0] : ''}`,
    times: 1,
    fixes: isIdentity
      ? [{ document: 'identity policy', of: role, statement: { Effect: 'Allow', Action: action, Resource: resource } }]
      : [],
  };
}

/** ARN of the role of a session, without its path, which a session does not name. */
const roleArnOf = (principal: string): string =>
  principal.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
