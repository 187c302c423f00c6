import type { Json } from '@crosswind/aws/json';
import { isObject, textOf } from '@crosswind/aws/json';
import type { RecordedLogGroup, RunRecord } from '../run-record/run-record.ts';
import type { Terminal } from '../terminal.ts';
import type { ShownLine } from './log-lines.ts';

/** Text of a line: time, account, function or state machine, message. */
export function lineText(
  record: Pick<RunRecord, 'accounts'>,
  groups: readonly RecordedLogGroup[],
  colors: Terminal['colors'],
): (line: ShownLine) => string {
  const names = new Map(record.accounts.map(({ id, name }) => [id, name]));
  const accountOf = ({ account }: RecordedLogGroup): string => names.get(account) ?? account;
  const widthOf = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
  const accountWidth = widthOf(groups.map(accountOf));
  const sourceWidth = widthOf(groups.map(sourceOf));
  return ({ group, event }) => {
    const time = colors.dim(new Date(event.at).toISOString());
    const account = colors.cyan(accountOf(group).padEnd(accountWidth));
    const source = sourceOf(group).padEnd(sourceWidth);
    // Lines after the first are indented, so that each line with a time is an event.
    const [first = '', ...others] = messageText(event.message).trimEnd().split('\n');
    return [`${time}  ${account}  ${source}  ${failed.test(first) ? colors.red(first) : first}`, ...others].join(
      '\n    ',
    );
  };
}

/** Name of the state machine or the function that writes to a log group, as its name has it. */
export const sourceOf = ({ name }: Pick<RecordedLogGroup, 'name'>): string =>
  name.replace(/^\/aws\/(vendedlogs\/states|lambda)\//, '');

const failed = /\bERROR\b|"level":"ERROR"|^\S+ \w+(Failed|TimedOut|Aborted)\b|Status: (error|timeout)/;

/** An event of a state machine with the name of its execution, its type and its details; any other line as it is. */
function messageText(message: string): string {
  const event = machineEvent(message);
  if (!event) return message;
  const { execution_arn: arn, type, details } = event;
  const shown = isObject(details) && Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : '';
  return `${executionName(textOf(arn))} ${textOf(type)}${shown}`;
}

/** Name of an execution. Those of Express ones have an id after it, and those of a Map Run are the label and an id. */
const executionName = (arn: string): string => {
  const [, label, name = ''] = /:(?:execution|express):[^:/]+(?:\/([^:]+))?:([^:]+)/.exec(arn) ?? [];
  return label === undefined ? name : `${label}/${name.slice(0, 8)}`;
};

function machineEvent(message: string): Readonly<Record<string, Json | undefined>> | undefined {
  if (!message.startsWith('{') || !message.includes('"execution_arn":')) return undefined;
  try {
    const event = JSON.parse(message) as Json;
    return isObject(event) && 'execution_arn' in event && 'type' in event ? event : undefined;
  } catch {
    // A line that was cut.
    return undefined;
  }
}
