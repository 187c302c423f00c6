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
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
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

/** Every stack below `directory` (a `cdk.out`), those of nested assemblies included. */
export function readAssembly(directory: string): readonly AssembledStack[] {
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
      return readAssembly(join(directory, artifact.properties?.directoryName ?? id));
    return artifact.type === 'aws:cloudformation:stack' ? [stack(directory, id, artifact, assets)] : [];
  });
}

function stack(directory: string, id: string, artifact: Artifact, assets: ReadonlyMap<string, string>): AssembledStack {
  const environment = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(artifact.environment ?? '');
  if (!environment) {
    throw new AssemblyError(
      `stack ${id} is bound to no account and region: expected aws://<12 digits>/<region>, got ${artifact.environment ?? 'nothing'}`,
    );
  }
  const [, account = '', region = ''] = environment;
  const templateFile = join(directory, artifact.properties?.templateFile ?? `${id}.template.json`);
  return {
    path: artifact.displayName ?? id,
    name: artifact.properties?.stackName ?? id,
    account,
    region,
    template: readJson(templateFile) as Template,
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
