import { messageOf } from '@crosswind/aws/message-of';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Template } from './template.ts';

/** A stack of the cloud assembly, its template not yet resolved. */
export interface AssembledStack {
  /** Construct path, for example `Crosswind/dev-wind-speed-child/Child`. */
  readonly path: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  readonly templateFile: string;
  /** Directory or file of each file asset, by the key under which it is published. */
  readonly assets: ReadonlyMap<string, string>;
  /** Ids of the artifacts of the same assembly that are deployed first. */
  readonly dependencies: readonly string[];
  /** Id of its artifact. */
  readonly id: string;
  /** True if the app left account or region open, and the default of the reader is in their place. */
  readonly isAgnostic: boolean;
}

/** An account in a region: where stacks are deployed, metrics are kept and quotas count. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly directoryName?: string;
    readonly file?: string;
  };
}

interface AssetFile {
  readonly source: { readonly path: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** A directory that cannot be read as a cloud assembly. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}

/**
 * Every stack in `directory` (a `cdk.out`), with those of nested assemblies.
 * @param agnostic account and region of stacks that leave them open; without it, such stacks are refused
 * @throws AssemblyError for a directory that is no cloud assembly
 */
export function readAssembly(directory: string, agnostic?: Environment): readonly AssembledStack[] {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new AssemblyError(
      `${directory} is no cloud assembly: expected a manifest.json in it (\`npx cdk synth\` writes one to cdk.out)`,
    );
  }
  const { artifacts = {} } = readJson(manifestFile) as { artifacts?: Record<string, Artifact> };
  const assets = publishedAssets(directory, Object.values(artifacts));
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly')
      return readAssembly(join(directory, artifact.properties?.directoryName ?? id), agnostic);
    return artifact.type === 'aws:cloudformation:stack' ? [stack(directory, id, artifact, assets, agnostic)] : [];
  });
}

function stack(
  directory: string,
  id: string,
  artifact: Artifact,
  assets: ReadonlyMap<string, string>,
  agnostic: Environment | undefined,
): AssembledStack {
  const { environment = '', dependencies = [] } = artifact;
  const [, account, region] = /^aws:\/\/(\d{12}|unknown-account)\/([a-z0-9-]+)$/.exec(environment) ?? [];
  const isAgnostic = account === 'unknown-account' || region === 'unknown-region';
  if (account === undefined || region === undefined || (isAgnostic && !agnostic)) {
    throw new AssemblyError(
      `stack ${id} is bound to no account and region: expected aws://<12 digits>/<region>, got ${environment || 'nothing'}`,
    );
  }
  const templateFile = join(directory, artifact.properties?.templateFile ?? `${id}.template.json`);
  return {
    path: artifact.displayName ?? id,
    name: artifact.properties?.stackName ?? id,
    account: account === 'unknown-account' ? (agnostic?.account ?? '') : account,
    region: region === 'unknown-region' ? (agnostic?.region ?? '') : region,
    isAgnostic,
    id,
    dependencies,
    // A stack without resources has no such section.
    template: { Resources: {}, ...(readJson(templateFile) as Partial<Template>) },
    templateFile,
    assets,
  };
}

function publishedAssets(directory: string, artifacts: readonly Artifact[]): ReadonlyMap<string, string> {
  const manifests = artifacts.filter(({ type }) => type === 'cdk:asset-manifest');
  return new Map(
    manifests.flatMap(({ properties }) => {
      const { files = {} } = readJson(join(directory, properties?.file ?? '')) as { files?: Record<string, AssetFile> };
      return Object.values(files).flatMap(({ source, destinations }) =>
        Object.values(destinations).map(({ objectKey }): [string, string] => [
          objectKey,
          resolve(directory, source.path),
        ]),
      );
    }),
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AssemblyError(`cannot read ${file}: ${messageOf(error)}`);
  }
}
