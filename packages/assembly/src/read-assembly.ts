import { messageOf } from '@crosswind/aws/problem';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isObject, type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import type { Template } from './template.ts';

/** A stack of the cloud assembly, its template not yet resolved. */
export interface AssembledStack {
  /** Construct path, for example `Crosswind/dev-orders/Child`. */
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
  /**
   * How the CDK's command line deploys it.
   *
   * @default - it is no artifact of an assembly
   */
  readonly deployment?: DeploymentOfStack;
  /** True if the app left account or region open, and the default of the reader is in their place. */
  readonly isAgnostic: boolean;
}

/** Roles, assets and protection of a stack's deployment (cloud-assembly-schema: "AwsCloudFormationStackProperties"). */
export interface DeploymentOfStack {
  /** The file that says where its assets go; undefined if it has none. */
  readonly assetManifest: string | undefined;
  /** The role that the command line assumes; undefined if it acts with the caller's credentials. */
  readonly deployRoleArn: string | undefined;
  /** The role that CloudFormation acts as; undefined if it acts with the caller's session. */
  readonly executionRoleArn: string | undefined;
  /** `s3://<bucket>/<key>` of the template; undefined if it goes with the request. */
  readonly templateUrl: string | undefined;
  /** Name of the SSM parameter with the version of the bootstrap; undefined if none is required. */
  readonly bootstrapVersionParameter: string | undefined;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
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
    readonly assumeRoleArn?: string;
    readonly cloudFormationExecutionRoleArn?: string;
    readonly stackTemplateAssetObjectUrl?: string;
    readonly bootstrapStackVersionSsmParameter?: string;
    readonly terminationProtection?: boolean;
    readonly tags?: Readonly<Record<string, string>>;
  };
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
export const readAssembly = (directory: string, agnostic?: Environment): readonly AssembledStack[] =>
  readNested(directory, agnostic, []);

function readNested(
  directory: string,
  agnostic: Environment | undefined,
  outer: readonly string[],
): readonly AssembledStack[] {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new AssemblyError(
      `${directory} is no cloud assembly: expected a manifest.json in it (\`npx cdk synth\` writes one to cdk.out)`,
    );
  }
  const read = objectsIn(objectIn(manifestFile)['artifacts'], `${manifestFile}: artifacts`);
  const artifacts = read as unknown as Readonly<Record<string, Artifact>>;
  const assets = publishedAssets(directory, Object.values(artifacts));
  const around = [...outer, resolve(directory)];
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type !== 'cdk:cloud-assembly')
      return artifact.type === 'aws:cloudformation:stack'
        ? [stack(directory, id, artifact, { artifacts, assets }, agnostic)]
        : [];
    const nested = artifact.properties?.directoryName ?? id;
    if (around.includes(resolve(directory, nested))) {
      const got = JSON.stringify(nested);
      throw new AssemblyError(
        `${manifestFile}: artifact ${id} is nested in itself: expected a directory in it, got ${got}`,
      );
    }
    return readNested(join(directory, nested), agnostic, around);
  });
}

function stack(
  directory: string,
  id: string,
  artifact: Artifact,
  { artifacts, assets }: Pick<AssembledStack, 'assets'> & { readonly artifacts: Readonly<Record<string, Artifact>> },
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
    template: templateIn(templateFile),
    templateFile,
    assets,
    deployment: deploymentOf(directory, artifact, artifacts),
  };
}

function deploymentOf(
  directory: string,
  { properties = {}, dependencies = [] }: Artifact,
  artifacts: Readonly<Record<string, Artifact>>,
): DeploymentOfStack {
  const manifest = dependencies.map((id) => artifacts[id]).find((each) => each?.type === 'cdk:asset-manifest');
  const file = manifest?.properties?.file;
  return {
    assetManifest: file === undefined ? undefined : join(directory, file),
    deployRoleArn: properties.assumeRoleArn,
    executionRoleArn: properties.cloudFormationExecutionRoleArn,
    templateUrl: properties.stackTemplateAssetObjectUrl,
    bootstrapVersionParameter: properties.bootstrapStackVersionSsmParameter,
    terminationProtection: properties.terminationProtection ?? false,
    tags: properties.tags ?? {},
  };
}

/** The template in a file; a stack without resources has no such section. */
function templateIn(file: string): Template {
  const template = objectIn(file);
  const resources = objectsIn(template['Resources'], `${file}: Resources`);
  for (const [id, { Type: type = null, Properties: properties }] of Object.entries(resources)) {
    if (typeof type !== 'string') throw unexpected(`${file}: Resources.${id}.Type`, 'the type of a resource', type);
    if (properties !== undefined) objectAt(properties, `${file}: Resources.${id}.Properties`);
  }
  return { ...template, Resources: resources as unknown as Template['Resources'] };
}

/** File or directory of each file asset by its key; an asset that a command makes when it is published has none. */
function publishedAssets(directory: string, artifacts: readonly Artifact[]): ReadonlyMap<string, string> {
  const manifests = artifacts.filter(({ type }) => type === 'cdk:asset-manifest');
  return new Map(
    manifests.flatMap(({ properties }) => {
      const file = join(directory, properties?.file ?? '');
      const assets = objectsIn(objectIn(file)['files'], `${file}: files`);
      return Object.entries(assets).flatMap(([id, asset]) => {
        const path = objectOf(asset['source'])['path'];
        const destinations = objectsIn(asset['destinations'], `${file}: files.${id}.destinations`);
        if (typeof path !== 'string') return [];
        return Object.values(destinations).map(({ objectKey = null }): [string, string] => [
          textOf(objectKey),
          resolve(directory, path),
        ]);
      });
    }),
  );
}

function objectIn(file: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new AssemblyError(`cannot read ${file}: ${messageOf(error)}`);
  }
  return objectAt(value, file);
}

/** Objects by name; none where the section is left out. */
function objectsIn(section: Json | undefined, place: string): Readonly<Record<string, JsonObject>> {
  const entries = Object.entries(objectAt(section ?? {}, place));
  return Object.fromEntries(entries.map(([key, value]) => [key, objectAt(value, `${place}.${key}`)]));
}

function objectAt(value: Json, place: string): JsonObject {
  if (isObject(value)) return value;
  throw unexpected(place, 'an object', value);
}

const unexpected = (place: string, expected: string, got: Json): AssemblyError =>
  new AssemblyError(`${place}: expected ${expected}, got ${got === null ? 'nothing' : JSON.stringify(got)}`);
