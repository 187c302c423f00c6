import type { AssembledStack } from '@crosswind/assembly/read-assembly';

/** Digests of the assets of stacks, as they are in keys of S3. */
export function assetDigests(stacks: readonly Pick<AssembledStack, 'assets'>[]): ReadonlySet<string> {
  const keys = [...new Set(stacks.map(({ assets }) => assets))].flatMap((assets) => [...assets.keys()]);
  return new Set(keys.flatMap((key) => /[0-9a-f]{64}/.exec(key)?.[0] ?? []));
}

/**
 * Texts that CDK Pipelines derives from assets and from its own projects: the name of the file with the commands that
 * publish, and a variable that makes the pipeline change when a project does (aws-cdk-lib/pipelines, `CodeBuildFactory`).
 */
const derived = [/(buildspec-)[0-9a-f]{40,64}/g, /(_PROJECT_CONFIG_HASH.{1,80}?)[0-9a-f]{64}/g];

/** The text of a template with one word for every digest of an asset. */
export function withoutAssets(text: string, digests: ReadonlySet<string>): string {
  const without = text.replace(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g, (found) =>
    digests.has(found) ? 'asset' : found,
  );
  return derived.reduce((rest, pattern) => rest.replace(pattern, '$1asset'), without);
}
