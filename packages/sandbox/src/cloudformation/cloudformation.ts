import type { ResourceDrift } from './stacks/resource-drift.ts';
import type { StackInput } from './stacks/stack-input.ts';
import type { StackResource } from './stacks/stack-resource.ts';
import { outputsForDeployment, type Resource, resolveForDeployment, type Stack } from '@crosswind/assembly/resolve';
import { type Comparison, isSame } from './operations/comparison.ts';
import { createResources, failCreation } from './operations/create.ts';
import { cancelDeletion, deleteStack } from './operations/delete.ts';
import { driftOf } from './operations/drift.ts';
import { earlyProblems, refusalOf } from './operations/early-validation.ts';
import { exportInUse } from './operations/exports.ts';
import { Operation, type OperationPorts } from './operations/operation.ts';
import type { Actor } from './operations/permissions.ts';
import { assembledOf, type Plan, planOf, replacing } from './operations/plan.ts';
import { checkUpdatable, settle } from './operations/last-stable.ts';
import type { Request } from './operations/request.ts';
import { rollBack } from './operations/roll-back.ts';
import { failUpdate, updateResources } from './operations/update.ts';
import { DeploymentRefused } from './refusal.ts';
import { inOrder } from './resources/in-order.ts';
import type { DeployedStack } from './stacks/stack.ts';
import { literalImports } from './templates/references.ts';
import { isInProgress, type OnFailure, paused, stable, type StackStatus } from './stacks/statuses.ts';

/** CloudFormation: stacks that are created, updated, rolled back and deleted, as a role. */
export class CloudFormation {
  readonly #ports: OperationPorts;
  readonly #running = new Set<Promise<void>>();

  constructor(ports: OperationPorts) {
    this.#ports = ports;
  }

  get stacks(): OperationPorts['stacks'] {
    return this.#ports.stacks;
  }

  /** Compares a stack with what an input wants. */
  plan(stack: DeployedStack, input: StackInput): Plan {
    const { stacks } = this.#ports;
    const exports = new Map(stacks.exports(stack).map(({ name, value }) => [name, value]));
    return planOf(stack, input, {
      importValue: (name) => exports.get(name),
      incarnation: stacks.incarnation(stack),
    });
  }

  /**
   * Changes that an input makes, with what early validation finds in them; `isSame` if an update would be refused because
   * nothing changes.
   * @param actor undefined if nothing is validated
   */
  compared(stack: DeployedStack, input: StackInput, actor: Actor | undefined): Comparison {
    const plan = this.plan(stack, input);
    return {
      changes: plan.changes,
      isSame: stack.input !== undefined && isSame(stack.input, input, plan),
      problems: actor ? earlyProblems(this.#ports, stack, plan, actor) : [],
    };
  }

  /** Begins to create a stack; the promise ends with the operation. */
  create(stack: DeployedStack, input: StackInput, onFailure: OnFailure, request: Request): Promise<void> {
    const plan = this.#planned(stack, input);
    const operation = this.#operation(stack, request);
    operation.become('CREATE_IN_PROGRESS', 'User Initiated');
    const refusal = refusalOf(this.#ports, operation, plan, request);
    return this.#run(operation, () =>
      refusal === undefined
        ? createResources(operation, plan, onFailure)
        : failCreation(operation, plan.desired.stack, onFailure, refusal),
    );
  }

  /**
   * Begins to update a stack.
   * @throws DeploymentRefused if nothing changes, or the stack cannot be updated now
   */
  update(stack: DeployedStack, input: StackInput, keepsOnFailure: boolean, request: Request): Promise<void> {
    checkUpdatable(stack, keepsOnFailure);
    const before = { input: stack.input, imports: stack.imports };
    const plan = this.#planned(stack, input);
    if (before.input && stable.has(stack.status) && isSame(before.input, input, plan)) {
      Object.assign(stack, before);
      throw invalid('No updates are to be performed.');
    }
    const operation = this.#operation(stack, request);
    stack.updatedAt = this.#ports.now();
    operation.become('UPDATE_IN_PROGRESS', 'User Initiated');
    const refusal = refusalOf(this.#ports, operation, plan, request);
    return this.#run(operation, () =>
      refusal === undefined
        ? updateResources(operation, plan, keepsOnFailure)
        : failUpdate(operation, plan, { touched: [], failed: [] }, keepsOnFailure, refusal),
    );
  }

  /**
   * Compares a resource of a stack with what it is now.
   * @throws DeploymentRefused if the actor may not read it
   */
  drift(stack: DeployedStack, resource: StackResource, actor: Actor | undefined): ResourceDrift {
    const { provider, permissions, now } = this.#ports;
    const place = placeOf(stack);
    if (!resource.deployed) return driftOf(resource, undefined, now());
    permissions.check(actor, { operation: 'read' }, resource.deployed, place);
    return driftOf(resource, provider.read(resource.deployed, place), now());
  }

  /**
   * Begins to delete a stack.
   * @param retained logical ids of resources that stay
   * @throws DeploymentRefused if it is protected
   */
  delete(stack: DeployedStack, retained: ReadonlySet<string>, request: Request): Promise<void> {
    if (stack.terminationProtection) {
      throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
    }
    if (stack.status === 'DELETE_IN_PROGRESS') return Promise.resolve();
    if (isInProgress(stack.status))
      throw invalid(`Stack [${stack.id}] is in ${stack.status} state and can not be deleted.`);
    const operation = this.#operation(stack, request);
    const inUse = exportInUse(operation, []);
    if (inUse !== undefined) {
      cancelDeletion(operation, inUse);
      return Promise.resolve();
    }
    return this.#run(operation, () => deleteStack(operation, placeOf(stack), { retained }));
  }

  /**
   * Goes on with a rollback that failed ("ContinueUpdateRollback").
   * @param skipped logical ids of resources that stay as they are, and count as rolled back
   * @throws DeploymentRefused if none failed, or another resource is to be skipped
   */
  continueRollback(stack: DeployedStack, skipped: ReadonlySet<string>, request: Request): Promise<void> {
    const pending = stack.pendingRollback;
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || !pending) {
      throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
    }
    const other = [...skipped].find((id) => !pending.touched.some(({ logicalId }) => logicalId === id));
    if (other !== undefined) {
      throw invalid(
        `${other} cannot be skipped: only resources that are in UPDATE_FAILED state because a rollback failed`,
      );
    }
    const operation = this.#operation(stack, request);
    return this.#run(operation, () => rollBack(operation, pending, 'User Initiated', skipped));
  }

  /**
   * Rolls back an operation that failed and kept what succeeded ("RollbackStack"). A stack without a stable state before
   * is deleted.
   */
  rollBackStack(stack: DeployedStack, request: Request): Promise<void> {
    if (!paused.has(stack.status))
      throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
    const operation = this.#operation(stack, request);
    const { pendingRollback: pending } = stack;
    if (stack.lastStable && pending) {
      const touched = operation.deletesNew
        ? pending.touched.map((each) => ({ ...each, isRetained: false }))
        : pending.touched;
      return this.#run(operation, () => rollBack(operation, { ...pending, touched }, 'User Initiated'));
    }
    return this.#run(operation, () => deleteStack(operation, placeOf(stack), { isRollbackOfCreation: true }));
  }

  /**
   * Creates or updates a stack of an assembly, as nobody: nothing is denied. Names are those of the assembly until a
   * resource is replaced.
   * @throws DeploymentRefused as AWS would refuse, with account and resource
   */
  async deploy(stack: Stack): Promise<void> {
    const { account, region, name, template } = stack;
    const { stacks, now } = this.#ports;
    const known = stacks.find(stack, name);
    const record = known ?? stacks.add({ account, region }, name, now());
    const nothing = { parameters: new Map(), resolvedParameters: new Map(), tags: {}, capabilities: [] };
    const input: StackInput = { ...nothing, templateBody: '', template };
    const exports = new Map(stacks.exports(stack).map((each) => [each.name, each.value]));
    const imports = literalImports(template);
    const planned = replacing(record, input, undefined, (saltOf) => {
      const deployment = { importValue: (wanted: string) => exports.get(wanted), parameters: new Map(), saltOf };
      const isAsAssembled = stack.resources.every(({ logicalId }) => saltOf(logicalId) === undefined);
      if (!isAsAssembled) return resolveForDeployment(stack, deployment);
      const outputs = outputsForDeployment(stack, { ...deployment, stackId: record.id });
      return { stack, outputs, problems: [] };
    });
    const plan: Plan = { ...planned, imports };
    record.imports = imports;
    record.input = input;
    const operation = this.#operation(record, { actor: undefined });
    operation.become(known ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS');
    await (known ? updateResources(operation, plan, false) : createResources(operation, plan, 'DO_NOTHING'));
    settle(record);
    if (!operation.refused) return;
    const { resource, error } = operation.refused;
    const place = `${resource.path} (${resource.type}) in account ${account}`;
    throw new DeploymentRefused(error.code, `${place}: ${error.code}: ${error.message}`, error.denied);
  }

  /** Resolves when no operation runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #planned(stack: DeployedStack, input: StackInput): Plan {
    const plan = this.plan(stack, input);
    const exports = new Set(this.stacks.exports(stack).map(({ name }) => name));
    const missing = [...plan.imports].find((name) => !exports.has(name));
    if (missing !== undefined) throw invalid(`No export named ${missing} found.`);
    // A circle is refused before anything begins.
    inOrder(plan.desired.stack.resources);
    stack.imports = plan.imports;
    stack.input = input;
    return plan;
  }

  #operation(stack: DeployedStack, request: Request): Operation {
    return new Operation(this.#ports, stack, request);
  }

  /** Carries an operation out; a failure of the sandbox itself ends it, and nothing else. */
  #run(operation: Operation, work: () => Promise<void>): Promise<void> {
    const verb = operation.stack.status.split('_')[0] ?? '';
    const running = work()
      .then(() => {
        settle(operation.stack);
      })
      .catch((error: unknown) => {
        operation.become(failures[verb] ?? 'UPDATE_FAILED', `Internal Failure: the sandbox failed: ${String(error)}`);
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }
}

/** Status of a stack whose operation the sandbox could not carry out, by the first word of its status. */
const failures: Readonly<Record<string, StackStatus>> = { CREATE: 'CREATE_FAILED', DELETE: 'DELETE_FAILED' };

/** Where a deployed stack is, for its resources. */
const placeOf = (stack: DeployedStack): Stack => ({
  ...assembledOf(stack, stack.input ?? { template: { Resources: {} } }),
  resources: [...stack.resources.values()].flatMap(({ deployed }): readonly Resource[] => (deployed ? [deployed] : [])),
});

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationError', message);
