import { denialMessage } from '../../policies/iam/denial-message.ts';
import type { AccessRequest } from '../../policies/iam/request.ts';
import type { Cloud } from '../cloud.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import { etagOf } from '../s3/bucket.ts';
import { S3Error } from '../s3/s3-error.ts';
import type { Json, JsonObject } from '../workflow/json.ts';
import { labelledMachineArn } from '../workflow/map-run/children.ts';
import { mapRunStep } from '../workflow/map-run/map-run.ts';
import type { ChildEnd, MapRunEffect, MapRunEvent, MapRunOutcome } from '../workflow/map-run/protocol.ts';
import type { MapRunSpec } from '../workflow/map-run/spec.ts';
import { newMapRun } from '../workflow/map-run/state.ts';
import type { Execution } from './execution.ts';
import { MapRun } from './map-run.ts';

type EventWithoutTime = MapRunEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'at'> : never) : never;
type StartChild = Extract<MapRunEffect, { kind: 'start-child' }>;

/** A child execution that runs. */
export interface RunningChild {
  start(): void;
  stop(): void;
}

/** Makes the runtime of a child, which calls `onEnd` once; an argument, because executions and Map Runs hold each other. */
export type NewChild = (execution: Execution, spec: MapRunSpec, onEnd: () => void) => RunningChild;

/** Lets the pure engine run one Map Run: reads the items, runs the children, writes the results, as the machine's role. */
export class MapRunRuntime {
  readonly mapRun: MapRun;
  readonly #cloud: Cloud;
  readonly #parent: Execution;
  readonly #spec: MapRunSpec;
  readonly #principal: RolePrincipal;
  readonly #onEnd: (outcome: MapRunOutcome) => void;
  readonly #newChild: NewChild;
  readonly #children = new Map<number, RunningChild>();

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
    this.#onEnd = onEnd;
    this.mapRun = new MapRun(newMapRun(spec), parent.arn, cloud.simulation.now());
  }

  start(): void {
    this.#cloud.cloudWatch.meters.mapRunOpened(this.#parent.machine);
    this.#tell({ kind: 'started' });
  }

  stop(): void {
    this.#tell({ kind: 'stopped' });
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
        this.#readItems(effect.arguments, effect.continuation);
        return;
      case 'start-child':
        this.#startChild(effect);
        return;
      case 'stop-child':
        this.#children.get(effect.index)?.stop();
        return;
      case 'write-files':
        await this.#writeFiles(effect);
        return;
      case 'ended':
        this.mapRun.stoppedAt = this.#cloud.simulation.now();
        this.#cloud.cloudWatch.meters.mapRunClosed(this.#parent.machine);
        this.#onEnd(effect);
    }
  }

  /** One page of the bucket, each object in the form in which the item reader gives it (input-output-itemreader). */
  #readItems({ Bucket, Prefix: prefix }: JsonObject, continuation: string | undefined): void {
    const bucket = typeof Bucket === 'string' ? Bucket : '';
    if (this.#isElsewhere(bucket)) {
      this.#tell({ kind: 'read-failed', cause: elsewhere(bucket) });
      return;
    }
    try {
      const page = this.#cloud.storage.list(this.#principal, bucket, {
        ...(typeof prefix === 'string' && prefix !== '' && { prefix }),
        ...(continuation !== undefined && { continuationToken: continuation }),
      });
      const items = page.objects.map((object): Json => ({
        Etag: etagOf(object),
        Key: object.key,
        LastModified: Math.floor(object.lastModified / 1_000),
        Size: object.size,
        StorageClass: 'STANDARD',
      }));
      this.#tell({ kind: 'items-read', items, continuation: page.nextContinuationToken });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      this.#tell({ kind: 'read-failed', cause: `${error.message} (Service: S3, Status Code: ${error.status})` });
    }
  }

  /** A Map Run starts its children with the machine's own role (iam-policies-eg-dist-map). */
  #startChild({ index, name, executionArn, input }: StartChild): void {
    const { machine } = this.#parent;
    const request: AccessRequest = {
      principal: this.#principal,
      action: 'states:StartExecution',
      resource: machine.arn,
      resourceAccount: machine.account,
      context: { 'aws:RequestedRegion': machine.region },
    };
    const decision = this.#cloud.authorize(request);
    if (!decision.allowed) {
      this.#tell({ kind: 'child-start-failed', error: 'States.Permissions', cause: denialMessage(request, decision) });
      return;
    }
    const execution: Execution = {
      arn: executionArn,
      name,
      machine,
      type: this.#spec.executionType,
      dispatch: {
        mapRunArn: this.mapRun.arn,
        stateMachineArn: labelledMachineArn(this.#spec),
        itemCount: this.mapRun.state.batches.at(index)?.items ?? 0,
      },
      input,
      startedAt: this.#cloud.simulation.now(),
      history: [],
      mapRuns: [],
    };
    const child = this.#newChild(execution, this.#spec, () => {
      this.#children.delete(index);
      this.#tell(childEnd(index, execution));
    });
    this.#children.set(index, child);
    this.mapRun.children.push(execution);
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
