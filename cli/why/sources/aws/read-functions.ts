import type { RecordedFunction } from '../../../run-record/recorded-facts.ts';
import type { RecordedLogGroup } from '../../../run-record/run-record.ts';
import type { Span } from './read-metrics.ts';
import { callJson, type StageAccess } from './stage-access.ts';

/** A function, and the log group that it writes to. */
export interface FunctionOnAws {
  readonly fn: RecordedFunction;
  readonly logGroup: string;
}

/** A function as it is set up now; https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export async function readFunction({ send }: StageAccess, arn: string): Promise<FunctionOnAws> {
  const [, , , region = '', account = '', , name = ''] = arn.split(':');
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/configuration`;
  const { Role, Timeout, MemorySize, LoggingConfig } = JSON.parse(
    await send({ service: 'lambda', method: 'GET', path }),
  ) as {
    readonly Role?: string;
    readonly Timeout?: number;
    readonly MemorySize?: number;
    readonly LoggingConfig?: { readonly LogGroup?: string };
  };
  const fn = {
    ...{ arn, name, account, region },
    roleArn: Role ?? '',
    timeoutSeconds: Timeout ?? 3,
    memoryMegabytes: MemorySize ?? 128,
    // Another operation has it (GetFunctionConcurrency), which the runner role is not allowed.
    reservedConcurrency: null,
  };
  return { fn, logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${name}` };
}

/** Lines of a log group that are read, the first that match. */
const mostLines = 50;

/** Words in lines about an invocation that failed; https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const failurePattern = '?ERROR ?"Task timed out" ?"Runtime." ?timeout ?memory';

/** Lines about failures in the log of a function. */
export async function readLog(
  access: StageAccess,
  { logGroup }: FunctionOnAws,
  { from, to }: Span,
): Promise<RecordedLogGroup> {
  const { stage, account, region } = access;
  const operation = { service: 'logs', target: 'Logs_20140328.FilterLogEvents', version: '1.1' } as const;
  const { events = [] } = await callJson<{
    readonly events?: readonly {
      readonly eventId?: string;
      readonly timestamp?: number;
      readonly ingestionTime?: number;
      readonly logStreamName?: string;
      readonly message?: string;
    }[];
  }>(access, operation, {
    logGroupName: logGroup,
    startTime: Math.floor(from),
    endTime: Math.ceil(to),
    filterPattern: failurePattern,
    limit: mostLines,
  });
  return {
    name: logGroup,
    ...{ account, region, stage },
    events: events.map(({ eventId = '', timestamp = 0, ingestionTime = 0, logStreamName = '', message = '' }) => ({
      id: eventId,
      at: timestamp,
      ingestedAt: ingestionTime,
      stream: logStreamName,
      message,
    })),
  };
}
