import { randomUUID } from 'node:crypto';
import type { DeployedStack, StackEvent } from '../stacks/stack.ts';
import { beginning, type ValidationProblem } from '../stacks/stack-operation.ts';
import { isInProgress, type StackStatus } from '../stacks/statuses.ts';

/** The history of a stack as one request writes it: statuses, events and findings, each of an operation. */
export class History {
  readonly #stack: DeployedStack;
  readonly #now: () => number;
  readonly #requestToken: string | undefined;

  /** @param now milliseconds since the epoch, in virtual time */
  constructor(stack: DeployedStack, now: () => number, requestToken: string | undefined) {
    this.#stack = stack;
    this.#now = now;
    this.#requestToken = requestToken;
  }

  /** The stack has another status from now on. */
  become(status: StackStatus, reason?: string): void {
    const stack = this.#stack;
    this.#advance(status);
    stack.status = status;
    stack.statusReason = reason;
    this.record({ logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, reason });
  }

  record(event: Omit<StackEvent, 'id' | 'at' | 'requestToken' | 'operationId'>): void {
    const { events, operations } = this.#stack;
    // Clients sort events by their times, so that no two of a stack have the same.
    const at = Math.max(this.#now(), (events.at(-1)?.at ?? 0) + 1);
    const operationId = operations.at(-1)?.id;
    events.push({ ...event, id: randomUUID(), at, requestToken: this.#requestToken, operationId });
  }

  /** Writes what early validation has found. */
  note(problems: readonly ValidationProblem[]): void {
    const { operations, validations } = this.#stack;
    const operationId = operations.at(-1)?.id ?? '';
    const at = this.#now();
    validations.push(...problems.map((problem) => ({ ...problem, id: randomUUID(), at, operationId })));
  }

  /** A status ends the operation that runs, begins another one, or belongs to it. */
  #advance(status: StackStatus): void {
    const { operations, status: before } = this.#stack;
    const at = this.#now();
    const type = beginning(before, status);
    const running = operations.at(-1);
    if (running?.status === 'IN_PROGRESS' && (type !== undefined || !isInProgress(status))) {
      running.status = type === undefined && status.endsWith('_COMPLETE') ? 'SUCCEEDED' : 'FAILED';
      running.endedAt = at;
    }
    if (type !== undefined) operations.push({ id: randomUUID(), type, status: 'IN_PROGRESS', startedAt: at });
  }
}
