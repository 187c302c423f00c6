import type { ChangeModel } from '../models/changes.ts';
import { clockText } from './time-text.ts';

/** A change as a sentence with its time, without a full stop; of a permission, the action and the role alone. */
export const changeText = (change: ChangeModel): string =>
  `${permissionText(change) ?? change.sentence} at ${clockText(change.at)} UTC`;

/** Actions that a change of a role's policies takes or gives; undefined for any other change. */
function permissionText({ kind, resource, sentence }: ChangeModel): string | undefined {
  if (kind !== 'stack' || !/^arn:[\w-]+:iam::\d*:role\//.test(resource)) return undefined;
  const [, how, parts = ''] = /: (?:PolicyDocument|Policies) (without|with) (.+)$/.exec(sentence) ?? [];
  const actions = parts.split(', ').flatMap((part) => /^"([\w-]+:[\w*]+)"$/.exec(part)?.[1] ?? []);
  if (actions.length === 0 || parts.includes(' instead of ')) return undefined;
  return `${actions.join(', ')} ${how === 'with' ? 'added to' : 'removed from'} role ${resource.split('/').at(-1) ?? resource}`;
}

/** Changes that share a mark of the strip. */
export interface ChangeMark {
  /** Time of the last of them: what held after all of them. */
  readonly at: number;
  /** Pixels from the begin of the strip to the middle of the mark. */
  readonly left: number;
  readonly changes: readonly ChangeModel[];
}

/** Pixels between the middles of two marks at least, so that each can be hit. */
export const leastDistance = 24;

export interface StripScale {
  /** Times of its ends, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Pixels; 0 before it is known. */
  readonly width: number;
}

/** Marks of changes within the strip, in the order of time; changes too near to each other share one. */
export function marksOf(changes: readonly ChangeModel[], { from, to, width }: StripScale): readonly ChangeMark[] {
  if (width <= 0 || to <= from) return [];
  const marks: ChangeMark[] = [];
  const shown = changes.filter(({ at }) => at >= from && at <= to).sort((one, other) => one.at - other.at);
  for (const change of shown) {
    const left = ((change.at - from) / (to - from)) * width;
    const last = marks.at(-1);
    if (last && left - last.left < leastDistance)
      marks[marks.length - 1] = { ...last, at: change.at, changes: [...last.changes, change] };
    else marks.push({ at: change.at, left, changes: [change] });
  }
  return marks;
}
