import { duration } from '../../duration.ts';
import type { RecordedDenial } from '../../run-record/run-record.ts';
import type { Evidence } from '../evidence.ts';
import type { Fix } from '../explanation.ts';
import { accountIn, endOf, executionsOfMachine, type Hop, hopsIn, isOpen, nameOf } from '../executions.ts';
import { isThrottledDescribe } from './throttling.ts';
import { denialItem, eventItem, type Finding, type FindReasons, statementFixes } from '../finding.ts';

/** Milliseconds after the end of a started execution in which a poll on AWS has surely come; AWS documents no interval. */
const pollGrace = 60_000;

/** Milliseconds after which an event has come in the sandbox (event-buses.ts); a later answer was a poll's. */
const eventDelay = 500;

/** An execution waits for another one that has ended, or has heard of its end late. */
export const waitsForWhatEnded: FindReasons = (evidence) =>
  hopsIn(evidence.executions).flatMap((hop) => [...stuck(hop, evidence), ...late(hop, evidence)]);

/** A caller that ended before what it started, which nobody stopped. */
export const leftRunning: FindReasons = (evidence) =>
  hopsIn(evidence.executions).flatMap((hop) => {
    const { caller, called } = hop;
    if (isOpen(caller) || caller.stoppedAt === null || caller.status === 'SUCCEEDED' || !hop.submitted) return [];
    if ((called.stoppedAt ?? Infinity) <= caller.stoppedAt) return [];
    const denials = deniedOn(evidence, hop, 'states:StopExecution');
    const length = isOpen(called) ? '' : ` for ${duration(endOf(called, evidence) - caller.stoppedAt)}`;
    return [
      {
        id: 'stop-missing',
        sentence: `the ${nameOf(called)} ${isOpen(called) ? 'runs on' : 'ran on'}${length} after the ${nameOf(caller)} was ${caller.status}: nobody stopped it`,
        execution: called.arn,
        since: caller.stoppedAt,
        until: endOf(called, evidence),
        certain: denials.length > 0,
        evidence: [
          ...eventItem(caller, caller.events.at(-1)),
          ...denials.map((denial) => denialItem(denial, evidence)),
        ],
        fixes: [
          ...(isOpen(called)
            ? [{ kind: 'command' as const, command: `aws stepfunctions stop-execution --execution-arn ${called.arn}` }]
            : []),
          ...fixesFor(denials, hop, evidence, 'states:StopExecution'),
        ],
        runbook: 'executions-aborted',
      },
    ];
  });

function stuck(hop: Hop, evidence: Evidence): readonly Finding[] {
  const { caller, called, submitted, answer } = hop;
  const isAnswered = answer !== undefined && answer.type !== 'TaskTimedOut';
  if (!submitted || isAnswered || isOpen(called) || called.stoppedAt === null) return [];
  const until = answer?.at ?? endOf(caller, evidence);
  // The clocks of AWS and of this machine differ a little.
  const waited = Math.max(0, until - called.stoppedAt);
  const denials = deniedOn(evidence, hop, 'states:DescribeExecution');
  if (denials.length === 0 && (waited < pollGrace || arePollsThrottled(hop, evidence))) return [];
  const isHere = accountIn(caller.arn) === accountIn(called.arn);
  const open = isOpen(caller) && answer === undefined;
  const how = open
    ? `hangs after TaskSubmitted: the ${nameOf(called)} has ${called.status}, and the ${nameOf(caller)} has waited ${duration(waited)} since`
    : `hung after TaskSubmitted: the ${nameOf(called)} had ${called.status}, and the ${nameOf(caller)} waited ${duration(waited)} more`;
  return [
    {
      id: isHere ? 'event-lost-without-permission' : 'stuck-parent',
      sentence: `the ${nameOf(caller)} ${how}`,
      execution: caller.arn,
      since: called.stoppedAt,
      until,
      certain: denials.length > 0,
      evidence: [
        ...eventItem(caller, submitted),
        ...eventItem(called, called.events.at(-1)),
        ...denials.map((denial) => denialItem(denial, evidence)),
      ],
      fixes: fixesFor(denials, hop, evidence, 'states:DescribeExecution'),
      runbook: 'stuck-parents',
    },
  ];
}

/** The end was heard of, but not when it happened: by a poll instead of the event, or once polls were allowed. */
function late(hop: Hop, evidence: Evidence): readonly Finding[] {
  const { caller, called, submitted, answer } = hop;
  if (!submitted || !answer || answer.type === 'TaskTimedOut' || called.stoppedAt === null) return [];
  const waited = answer.at - called.stoppedAt;
  const isHere = accountIn(caller.arn) === accountIn(called.arn);
  const isSimulated = evidence.source !== 'aws';
  const denials = deniedOn(evidence, hop, 'states:DescribeExecution');
  if (waited <= (isHere && isSimulated && denials.length === 0 ? eventDelay : pollGrace)) return [];
  const common = {
    execution: caller.arn,
    since: called.stoppedAt,
    until: answer.at,
    evidence: [
      ...eventItem(called, called.events.at(-1)),
      ...eventItem(caller, answer),
      ...denials.map((denial) => denialItem(denial, evidence)),
    ],
  };
  const noticed = `the ${nameOf(caller)} noticed the end of the ${nameOf(called)} ${duration(waited)} late`;
  if (denials.length === 0 && arePollsThrottled(hop, evidence)) return [];
  if (denials.length > 0 || !isHere) {
    return [
      {
        ...common,
        id: isHere ? 'event-lost-without-permission' : 'stuck-parent',
        sentence: `${noticed}${denials.length > 0 ? ', because it was not allowed to ask' : ''}`,
        certain: denials.length > 0,
        fixes: fixesFor(denials, hop, evidence, 'states:DescribeExecution'),
        runbook: 'stuck-parents',
      },
    ];
  }
  return [
    {
      ...common,
      id: 'event-lost',
      sentence: `${noticed}: EventBridge did not deliver the event, and a poll found the end`,
      certain: isSimulated,
      fixes: [
        {
          kind: 'setting',
          resource: caller.stateMachineArn,
          sentence: 'nothing to fix: delivery is best effort, and DescribeExecution is the backup that worked',
        },
      ],
      runbook: 'stuck-parents',
    },
  ];
}

/** True if polls were throttled in the account of the called execution: that is the reason, with a claim of its own. */
const arePollsThrottled = ({ called }: Hop, { metrics }: Evidence): boolean =>
  metrics.some((metric) => isThrottledDescribe(metric) && metric.account === called.account);

/** Denied calls about the executions of the called machine. */
const deniedOn = ({ denied }: Evidence, { called }: Hop, action: string): readonly RecordedDenial[] =>
  denied.filter(
    (denial) => denial.action === action && denial.resource.startsWith(executionsOfMachine(called).slice(0, -1)),
  );

/** Statements of the decisions; else the one that most likely is missing. */
function fixesFor(
  denials: readonly RecordedDenial[],
  { caller, called }: Hop,
  { machines }: Evidence,
  action: string,
): readonly Fix[] {
  const known = denials.flatMap(statementFixes);
  if (known.length > 0) return known;
  const machine = machines.find(({ arn }) => arn === caller.stateMachineArn);
  const role =
    machine?.taskRoles.find((arn) => accountIn(arn) === accountIn(called.arn)) ??
    machine?.roleArn ??
    `the role with which the ${nameOf(caller)} starts the ${nameOf(called)}`;
  const statement = { Effect: 'Allow', Action: action, Resource: executionsOfMachine(called) };
  return [{ kind: 'statement', place: `identity policy of ${role}`, statement }];
}
