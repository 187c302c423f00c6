import type { OnFailure } from './statuses.ts';
import type { ResourceChange } from './resource-change.ts';
import type { StackInput } from './stack-input.ts';

/** A change set (API reference: "DescribeChangeSet"). */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly input: StackInput;
  readonly roleArn?: string;
  readonly clientToken?: string;
  /** Fate of the stack if its execution fails ("CreateChangeSet", OnStackFailure). */
  readonly onStackFailure?: OnFailure;
  /** The operation that created it. */
  readonly operationId: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  executionStatus:
    'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';
  readonly changes: readonly ResourceChange[];
}
