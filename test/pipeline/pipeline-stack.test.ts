import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { deploymentOrder } from '@crosswind/assembly/deployment-order';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { ownWaveNames } from '../../config/own-waves.ts';
import { toolVersions } from '../../pipeline/tool-versions.ts';
import {
  platformOf,
  platformText,
  shippedPlatform,
  stackAt,
  synthesize,
  synthesized,
  templateAt,
} from '../synthesized.ts';
import { pipelineApp } from './pipeline-app.ts';

const pipeline = (properties: object): void => {
  templateAt('Crosswind').hasResourceProperties('AWS::CodePipeline::Pipeline', properties);
};
const stage = (name: string, ...actions: object[]): void => {
  pipeline({
    Stages: Match.arrayWith([
      Match.objectLike({ Name: name, Actions: Match.arrayWith(actions.map((it) => Match.objectLike(it))) }),
    ]),
  });
};

/** The shell commands of every build of the pipeline. */
function commands(): readonly string[] {
  const projects = stackAt(synthesized().stacks, 'Crosswind').resources.filter(
    ({ type }) => type === 'AWS::CodeBuild::Project',
  );
  const specs = projects.map(({ properties }) => textOf(objectOf(properties['Source'])['BuildSpec']));
  return specs.flatMap((spec) => spec.split('\n')).map((line) => line.trim());
}

/** The commands that publish assets: one project does that, whose commands are a file of the assembly. */
function publishingCommands(): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  try {
    pipelineApp(shippedPlatform, outdir).app.synth();
    const files = readdirSync(outdir).filter((file) => file.startsWith('buildspec-'));
    return files.flatMap((file) => readFileSync(join(outdir, file), 'utf8').split('\n')).map((line) => line.trim());
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe('the pipeline', () => {
  test('is of type V2', () => {
    pipeline({ PipelineType: 'V2' });
  });

  test('takes its source from the connection, repository and branch of platform.yaml', () => {
    const { connection, repository, branch } = shippedPlatform.pipeline;
    stage('Source', {
      ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'CodeStarSourceConnection', Version: '1' },
      Configuration: Match.objectLike({
        ConnectionArn: connection,
        FullRepositoryId: repository,
        BranchName: branch,
      }),
    });
  });

  test('may use the connection under the name of its ARN', () => {
    templateAt('Crosswind').hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['codeconnections:UseConnection', 'codestar-connections:UseConnection']),
            Resource: shippedPlatform.pipeline.connection,
          }),
        ]),
      },
    });
  });

  test('deploys itself before it deploys anything else', () => {
    stage('UpdatePipeline', { Name: 'SelfMutate' });
    pipeline({ RestartExecutionOnUpdate: true });
    expect(commands().join('\n')).toContain('cdk -a . deploy Crosswind');
  });

  test('deploys probes, alarms and dashboards, and then the waves of the file', () => {
    const [resource] = stackAt(synthesized().stacks, 'Crosswind').resources.filter(
      ({ type }) => type === 'AWS::CodePipeline::Pipeline',
    );
    expect(listOf(resource?.properties['Stages']).map((it) => objectOf(it)['Name'])).toEqual([
      'Source',
      'Build',
      'UpdatePipeline',
      'Assets',
      'probes',
      'observability',
      'dev',
      'approve-prod',
      'prod',
    ]);
  });

  test('lets a push overtake the one before it that waits between two stages', () => {
    pipeline({ ExecutionMode: 'SUPERSEDED' });
  });

  test('starts with a push to the branch that changes more than documentation, and with nothing else', () => {
    pipeline({
      Triggers: [
        {
          ProviderType: 'CodeStarSourceConnection',
          GitConfiguration: {
            SourceActionName: 'Source',
            Push: [
              {
                Branches: { Includes: [shippedPlatform.pipeline.branch] },
                FilePaths: { Excludes: ['docs/**', '**/*.md', '.github/**', 'bench/**'] },
              },
            ],
          },
        },
      ],
    });
    stage('Source', { Name: 'Source', Configuration: Match.objectLike({ DetectChanges: false }) });
  });

  test('deploys each stack in one action', () => {
    const text = JSON.stringify(stackAt(synthesized().stacks, 'Crosswind').resources);
    const modes = [...text.matchAll(/"ActionMode":"(\w+)"/g)].map(([, mode]) => mode);
    expect(modes).toEqual(Array(synthesized().assembled.length - 1).fill('CREATE_UPDATE'));
  });

  test('deploys what the check of a pull request synthesizes, after a clean installation', () => {
    expect(commands()).toEqual(expect.arrayContaining(['"npm ci",', '"npm run check"']));
    expect(commands().filter((line) => /npm test|synth/.test(line))).toEqual([]);
  });

  test('has builds of the image that offers Node.js 24, each with a time of its own', () => {
    const projects = stackAt(synthesized().stacks, 'Crosswind').resources.filter(
      ({ type }) => type === 'AWS::CodeBuild::Project',
    );
    const settings = projects.map(({ properties: { Environment, TimeoutInMinutes }, path }) => {
      const { Image, ComputeType } = objectOf(Environment);
      return [path.split('/').slice(-3, -1).join('/'), Image, ComputeType, TimeoutInMinutes];
    });
    const image = 'aws/codebuild/standard:8.0';
    const [small, medium] = ['BUILD_GENERAL1_SMALL', 'BUILD_GENERAL1_MEDIUM'];
    expect(settings).toEqual([
      ['Synth/CdkBuildProject', image, medium, 60],
      ['Preflight/Preflight', image, small, 20],
      ['Protect_probes/Protect probes', image, small, 20],
      ['Protect_observability/Protect observability', image, small, 20],
      ...['dev', 'prod'].flatMap((wave) => [
        [`Protect_${wave}/Protect ${wave}`, image, small, 20],
        [`Smoke_${wave}/Smoke ${wave}`, image, small, 20],
      ]),
      ['UpdatePipeline/SelfMutation', image, small, 30],
      ['Assets/FileAsset', image, small, 60],
    ]);
  });

  test('names its builds, so that policies leave builds of others alone', () => {
    const projects = stackAt(synthesized().stacks, 'Crosswind').resources.filter(
      ({ type }) => type === 'AWS::CodeBuild::Project',
    );
    expect(projects.map(({ name }) => name)).toEqual([
      'crosswind-synth',
      'crosswind-preflight',
      'crosswind-protect-probes',
      'crosswind-protect-observability',
      'crosswind-protect-dev',
      'crosswind-smoke-dev',
      'crosswind-protect-prod',
      'crosswind-smoke-prod',
      'crosswind-self-mutation',
      'crosswind-file-asset',
    ]);
  });

  test('builds with one version of Node.js', () => {
    const versions = new Set(commands().filter((line) => line.startsWith('"nodejs":')));
    expect([...versions]).toEqual([`"nodejs": "${toolVersions.node}"`]);
  });

  test('encrypts its artifacts with a key that is rotated', () => {
    pipeline({ ArtifactStore: { EncryptionKey: { Type: 'KMS' } } });
    templateAt('Crosswind').hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });
});

describe('the tools that the pipeline installs', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    devDependencies: Readonly<Record<string, string>>;
  };
  const installs = [...commands(), ...publishingCommands()]
    .filter((line) => line.includes('npm install'))
    .map((line) => line.replace(/[",]/g, ''));

  test('are those of package.json', () => {
    expect(toolVersions.cdk).toBe(devDependencies['aws-cdk']);
    expect(new Set(installs)).toEqual(
      new Set([`npm install -g aws-cdk@${toolVersions.cdk}`, `npm install -g cdk-assets@${toolVersions.cdkAssets}`]),
    );
  });

  test('have an exact version, because the latest CDK is a broken publish', () => {
    const packages = installs.map((line) => line.replace('npm install -g ', ''));
    expect(packages.length).toBeGreaterThan(1);
    expect(packages.filter((name) => !/^[\w-]+@\d+\.\d+\.\d+$/.test(name))).toEqual([]);
  });
});

describe('the waves', () => {
  const order = (text: string) => deploymentOrder(synthesize(platformOf(text)).assembled);
  const names = (text: string) => order(text).map(({ name, approval }) => [name, approval]);

  test('are deployed in the order of the file, a called stage before its caller', () => {
    const waves = deploymentOrder(synthesized().assembled);
    expect(waves.map(({ name, steps }) => [name, steps.map((step) => step.map(({ path }) => path))])).toEqual([
      [
        'probes',
        [
          ['word-parent-dev', 'word-child-dev', 'word-parent-prod', 'word-child-prod'].map(
            (account) => `Crosswind/probes-${account}/Probe`,
          ),
        ],
      ],
      [
        'observability',
        [
          ['Crosswind/observability/Alerts'],
          ['Crosswind/observability/Fleet', 'Crosswind/observability/Tenant-word-count'],
        ],
      ],
      ['dev', [['Crosswind/dev-word-count/Child'], ['Crosswind/dev-word-count/Parent']]],
      ['prod', [['Crosswind/prod-word-count/Child'], ['Crosswind/prod-word-count/Parent']]],
    ]);
  });

  test('around those of the file have names that no wave of the file may have', () => {
    const ofFile = shippedPlatform.waves.map((wave): string => wave.name);
    const own = names(platformText).flatMap(([name]) => (ofFile.includes(String(name)) ? [] : [name]));
    expect(own).toEqual(ownWaveNames);
  });

  test('wait for an approval only where the file says so', () => {
    expect(names(platformText)).toEqual([
      ['probes', false],
      ['observability', false],
      ['dev', false],
      ['prod', true],
    ]);
    const turned = platformText.replace(
      '- name: dev\n  - name: prod\n    approval: true',
      '- name: prod\n  - name: dev\n    approval: true',
    );
    expect(names(turned).slice(2)).toEqual([
      ['prod', false],
      ['dev', true],
    ]);
  });

  test.each<[what: string, from: string, to: string]>([
    ['a wave', '  - name: prod\n', '  - name: prod\n    frozen: true\n'],
    ['an account', '  - name: word-child-prod\n', '  - name: word-child-prod\n    frozen: true\n'],
  ])('leave out what is frozen with %s, and keep what watches it', (_, from, to) => {
    const waves = order(platformText.replace(from, to));
    expect(waves.map(({ name }) => name)).toEqual(['probes', 'observability', 'dev']);
    const watched = JSON.stringify(
      waves
        .find(({ name }) => name === 'observability')
        ?.steps.flat()
        .map(({ template }) => template),
    );
    expect(watched).toContain('666666666666');
  });

  test.each<[what: string, from: string, to: string, said: readonly string[]]>([
    ['of nothing where all is deployed', '', '', []],
    [
      'of a frozen wave',
      '  - name: prod\n',
      '  - name: prod\n    frozen: true\n',
      ['word-count stays as it is in wave prod: wave prod is frozen'],
    ],
    [
      'of a frozen account',
      '  - name: word-child-prod\n',
      '  - name: word-child-prod\n    frozen: true\n',
      ['word-count stays as it is in wave prod: account word-child-prod is frozen'],
    ],
  ])('say what stays as it is: %s', (_, from, to, said) => {
    const { app, stack } = pipelineApp(platformOf(platformText.replace(from, to)));
    app.synth();
    const infos = stack.node.metadata.filter(({ type }) => type === 'aws:cdk:info');
    expect(infos.map(({ data }): unknown => data)).toEqual(said);
  });

  test('ask for the approval in a stage of its own, which waits a day and has nothing else', () => {
    const approval = {
      Name: 'Approve_prod',
      RunOrder: 1,
      TimeoutInMinutes: 1440,
      ActionTypeId: { Category: 'Approval', Provider: 'Manual', Owner: 'AWS', Version: '1' },
      Configuration: Match.objectLike({
        ExternalEntityLink: 'https://github.com/example-org/platform/blob/main/docs/operations.md',
      }),
    };
    pipeline({ Stages: Match.arrayWith([Match.objectLike({ Name: 'approve-prod', Actions: [approval] })]) });
    stage('prod', { Name: 'crosswind-word-count-child.Deploy', RunOrder: 1 });
  });
});
