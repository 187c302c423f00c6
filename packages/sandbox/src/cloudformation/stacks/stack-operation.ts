import type { StackStatus } from './statuses.ts';

/** Kind of an operation (API reference: "OperationEvent", OperationType). */
export type OperationType =
  'CREATE_STACK' | 'UPDATE_STACK' | 'DELETE_STACK' | 'ROLLBACK' | 'CONTINUE_ROLLBACK' | 'CREATE_CHANGESET';

/** One operation on a stack: its events have its id. */
export interface StackOperation {
  readonly id: string;
  readonly type: OperationType;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absent while it runs. */
  endedAt?: number;
}

/** A problem that early validation finds (User Guide: "Validate stack deployments"). */
export interface ValidationProblem {
  readonly name: 'PROPERTY_VALIDATION' | 'NAME_CONFLICT_VALIDATION' | 'BUCKET_EMPTINESS_VALIDATION';
  /** `WARN` if the operation goes on. */
  readonly mode: 'FAIL' | 'WARN';
  readonly logicalId: string;
  readonly type: string;
  /** @default - the resource does not exist yet */
  readonly physicalId?: string;
  readonly reason: string;
  /** Place in the template, such as `/Resources/Winds/Properties`. */
  readonly path: string;
}

/** A problem in the history of a stack, which only DescribeEvents shows. */
export interface ValidationEvent extends ValidationProblem {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly operationId: string;
}

const begun: Partial<Readonly<Record<StackStatus, OperationType>>> = {
  CREATE_IN_PROGRESS: 'CREATE_STACK',
  UPDATE_IN_PROGRESS: 'UPDATE_STACK',
  DELETE_IN_PROGRESS: 'DELETE_STACK',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK',
  UPDATE_ROLLBACK_IN_PROGRESS: 'ROLLBACK',
};

/** The operation that a stack begins with a status; undefined if that belongs to the one that runs. */
export function beginning(before: StackStatus, status: StackStatus): OperationType | undefined {
  return before === 'UPDATE_ROLLBACK_FAILED' && status === 'UPDATE_ROLLBACK_IN_PROGRESS'
    ? 'CONTINUE_ROLLBACK'
    : begun[status];
}
