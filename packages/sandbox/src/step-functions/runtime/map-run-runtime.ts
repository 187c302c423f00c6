import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import { MapRunDriver } from '@crosswind/workflow/clock/map-run-driver';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Authorize } from '../../iam/authorizer.ts';
import type { QuotasOf } from '../../quotas/granted-quotas.ts';
import type { ObjectStorage } from '../../s3/object-storage.ts';
import type { RolePrincipal } from '../../iam/sessions.ts';
import { S3Error } from '../../s3/s3-error.ts';
import { labelledMachineArn } from '@crosswind/workflow/map-run/children';
import type { ChildEnd, MapRunEffect, MapRunOutcome } from '@crosswind/workflow/map-run/protocol';
import type { MapRunSpec } from '@crosswind/workflow/map-run/spec';
import { newMapRun } from '@crosswind/workflow/map-run/state';
import type { Execution } from './execution.ts';
import { ItemCursor } from './item-reader/item-cursor.ts';
import { MapRun, type MapRunChanges } from './execution.ts';
import { redriveObstacle } from './redrivable.ts';
import type { MapRunSlot, MapRunSlots } from './map-run-slots.ts';

type StartChild = Extract<MapRunEffect, { kind: 'start-child' }>;

export interface MapRunPorts {
  readonly simulation: Simulation;
  readonly authorize: Authorize;
  readonly storage: ObjectStorage;
  readonly quotasOf: QuotasOf;
  readonly slots: MapRunSlots;
  /** How long a page of an item reader takes in virtual time, besides the time that reading it really takes. */
  readonly listingMilliseconds: number;
}

/** A child execution that runs, or has run. */
export interface RunningChild {
  readonly execution: Execution;
  start(): void;
  stop(): void;
  redrive(): void;
}

/** Makes the runtime of a child, which calls `onEnd` at the end of each attempt; an argument, because executions and Map Runs hold each other. */
export type NewChild = (execution: Execution, spec: MapRunSpec, onEnd: () => void) => RunningChild;

/** Lets the pure engine run one Map Run: reads the items, runs the children, writes the results, as the machine's role. */
export class MapRunRuntime {
  readonly mapRun: MapRun;
  readonly #ports: MapRunPorts;
  readonly #driver: MapRunDriver;
  readonly #parent: Execution;
  readonly #spec: MapRunSpec;
  readonly #principal: RolePrincipal;
  readonly #newChild: NewChild;
  readonly #items: ItemCursor;
  /** Every child that was started, by its index, with its place among the children of the Map Run. */
  readonly #children = new Map<number, { readonly child: RunningChild; readonly place: number }>();
  #onEnd: (outcome: MapRunOutcome) => void;
  #slot: MapRunSlot | undefined;
  /** True if a redrive waits until other Map Runs have ended. */
  #redriveWaits = false;

  constructor(
    ports: MapRunPorts,
    parent: Execution,
    spec: MapRunSpec,
    principal: RolePrincipal,
    newChild: NewChild,
    onEnd: (outcome: MapRunOutcome) => void,
  ) {
    this.#ports = ports;
    this.#parent = parent;
    this.#spec = spec;
    this.#principal = principal;
    this.#newChild = newChild;
    this.#items = new ItemCursor({ storage: ports.storage, principal });
    this.#onEnd = onEnd;
    const quotas = ports.quotasOf(parent.machine);
    const dispatchPerSecond =
      spec.executionType === 'EXPRESS' ? quotas.expressDispatchPerSecond : quotas.standardDispatchPerSecond;
    const first = newMapRun(spec, dispatchPerSecond);
    this.mapRun = new MapRun(first, parent.arn, ports.simulation.now());
    this.#driver = new MapRunDriver(ports.simulation, this.mapRun, (effect) => this.#perform(effect));
  }

  start(): void {
    this.#slot = this.#ports.slots.enter(this.#parent.machine, () => {
      this.#driver.tell({ kind: 'started' });
    });
  }

  stop(): void {
    if (this.#redriveWaits) this.#slot?.leave();
    this.#redriveWaits = false;
    this.#driver.tell({ kind: 'stopped' });
  }

  /** UpdateMapRun, on a run that has not ended. */
  update(changes: MapRunChanges): void {
    this.#driver.tell({ kind: 'updated', ...changes });
  }

  /** Redrives children that did not succeed, once the run has written its results. Calls `onBegin` when it begins. */
  redrive(onBegin: (redriveCount: number) => void, onEnd: (outcome: MapRunOutcome) => void): void {
    this.#ports.simulation.soon(() => {
      if (this.mapRun.state.phase.kind !== 'ended') {
        const ended = this.#onEnd;
        this.#onEnd = (outcome) => {
          ended(outcome);
          this.redrive(onBegin, onEnd);
        };
        return;
      }
      this.#onEnd = onEnd;
      this.mapRun.stoppedAt = undefined;
      onBegin(this.mapRun.state.redriveCount + 1);
      const notRedrivable = this.#markPending();
      this.#redriveWaits = true;
      this.#slot = this.#ports.slots.enter(this.#parent.machine, () => {
        this.#redriveWaits = false;
        this.#driver.tell({ kind: 'redriven', notRedrivable });
      });
    });
  }

  /** Marks every child to run again as pending. Returns the indexes of those that cannot run again. */
  #markPending(): readonly number[] {
    const now = this.#ports.simulation.now();
    const lost: number[] = [];
    for (const [index, { child }] of this.#children) {
      const { execution } = child;
      if (execution.outcome?.status === 'SUCCEEDED') continue;
      const isLost = execution.type === 'STANDARD' && redriveObstacle(execution, now) !== undefined;
      if (isLost) lost.push(index);
      else execution.isPendingRedrive = true;
    }
    return lost;
  }

  async #perform(effect: MapRunEffect): Promise<void> {
    switch (effect.kind) {
      case 'read-items':
        await this.#afterListing(() => this.#readItems(effect));
        return;
      case 'start-child':
        this.#startChild(effect);
        return;
      case 'dispatch-later':
        this.#ports.simulation.at(effect.at, () => {
          this.#driver.tell({ kind: 'dispatch' });
        });
        return;
      case 'stop-child':
        this.#children.get(effect.index)?.child.stop();
        return;
      case 'write-files':
        await this.#writeFiles(effect);
        return;
      case 'ended':
        await this.#items.close();
        for (const { child } of this.#children.values()) child.execution.isPendingRedrive = false;
        this.mapRun.stoppedAt = this.#ports.simulation.now();
        this.#slot?.leave();
        this.#onEnd(effect);
    }
  }

  /** Waits for as long as a page takes; for none, not even for what runs meanwhile. */
  async #afterListing(read: () => Promise<void>): Promise<void> {
    const { simulation, listingMilliseconds } = this.#ports;
    if (listingMilliseconds > 0) simulation.at(simulation.now() + listingMilliseconds, read);
    else await read();
  }

  async #readItems({ reader, continuation }: Extract<MapRunEffect, { kind: 'read-items' }>): Promise<void> {
    const { Bucket } = reader.arguments;
    if (typeof Bucket === 'string' && this.#isElsewhere(Bucket)) {
      this.#driver.tell({ kind: 'read-failed', cause: elsewhere(Bucket) });
      return;
    }
    const read = await this.#items.read(reader, continuation);
    if ('cause' in read) this.#driver.tell({ kind: 'read-failed', cause: read.cause });
    else this.#driver.tell({ kind: 'items-read', ...read });
  }

  /** A Map Run starts and redrives its children with the machine's own role (iam-policies-eg-dist-map). */
  #startChild(effect: StartChild): void {
    const known = effect.again ? this.#children.get(effect.index) : undefined;
    const isRedrive = known !== undefined && this.#spec.executionType === 'STANDARD';
    const { machine } = this.#parent;
    const request: AccessRequest = {
      principal: this.#principal,
      action: isRedrive ? 'states:RedriveExecution' : 'states:StartExecution',
      resource: isRedrive ? effect.executionArn : machine.arn,
      resourceAccount: machine.account,
      context: { 'aws:RequestedRegion': machine.region },
    };
    const decision = this.#ports.authorize(request);
    if (!decision.allowed) {
      this.#driver.tell({
        kind: 'child-start-failed',
        error: 'States.Permissions',
        cause: denialMessage(request, decision),
      });
      return;
    }
    if (!isRedrive) {
      this.#startAnew(effect, known);
      return;
    }
    known.child.execution.isPendingRedrive = false;
    known.child.redrive();
  }

  /** An Express child that is run again is a new execution in the place of the old one, with its ARN. */
  #startAnew(
    { index, name, executionArn, input }: StartChild,
    before: { readonly child: RunningChild; readonly place: number } | undefined,
  ): void {
    const { children } = this.mapRun;
    const now = this.#ports.simulation.now();
    const execution: Execution = {
      arn: executionArn,
      name,
      machine: this.#parent.machine,
      type: this.#spec.executionType,
      dispatch: {
        mapRunArn: this.mapRun.arn,
        stateMachineArn: labelledMachineArn(this.#spec),
        index,
        itemCount: this.mapRun.state.batches.at(index)?.items ?? 0,
      },
      input,
      startedAt: now,
      ...(before && {
        redriveCount: (before.child.execution.redriveCount ?? 0) + 1,
        redrivenAt: now,
        failedTasks: before.child.execution.failedTasks,
      }),
      history: [],
      mapRuns: [],
    };
    const child = this.#newChild(execution, this.#spec, () => {
      this.#driver.tell(childEnd(index, execution));
    });
    const place = before?.place ?? children.length;
    children[place] = execution;
    this.#children.set(index, { child, place });
    child.start();
  }

  async #writeFiles({ bucket, files }: Extract<MapRunEffect, { kind: 'write-files' }>): Promise<void> {
    if (this.#isElsewhere(bucket)) {
      this.#driver.tell({ kind: 'write-failed', cause: elsewhere(bucket) });
      return;
    }
    try {
      for (const { key, body } of files) {
        await this.#ports.storage.put(this.#principal, { bucket, key, body: Buffer.from(body) });
      }
      this.#driver.tell({ kind: 'files-written' });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      const cause = error.code === 'AccessDenied' ? `Access denied. ${error.message}` : error.message;
      this.#driver.tell({ kind: 'write-failed', cause });
    }
  }

  /** Reader and writer know only buckets of their own account and region (state-map-distributed, input-output-resultwriter). */
  #isElsewhere(name: string): boolean {
    const { machine } = this.#parent;
    const bucket = this.#ports.storage.bucket(name);
    return bucket !== undefined && (bucket.account !== machine.account || bucket.region !== machine.region);
  }
}

/** AWS's own words are not documented. */
const elsewhere = (bucket: string): string =>
  `The bucket ${bucket} is not in the same account and Region as the state machine`;

function childEnd(index: number, { outcome }: Execution): ChildEnd {
  if (outcome?.status === 'SUCCEEDED') return { kind: 'child-succeeded', index, output: outcome.output };
  return {
    kind: 'child-failed',
    index,
    status: outcome?.status ?? 'ABORTED',
    error: outcome?.error,
    cause: outcome?.cause,
  };
}
