import { uuid } from '@crosswind/workflow/chance';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import { isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import type { LogEntry } from '../../logs/log-event.ts';
import type { LogGroups } from '../../logs/log-groups.ts';
import type { Execution } from './execution.ts';
import { executionData } from './execution-data.ts';

/** Bytes of an escaped input or output in a log; what is above is truncated (cw-logs, "CloudWatch Logs payloads"). */
const maxPayload = 248 * 1024;

/** Bytes of a line besides its details, about; of an event without input and output, about. */
const lineBytes = 300;

type Write = (event: HistoryEvent) => void;

/**
 * Logs an execution's events to the log group of its state machine, as its logging configuration says (cw-logs). Children
 * of a Map Run log where their state machine does. Lines are made when they are read: of thousands of children few are.
 */
export function executionLog(logGroups: LogGroups, execution: Execution): Write {
  const { machine, arn, startedAt } = execution;
  const { logGroupArn, logging } = machine;
  const { Level: level = 'OFF', IncludeExecutionData: includesData = false } = logging;
  if (logGroupArn === undefined || level === 'OFF') return () => undefined;
  const [minute = ''] = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(new Date(Math.floor(startedAt)).toISOString()) ?? [];
  const stream = `states/${machine.name}/${minute.replace(/[T:]/g, '-')}/${uuid(machine.arn).slice(0, 8)}`;
  return (event) => {
    if (!isLogged(level, event.type)) return;
    const entry = lineOf(event, {
      arn,
      redriveCount: execution.redriveCount ?? 0,
      includesData: includesData === true,
    });
    logGroups.write(logGroupArn, stream, [entry]);
  };
}

/** The table in cw-logs, "Log levels for Step Functions execution events". */
function isLogged(level: Json, type: string): boolean {
  if (level === 'ERROR') return type === 'FailStateEntered' || /(Failed|Aborted|TimedOut)$/.test(type);
  if (level === 'FATAL') return /^Execution(Failed|Aborted|TimedOut)$/.test(type);
  return level === 'ALL';
}

interface Logged {
  readonly arn: string;
  readonly redriveCount: number;
  readonly includesData: boolean;
}

function lineOf(event: HistoryEvent, { arn, redriveCount, includesData }: Logged): LogEntry {
  const { id, type, previousEventId, timestamp, ...owned } = event;
  const [details = {}] = Object.values(owned).filter((value): value is JsonObject => isObject(value));
  // What is not logged must not stay in memory either.
  const shown = includesData ? details : withoutData(details);
  const size = textLength(shown['input']) + textLength(shown['output']);
  return {
    timestamp,
    bytes: lineBytes + arn.length + size,
    message: () =>
      JSON.stringify({
        id: String(id),
        type,
        details: truncated(shown),
        previous_event_id: String(previousEventId),
        event_timestamp: String(Math.floor(timestamp)),
        execution_arn: arn,
        redrive_count: String(redriveCount),
      }),
  };
}

const textLength = (value: Json | undefined): number => (typeof value === 'string' ? value.length : 0);

const withoutData = (details: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(details).filter(([name]) => !executionData.includes(name) && name !== 'parameters'),
  );

/** Cuts an input and an output that are too long, and says so in their details. */
function truncated(details: JsonObject): JsonObject {
  const cut = { ...details };
  for (const name of ['input', 'output']) {
    const text = details[name];
    if (typeof text !== 'string' || JSON.stringify(text).length <= maxPayload) continue;
    cut[name] = text.slice(0, maxPayload);
    cut[`${name}Details`] = { truncated: true };
  }
  return cut;
}
