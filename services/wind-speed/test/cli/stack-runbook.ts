import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@crosswind/aws/json';
import { windSpeed } from '../platform.ts';

/** Command of the AWS CLI as a call of CloudFormation's API; without a body, it only waits. */
export interface RunbookCall {
  readonly operation: string;
  readonly body?: JsonObject;
}

/** Values of the placeholders in the commands. */
export interface Named {
  readonly STACK: string;
  readonly LOGICAL_ID: readonly string[];
}

/** Commands of one section, one per line. */
export type Script = readonly string[];

const runbook = readFileSync(join(windSpeed.clone.root, 'docs/runbooks/stack-failed.md'), 'utf8');

/**
 * Scripts of `docs/runbooks/stack-failed.md` by the status that its table has, one for each section that the row links
 * to: the next one is for a stack that the one before has left in the same status.
 */
export const treatments: ReadonlyMap<string, readonly Script[]> = new Map(
  [...runbook.matchAll(/^\|(.*`[A-Z_]+`.*)\|(.*)\|$/gm)].flatMap(([, statuses = '', advice = '']) => {
    const scripts = [...advice.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => scriptAt(anchor));
    return [...statuses.matchAll(/`([A-Z_]+)`/g)].map(([, status = '']) => [status, scripts] as const);
  }),
);

/** The row of a status: its own, or that of its end. */
export function rowOf(status: string): string {
  const row = [status, status.replace(/^.*(?=_IN_PROGRESS$)/, '')].find((each) => treatments.has(each));
  if (row === undefined) throw new Error(`docs/runbooks/stack-failed.md has no row for ${status}`);
  return row;
}

/** Commands in the section with this anchor. */
function scriptAt(anchor: string): Script {
  const section = runbook
    .split(/^#+ /m)
    .find((each) => each.split('\n')[0]?.toLowerCase().replaceAll(' ', '-') === anchor);
  const commands = [...(section ?? '').matchAll(/^```sh\n([^]*?)^```/gm)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').trim().split('\n'))
    .map((line) => line.replace(/\s+/g, ' '));
  if (commands.length === 0) throw new Error(`the section #${anchor} of the runbook has no commands`);
  return commands;
}

/** Parameters with several values. */
const lists: ReadonlySet<string> = new Set(['RetainResources', 'ResourcesToSkip']);

/** Options for what the client makes of the answer. */
const shown: ReadonlySet<string> = new Set(['Query', 'Output']);

/**
 * Call that a command makes: `--stack-name STACK` is `StackName`, and `--no-` makes a flag false.
 * @throws Error for a command of another service
 */
export function callOf(command: string, named: Named): RunbookCall {
  const [program, service, operation = '', ...options] = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  if (program !== 'aws' || service !== 'cloudformation') throw new Error(`not a command of CloudFormation: ${command}`);
  if (operation === 'wait') return { operation: options[0] ?? '' };
  const body: Record<string, string | boolean | readonly string[]> = {};
  for (const [, option = '', value] of options.join(' ').matchAll(/--(\S+)(?: (?!--)("[^"]*"|\S+))?/g)) {
    const name = pascal(option.replace(/^no-/, ''));
    if (shown.has(name)) continue;
    if (value === undefined) body[name] = !option.startsWith('no-');
    else body[name] = lists.has(name) ? valuesOf(value, named) : (valuesOf(value, named)[0] ?? '');
  }
  return { operation: pascal(operation), body };
}

const valuesOf = (value: string, named: Named): readonly string[] =>
  value === 'STACK' || value === 'LOGICAL_ID' ? [named[value]].flat() : [value];

const pascal = (words: string): string => words.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
