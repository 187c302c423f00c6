/** Versions of the tools that the pipeline installs; `test/pipeline` asserts that they are those of package.json. */
export const toolVersions = {
  /** The AWS CDK CLI, for self-mutation. */
  cdk: '2.1148.1',
  /** The publisher of assets. */
  cdkAssets: '4.7.3',
  /** Node.js of the build image. */
  node: '24',
} as const;
