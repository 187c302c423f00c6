import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Cloud } from '../../cloud.ts';
import type { RolePrincipal } from '../../iam/sessions.ts';
import { S3Error } from '../../s3/s3-error.ts';
import { labelledMachineArn } from '@crosswind/workflow/map-run/children';
import { mapRunStep } from '@crosswind/workflow/map-run/map-run';
import type { ChildEnd, MapRunEffect, MapRunEvent, MapRunOutcome } from '@crosswind/workflow/map-run/protocol';
import type { MapRunSpec } from '@crosswind/workflow/map-run/spec';
import { newMapRun } from '@crosswind/workflow/map-run/state';
import type { Execution } from './execution.ts';
import { ItemCursor } from './item-reader/item-cursor.ts';
import { MapRun, type MapRunChanges } from './map-run.ts';
import { redriveObstacle } from './redrivable.ts';
import type { MapRunSlot } from './map-run-slots.ts';

type EventWithoutTime = MapRunEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'at'> : never) : never;
type StartChild = Extract<MapRunEffect, { kind: 'start-child' }>;

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
  readonly #cloud: Cloud;
  readonly #parent: Execution;
  readonly #spec: MapRunSpec;
  readonly #principal: RolePrincipal;
  readonly #newChild: NewChild;
  readonly #items: ItemCursor;
  /** Every child that was started, by its index, with its place among the children of the Map Run. */
  readonly #children = new Map<number, { readonly child: RunningChild; readonly place: number }>();
  #onEnd: (outcome: MapRunOutcome) => void;
  #slot: MapRunSlot | undefined;
  /** Whether a redrive waits until other Map Runs have ended. */
  #redriveWaits = false;

  constructor(
    cloud: Cloud,
    parent: Execution,
    spec: MapRunSpec,
    principal: RolePrincipal,
    newChild: NewChild,
    onEnd: (outcome: MapRunOutcome) => void,
  ) {
    this.#cloud = cloud;
    this.#parent = parent;
    this.#spec = spec;
    this.#principal = principal;
    this.#newChild = newChild;
    this.#items = new ItemCursor({ storage: cloud.storage, principal });
    this.#onEnd = onEnd;
    const quotas = cloud.quotasOf(parent.machine);
    const dispatchPerSecond =
      spec.executionType === 'EXPRESS' ? quotas.expressDispatchPerSecond : quotas.standardDispatchPerSecond;
    this.mapRun = new MapRun(newMapRun(spec, dispatchPerSecond), parent.arn, cloud.simulation.now());
  }

  start(): void {
    this.#slot = this.#cloud.mapRunSlots.enter(this.#parent.machine, () => {
      this.#tell({ kind: 'started' });
    });
  }

  stop(): void {
    if (this.#redriveWaits) this.#slot?.leave();
    this.#redriveWaits = false;
    this.#tell({ kind: 'stopped' });
  }

  /** UpdateMapRun, on a run that has not ended. */
  update(changes: MapRunChanges): void {
    this.#tell({ kind: 'updated', ...changes });
  }

  /** Runs again what did not succeed, once the run has written what it still has to write; tells `onBegin` when it does. */
  redrive(onBegin: (redriveCount: number) => void, onEnd: (outcome: MapRunOutcome) => void): void {
    this.#cloud.simulation.soon(() => {
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
      this.#slot = this.#cloud.mapRunSlots.enter(this.#parent.machine, () => {
        this.#redriveWaits = false;
        this.#tell({ kind: 'redriven', notRedrivable });
      });
    });
  }

  /** Tells of every child that is to run again that it waits; gives those that cannot. */
  #markPending(): readonly number[] {
    const now = this.#cloud.simulation.now();
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

  #tell(event: EventWithoutTime): void {
    this.#cloud.simulation.soon(async () => {
      const at = this.#cloud.simulation.now();
      const [state, effects] = await mapRunStep(this.mapRun.state, { ...event, at });
      this.mapRun.state = state;
      for (const effect of effects) await this.#perform(effect);
    });
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
        this.#cloud.simulation.at(effect.at, () => {
          this.#tell({ kind: 'dispatch' });
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
        this.mapRun.stoppedAt = this.#cloud.simulation.now();
        this.#slot?.leave();
        this.#onEnd(effect);
    }
  }

  /** Waits for as long as a page takes; for none, not even for what runs meanwhile. */
  async #afterListing(read: () => Promise<void>): Promise<void> {
    const { simulation, listingMilliseconds } = this.#cloud;
    if (listingMilliseconds > 0) simulation.at(simulation.now() + listingMilliseconds, read);
    else await read();
  }

  async #readItems({ reader, continuation }: Extract<MapRunEffect, { kind: 'read-items' }>): Promise<void> {
    const { Bucket } = reader.arguments;
    if (typeof Bucket === 'string' && this.#isElsewhere(Bucket)) {
      this.#tell({ kind: 'read-failed', cause: elsewhere(Bucket) });
      return;
    }
    const read = await this.#items.read(reader, continuation);
    if ('cause' in read) this.#tell({ kind: 'read-failed', cause: read.cause });
    else this.#tell({ kind: 'items-read', ...read });
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
    const decision = this.#cloud.authorize(request);
    if (!decision.allowed) {
      this.#tell({ kind: 'child-start-failed', error: 'States.Permissions', cause: denialMessage(request, decision) });
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
    const now = this.#cloud.simulation.now();
    const execution: Execution = {
      arn: executionArn,
      name,
      machine: this.#parent.machine,
      type: this.#spec.executionType,
      dispatch: {
        mapRunArn: this.mapRun.arn,
        stateMachineArn: labelledMachineArn(this.#spec),
        itemCount: this.mapRun.state.batches.at(index)?.items ?? 0,
      },
      input,
      startedAt: now,
      ...(before && { redriveCount: (before.child.execution.redriveCount ?? 0) + 1, redrivenAt: now }),
      history: [],
      mapRuns: [],
    };
    const child = this.#newChild(execution, this.#spec, () => {
      this.#tell(childEnd(index, execution));
    });
    const place = before?.place ?? children.length;
    children[place] = execution;
    this.#children.set(index, { child, place });
    child.start();
  }

  async #writeFiles({ bucket, files }: Extract<MapRunEffect, { kind: 'write-files' }>): Promise<void> {
    if (this.#isElsewhere(bucket)) {
      this.#tell({ kind: 'write-failed', cause: elsewhere(bucket) });
      return;
    }
    try {
      for (const { key, body } of files) {
        await this.#cloud.storage.put(this.#principal, { bucket, key, body: Buffer.from(body) });
      }
      this.#tell({ kind: 'files-written' });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      const cause = error.code === 'AccessDenied' ? `Access denied. ${error.message}` : error.message;
      this.#tell({ kind: 'write-failed', cause });
    }
  }

  /** Reader and writer know only buckets of their own account and region (state-map-distributed, input-output-resultwriter). */
  #isElsewhere(name: string): boolean {
    const { machine } = this.#parent;
    const bucket = this.#cloud.storage.bucket(name);
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
