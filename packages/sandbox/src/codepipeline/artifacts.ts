import { randomUUID } from 'node:crypto';
import { partitionOf } from '@crosswind/aws/partition';
import type { RolePrincipal } from '../iam/sessions.ts';
import { keyArnOf } from '../kms/keys.ts';
import type { ObjectStorage } from '../s3/object-storage.ts';
import type { ArtifactPlace, Pipeline } from '@crosswind/assembly/pipelines';
import { NoArtifact } from './refusals.ts';

/**
 * Artifacts of one execution of a pipeline. Each is an object in the artifact bucket, written and read with the permissions
 * of who does it. The object holds the name of the artifact; its files are read where they are on this machine.
 */
export class Artifacts {
  readonly #storage: ObjectStorage;
  readonly #pipeline: Pipeline;
  readonly #known = new Map<string, { readonly directory: string; readonly key: string }>();
  readonly #copied = new Set<string>();

  constructor(storage: ObjectStorage, pipeline: Pipeline) {
    this.#storage = storage;
    this.#pipeline = pipeline;
  }

  /** Stores an artifact in the region of the pipeline. */
  async write(principal: RolePrincipal, name: string, directory: string): Promise<void> {
    // The name is cut, and an id follows (CodePipeline User Guide: "Input and output artifacts").
    const key = [this.#pipeline.name.slice(0, 20), name.slice(0, 10), randomUUID().slice(0, 7)].join('/');
    this.#known.set(name, { directory, key });
    await this.#put(principal, name, this.#pipeline.region);
  }

  /** The directory of an artifact, for an action in a region. */
  async read(principal: RolePrincipal, name: string, region = this.#pipeline.region): Promise<string> {
    const { bucket } = this.#place(region);
    const { directory, key } = this.#of(name);
    await this.#storage.get(principal, { bucket, key }).bytes();
    return directory;
  }

  /** ARN of an artifact in the region of the pipeline. */
  arnOf(name: string): string {
    const { region } = this.#pipeline;
    return `arn:${partitionOf(region)}:s3:::${this.#place(region).bucket}/${this.#of(name).key}`;
  }

  /** Copies an artifact to another region, as the pipeline does before an action there reads it. */
  async copyTo(region: string, principal: RolePrincipal, name: string): Promise<void> {
    const copy = [region, name].join('/');
    if (region === this.#pipeline.region || this.#copied.has(copy)) return;
    await this.read(principal, name);
    await this.#put(principal, name, region);
    this.#copied.add(copy);
  }

  async #put(principal: RolePrincipal, name: string, region: string): Promise<void> {
    const { bucket, keyId } = this.#place(region);
    const place = { account: this.#pipeline.account, region };
    const encryption = keyId === undefined ? undefined : { algorithm: 'aws:kms', keyId: keyArnOf(keyId, place) };
    await this.#storage.put(principal, { bucket, key: this.#of(name).key, body: Buffer.from(name), encryption });
  }

  #of(name: string): { readonly directory: string; readonly key: string } {
    const known = this.#known.get(name);
    if (known) return known;
    throw new NoArtifact(`no action has made the artifact ${name}`);
  }

  #place(region: string): ArtifactPlace {
    const place = this.#pipeline.artifacts.get(region);
    if (place) return place;
    throw new NoArtifact(`the pipeline ${this.#pipeline.name} keeps no artifacts in ${region}`);
  }
}
