import type { ResourceDrift } from './resource-drift.ts';
import type { PendingRollback } from './pending-rollback.ts';
import type { StackInput } from './stack-input.ts';
import type { StackResource } from './stack-resource.ts';
import type { Output } from '@crosswind/assembly/resolve';
import type { Environment } from '@crosswind/assembly/read-assembly';
import { refAttribute } from '@crosswind/assembly/resource-identity';
import type { JsonObject } from '@crosswind/aws/json';
import type { Attributes } from '../../service.ts';
import type { ChangeSet } from './change-set.ts';
import type { StackOperation, ValidationEvent } from './stack-operation.ts';
import type { ResourceStatus, StackStatus } from './statuses.ts';

/** One line of a stack's history (API reference: "StackEvent"). */
export interface StackEvent {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason?: string;
  readonly properties?: JsonObject;
  /** Token of the request that began the operation. */
  readonly requestToken?: string;
  readonly operationId?: string;
}

export interface NewStack extends Environment {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A stack of an account and region. Operations change it; its history stays when it is deleted. */
export class DeployedStack implements NewStack {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  updatedAt?: number;
  deletedAt?: number;
  status: StackStatus = 'REVIEW_IN_PROGRESS';
  statusReason?: string;
  /** Undefined until something is deployed. */
  input?: StackInput;
  /** The role that acts for it, also in later operations. */
  roleArn?: string;
  terminationProtection = false;
  disableRollback = false;
  outputs: readonly Output[] = [];
  readonly resources = new Map<string, StackResource>();
  readonly events: StackEvent[] = [];
  /** Problems that early validation has found, which are no stack events. */
  readonly validations: ValidationEvent[] = [];
  /** The oldest first. */
  readonly operations: StackOperation[] = [];
  readonly changeSets = new Map<string, ChangeSet>();
  /** Latest detection of drift ("DetectStackDrift"). */
  drift?: { readonly status: 'DRIFTED' | 'IN_SYNC'; readonly at: number };
  readonly driftDetections = new Map<string, { readonly at: number; readonly drifted: number }>();
  readonly resourceDrifts = new Map<string, ResourceDrift>();
  /** Names of exports that this stack imports. */
  imports: ReadonlySet<string> = new Set();
  /** As it was after the latest operation that ended well; undefined if there is none. */
  lastStable?: Pick<DeployedStack, 'input' | 'outputs' | 'imports'>;
  pendingRollback?: PendingRollback;

  constructor({ id, name, account, region, createdAt }: NewStack) {
    this.id = id;
    this.name = name;
    this.account = account;
    this.region = region;
    this.createdAt = createdAt;
  }
}

/** Attributes that custom resources have answered, by logical id. */
export const answersOf = ({ resources }: DeployedStack): ReadonlyMap<string, Attributes> =>
  new Map([...resources].flatMap(([id, { attributes }]) => (attributes ? [[id, attributes] as const] : [])));

/** The same as the history shows them: a function may ask that its attributes are masked ("NoEcho"). */
export const shownAnswersOf = (stack: DeployedStack): ReadonlyMap<string, Attributes> =>
  new Map(
    [...answersOf(stack)].map(([id, attributes]) => [
      id,
      stack.resources.get(id)?.isMasked === true ? masked(attributes) : attributes,
    ]),
  );

const masked = ({ [refAttribute]: ref = '', ...attributes }: Attributes): Attributes => ({
  ...Object.fromEntries(Object.keys(attributes).map((name) => [name, '****'])),
  [refAttribute]: ref,
});
