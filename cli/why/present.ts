import { duration } from '../duration.ts';
import { count } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { Claim, EvidenceItem, Explanation, Fix } from './explanation.ts';
import { shortArns } from './short-arns.ts';

type Colors = Terminal['colors'];

/** Lines at most. */
export const mostLines = 10;

/** A part of the text: what it begins with, what it says, and how many lines it may take. */
interface Part {
  readonly head: string;
  readonly text: string;
  readonly most: number;
  /** True if no word may be cut, because somebody copies it: it is broken anywhere, and in the last line cut. */
  readonly isCopied?: boolean;
}

/** An explanation in at most ten lines, none wider than the terminal; `--json` has all of it. */
export function explanationLines(explanation: Explanation, colors: Colors, width = Infinity): readonly string[] {
  const parts = partsOf(explanation);
  const lines = parts.flatMap((part) => linesOf(part, colors, width));
  return lines.slice(0, mostLines);
}

function partsOf({ claims, evidence, fixes, runbook, unread }: Explanation): readonly Part[] {
  const [first, ...others] = claims;
  if (!first) return [];
  const [fix] = fixes;
  return [
    { head: first.id, text: shortArns(first.sentence), most: 3 },
    ...part('since', sinceText(first), 1),
    ...part('evidence', evidenceText(evidence), 1),
    ...(fix ? [fixPart(fix, fixes.length - 1)] : []),
    ...part('also', others.map(({ id, sentence }) => `${id}: ${shortArns(sentence)}`).join('; '), 1),
    ...part('unread', shortArns(unread.join('; ')), 1),
    ...part('runbook', runbook ?? '', 1),
  ];
}

const part = (head: string, text: string, most: number): readonly Part[] => (text === '' ? [] : [{ head, text, most }]);

function sinceText({ since, for: seconds, certain }: Claim): string {
  const length = seconds === null ? '' : `, for ${duration(seconds * 1_000)}`;
  const doubt = certain ? '' : ', most likely: the evidence allows another reason';
  return since === null ? doubt.replace(/^, /, '') : `${since.replace(/\.\d+Z$/, 'Z')}${length}${doubt}`;
}

function evidenceText(items: readonly EvidenceItem[]): string {
  const denied = items.filter(({ kind }) => kind === 'decision');
  const metrics = items.filter(({ kind }) => kind === 'metric');
  const others = items.filter(({ kind }) => kind === 'event' || kind === 'log');
  return [...denied.slice(0, 1), ...metrics.slice(0, 2), ...others.slice(0, 2)].map(itemText).join('; ');
}

function itemText(item: EvidenceItem): string {
  switch (item.kind) {
    case 'event':
      return `event ${item.id} ${item.type}${item.state === undefined ? '' : ` (${item.state})`} of ${item.execution.split(':').slice(-2).join(':')}`;
    case 'decision':
      return `${item.action} ${item.verdict} ${count(item.times)} ${item.times === 1 ? 'time' : 'times'}`;
    case 'metric':
      return `${item.id} ${item.statistic === 'Sum' ? '' : 'up to '}${count(Math.round(item.value))}`;
    case 'log':
      return `log ${item.group}: ${item.message}`;
  }
}

function fixPart(fix: Fix, more: number): Part {
  const others = more === 0 ? '' : ` (${more} more with --json)`;
  switch (fix.kind) {
    case 'statement':
      return {
        head: `fix${others}`,
        text: `${JSON.stringify(fix.statement)} in the ${shortArns(fix.place)}`,
        most: 3,
        isCopied: true,
      };
    case 'setting':
      return { head: `fix${others}`, text: `${fix.sentence} (${shortArns(fix.resource)})`, most: 2 };
    case 'command':
      return { head: `fix${others}`, text: fix.command, most: 3, isCopied: true };
  }
}

function linesOf({ head, text, most, isCopied = false }: Part, colors: Colors, width: number): readonly string[] {
  const [first = '', ...others] = wrapped(`${head}: ${text.replace(/\s*\n\s*/g, ' ')}`, { width, most, isCopied });
  const shown = Math.min(head.length + 1, first.length);
  return [`${colors.bold(first.slice(0, shown))}${first.slice(shown)}`, ...others];
}

/** Text in lines of that width, the following ones indented; what does not fit is cut, and the last line says so. */
function wrapped(
  text: string,
  { width, most, isCopied }: { readonly width: number; readonly most: number; readonly isCopied: boolean },
): readonly string[] {
  const lines: string[] = [];
  for (let rest = text; rest !== '';) {
    const indent = lines.length === 0 ? '' : '  ';
    const room = Math.max(1, width - indent.length);
    if (rest.length <= room) return [...lines, indent + rest];
    if (lines.length === most - 1) return [...lines, `${indent}${rest.slice(0, room - 1)}…`];
    const space = isCopied ? -1 : rest.lastIndexOf(' ', room);
    const end = space > 0 ? space : room;
    lines.push(indent + rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return lines;
}
