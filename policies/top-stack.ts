import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Path of the outermost stack, for findings that are about no resource: the command line of the CDK (2.1148.1) passes
 * over findings that lie in no stack, and succeeds.
 */
export function topStackPath(app: IConstruct): string {
  const stack = app.node.findAll().find((construct) => Stack.isStack(construct));
  if (!stack) throw new Error('the app has no stack');
  return stack.node.path;
}
