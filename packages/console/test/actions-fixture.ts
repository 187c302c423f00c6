import type { ChangeModel } from '../src/models/changes.ts';
import { noSections } from '../src/models/sections.ts';
import type { RunSource } from '../src/server/snapshot.ts';
import { type Names, plainNames, start, stuckRun } from './stuck-run.ts';

/** Sentence of a change that takes a permission from the target role. */
const removed =
  'stack Child changed Policy (AWS::IAM::Policy), a policy of the role target: PolicyDocument without "states:DescribeExecution"';

/** The stuck run with changes, 20 seconds before it began and every minute. */
export function changedRun(count: number, names: Names = plainNames): RunSource {
  const changes = Array.from({ length: count }, (_, index): ChangeModel => ({
    id: `change-${index + 1}`,
    at: start + index * 60_000,
    account: '444444444444',
    kind: index === 0 ? 'stack' : 'fault',
    resource: index === 0 ? 'arn:aws:iam::444444444444:role/target' : names.error,
    sentence: index === 0 ? removed : `${names.title} ${names.task} is broken`,
  }));
  return { ...stuckRun(names), sections: { ...noSections, changes } };
}
