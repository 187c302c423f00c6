import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { cdkBootstrapTemplateText } from '../../../onboarding/baseline/bootstrap-template.ts';
import { deployStack, deployTemplate, type Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../../cli/local/administrator.ts';
import type { Platform } from '../../../config/schema.ts';
import { accountsInOrder } from '../../../onboarding/baseline/baseline.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const region = 'us-east-1';
const pipelineAccount = '111111111111';

/** Everything that 0.1 had in each account: its bootstrap by `cdk bootstrap`, the sink and the links by the pipeline. */
export async function deployBaseline01(sandbox: Sandbox, platform: Platform): Promise<void> {
  const accounts = accountsInOrder(platform);
  for (const { id } of accounts) await bootstrap01(sandbox, id);
  const manifest = publishedFunction();
  for (const { id, kind } of accounts) {
    if (kind === 'monitoring') await stack01(sandbox, id, 'sink', manifest);
    if (kind === 'workload') await stack01(sandbox, id, 'baseline', manifest);
  }
}

async function bootstrap01(sandbox: Sandbox, account: string): Promise<void> {
  const policy = `arn:aws:iam::${account}:policy/crosswind-execution`;
  const Statement = [
    {
      Effect: 'Allow' as const,
      Action: ['iam:*', 'lambda:*', 'logs:*', 'oam:*', 's3:*', 'ssm:*', 'sts:*', 'cloudwatch:*', 'xray:*', 'kms:*'],
      Resource: '*',
    },
  ];
  sandbox.identities.setManagedPolicy(policy, {
    name: 'crosswind-execution',
    document: { Version: '2012-10-17', Statement },
  });
  await deployTemplate(
    sandbox.stackCalls,
    { principal: administrator(sandbox, account, region), region },
    {
      stackName: 'crosswind-toolkit',
      template: cdkBootstrapTemplateText(),
      parameters: {
        FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
        TrustedAccounts: account === pipelineAccount ? '' : pipelineAccount,
        CloudFormationExecutionPolicies: policy,
        Qualifier: 'crosswind',
      },
      terminationProtection: true,
    },
  );
}

/** A stack as the CDK's command line deploys it, with the roles of the bootstrap. */
async function stack01(
  sandbox: Sandbox,
  account: string,
  name: 'sink' | 'baseline',
  manifest: (account: string) => string,
): Promise<void> {
  const role = (kind: string): string => `arn:aws:iam::${account}:role/cdk-crosswind-${kind}-role-${account}-${region}`;
  const text = readFileSync(join(import.meta.dirname, `${name}.template.json`), 'utf8');
  const template = JSON.parse(text.replaceAll('444444444444', account)) as Parameters<
    typeof deployStack
  >[2]['template'];
  await deployStack(sandbox.stackCalls, administrator(sandbox, account, region), {
    path: `Crosswind/${name}`,
    id: name,
    name: `crosswind-${name}`,
    account,
    region,
    template,
    templateFile: '',
    assets: new Map(),
    dependencies: [],
    isAgnostic: false,
    deployment: {
      assetManifest: name === 'baseline' ? manifest(account) : undefined,
      deployRoleArn: role('deploy'),
      executionRoleArn: role('cfn-exec'),
      templateUrl: undefined,
      bootstrapVersionParameter: '/cdk-bootstrap/crosswind/version',
      terminationProtection: false,
      tags: {},
    },
  });
}

/** Bundles the function of the links; returns the manifest that brings it to an account. */
function publishedFunction(): (account: string) => string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'find-sink'));
  buildSync({
    entryPoints: [join(import.meta.dirname, 'find-sink.entry.ts')],
    outfile: join(directory, 'find-sink', 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return (account) => {
    const file = join(directory, `${account}.assets.json`);
    const destination = {
      bucketName: `cdk-crosswind-assets-${account}-${region}`,
      objectKey: 'find-sink.zip',
      assumeRoleArn: `arn:aws:iam::${account}:role/cdk-crosswind-file-publishing-role-${account}-${region}`,
    };
    const asset = { source: { path: 'find-sink', packaging: 'zip' }, destinations: { [account]: destination } };
    writeFileSync(file, JSON.stringify({ files: { findSink: asset } }));
    return file;
  };
}
