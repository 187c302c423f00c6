import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ExecutionProps } from '../../src/codepipeline/codepipeline.ts';
import type { ActionResult } from '../../src/codepipeline/play.ts';
import { CommandFailed } from '../../src/codepipeline/refusals.ts';
import { stacksOf } from '../../src/testing/literals.ts';
import {
  approval,
  assemblyWith,
  deploying,
  pipelineStack,
  played,
  queue,
  type RoleName,
  sandboxWithPipeline,
  shortPipeline,
  source,
  stage,
  statements,
  synth,
  target,
} from './pipeline.ts';

const summary = (results: readonly ActionResult[]) =>
  results.map(({ action, account, status, done, notRun }) => [
    ...[action.stage, action.name, account, status],
    ...[...done, ...notRun],
  ]);

describe('a pipeline', () => {
  test('plays its stages and actions in their order, each where it acts', async () => {
    const stages = [...shortPipeline, stage('prod', deploying('other', { RunOrder: 2 }), approval)];
    const sandbox = await sandboxWithPipeline({ stages, commands: ['npm ci', 'make "all of it"'] });
    const assembly = assemblyWith({ queue: queue(), other: queue({ QueueName: 'other' }) });
    const { isComplete, results } = await played(sandbox, { assembly });
    expect(summary(results)).toEqual([
      ['Source', 'Source', '111111111111', 'Succeeded', 'example-org/platform@main'],
      ['Build', 'Synth', '111111111111', 'Succeeded', 'npm ci', 'make "all of it"'],
      ['dev', 'queue', '222222222222', 'Succeeded', 'created'],
      ['prod', 'Approve', '111111111111', 'Succeeded', 'approved automatically'],
      ['prod', 'other', '222222222222', 'Succeeded', 'created'],
    ]);
    expect(isComplete).toBe(true);
    expect(sandbox.queues.has(`arn:aws:sqs:us-east-1:${target}:other`)).toBe(true);
  });

  test('updates what it has deployed, and leaves alone what is as it should be', async () => {
    const sandbox = await sandboxWithPipeline();
    const said = async (resources = queue()) =>
      (await played(sandbox, { assembly: assemblyWith({ queue: resources }) })).results.at(-1)?.done;
    expect(await said()).toEqual(['created']);
    expect(await said()).toEqual(['no changes']);
    expect(await said(queue({ DelaySeconds: 5 }))).toEqual(['updated']);
  });

  test('ends with its sandbox, which waits for the command that runs and lets none follow', async () => {
    const sandbox = await sandboxWithPipeline({ commands: ['npm ci', 'npm test'] });
    const ran: string[] = [];
    let closed: Promise<void> | undefined;
    let isClosed = false;
    const run: ExecutionProps['run'] = async ({ text }) => {
      ran.push(text);
      closed = sandbox.close().then(() => {
        isClosed = true;
      });
      await setTimeout(20);
      expect(isClosed).toBe(false);
      return text;
    };
    const results: ActionResult[] = [];
    const onAction: ExecutionProps['onAction'] = (result) => {
      results.push(result);
      return 'stop';
    };
    await expect(played(sandbox, { run, onAction })).rejects.toMatchObject({ name: 'AbortError' });
    await closed;
    expect(ran).toEqual(['npm ci']);
    expect(results.map(({ action }) => action.name)).toEqual(['Source']);
  });

  test('begins again where a build changes the pipeline itself', async () => {
    const sandbox = await sandboxWithPipeline({ commands: ['mutate'] });
    const [changed] = stacksOf(
      pipelineStack({ commands: ['mutate'], stages: [...shortPipeline, stage('more', approval)] }),
    );
    let runs = 0;
    const run = async () => {
      runs += 1;
      if (changed) await sandbox.deploy({ ...changed, name: 'Stack1' });
      return 'mutated';
    };
    const { isComplete, results } = await played(sandbox, { run });
    expect(results.map(({ action }) => action.stage)).toEqual(['Source', 'Build', 'Source', 'Build', 'dev', 'more']);
    expect([isComplete, runs]).toEqual([true, 2]);
  });

  test('goes on with the definition that it began with, unless it is told to begin again', async () => {
    const sandbox = await sandboxWithPipeline({ commands: ['mutate'], restarts: false });
    const changed = stacksOf(
      pipelineStack({ commands: ['mutate'], restarts: false, stages: [...shortPipeline, stage('more', approval)] }),
    );
    const run = async () => {
      for (const stack of changed) await sandbox.deploy({ ...stack, name: 'Stack1' });
      return 'mutated';
    };
    const { results } = await played(sandbox, { run });
    expect(results.map(({ action }) => action.stage)).toEqual(['Source', 'Build', 'dev']);
  });

  test('copies its artifacts to the region of an action', async () => {
    const stages = [
      stage('Source', source),
      stage('Build', synth),
      stage('dev', deploying('queue', { Region: 'eu-west-1' })),
    ];
    const sandbox = await sandboxWithPipeline({ stages, hasReplicas: true });
    const { results } = await played(sandbox);
    expect(results.at(-1)).toMatchObject({ status: 'Succeeded', done: ['created'] });
    expect(sandbox.queues.has(`arn:aws:sqs:eu-west-1:${target}:queue`)).toBe(true);
  });

  test('runs the last commands of each phase, and those of a quoted path in one piece', async () => {
    const sandbox = await sandboxWithPipeline({ commands: ['a --file="b c/d.yaml"'] });
    const words: (readonly string[])[] = [];
    const run: ExecutionProps['run'] = (command) => {
      words.push(command.words);
      return Promise.resolve('done');
    };
    await played(sandbox, { run });
    expect(words).toEqual([['a', '--file=b c/d.yaml']]);
  });

  test('that is not deployed is no pipeline', async () => {
    const sandbox = await sandboxWithPipeline();
    const props = {
      stacks: [],
      source: '',
      assembly: '',
      run: () => Promise.resolve(undefined),
      onAction: () => 'stop' as const,
    };
    const elsewhere = sandbox.pipelines.play({ account: target, region: 'us-east-1' }, 'main', props);
    await expect(elsewhere).rejects.toThrow(`no pipeline named main in account ${target}`);
  });
});

describe('an action that fails', () => {
  const stages = [
    stage('Source', source),
    stage('Build', synth),
    stage('dev', deploying('bad'), deploying('queue'), deploying('late', { RunOrder: 2 })),
    stage('prod', deploying('late')),
  ];
  const assembly = assemblyWith({
    bad: { Queue: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'topic' } } },
    queue: queue(),
    late: queue({ QueueName: 'late' }),
  });

  test('ends the pipeline once the others of its run order have ended', async () => {
    const { isComplete, results } = await played(await sandboxWithPipeline({ stages }), { assembly });
    expect(results.slice(2).map(({ action, status }) => [action.name, status])).toEqual([
      ['bad', 'Failed'],
      ['queue', 'Succeeded'],
    ]);
    expect(isComplete).toBe(false);
    expect(results[2]?.error).toMatch(
      /^bad is in ROLLBACK_COMPLETE: Queue \(AWS::SNS::Topic\): .*is not authorized to perform: sns:/,
    );
  });

  test('is passed over if the player says so', async () => {
    const props = {
      assembly,
      onAction: ({ action }: ActionResult) => (action.name === 'bad' ? 'go on' : 'stop'),
    } as const;
    const { isComplete, results } = await played(await sandboxWithPipeline({ stages }), props);
    expect(results.at(-1)).toMatchObject({ action: { stage: 'prod' }, status: 'Succeeded' });
    expect(isComplete).toBe(true);
  });

  test('may be a command of a build', async () => {
    const sandbox = await sandboxWithPipeline({ commands: ['npm ci'] });
    const run = () => Promise.reject(new CommandFailed('npm ci ended with exit code 1'));
    const { results } = await played(sandbox, { run });
    expect(results.at(-1)).toMatchObject({ status: 'Failed', error: 'npm ci ended with exit code 1' });
  });

  test('is no failure of the sandbox itself, which is thrown', async () => {
    const sandbox = await sandboxWithPipeline({ commands: ['npm ci'] });
    await expect(played(sandbox, { run: () => Promise.reject(new Error('a bug')) })).rejects.toThrow('a bug');
  });

  test.each([
    [
      'an artifact that nobody has made',
      [stage('dev', deploying('queue'))],
      'no action has made the artifact Assembly',
    ],
    [
      'a project that is not there',
      [stage('Source', source), stage('Build', { ...synth, Configuration: { ProjectName: 'other' } })],
      'the project other does not exist',
    ],
    [
      'another mode than the one that the CDK writes',
      [
        stage('Source', source),
        stage('Build', synth),
        stage(
          'dev',
          deploying('queue', { Configuration: { ActionMode: 'DELETE_ONLY', TemplatePath: 'Assembly::queue.json' } }),
        ),
      ],
      'the sandbox plays CREATE_UPDATE only, got DELETE_ONLY',
    ],
    [
      'an artifact store that is missing in the region of the action',
      [stage('Source', source), stage('Build', synth), stage('dev', deploying('queue', { Region: 'eu-west-1' }))],
      'the pipeline main keeps no artifacts in eu-west-1',
    ],
  ])('may need %s', async (_, given, error) => {
    const { results } = await played(await sandboxWithPipeline({ stages: given }));
    expect(results.at(-1)).toMatchObject({ status: 'Failed', error });
  });
});

const removed: readonly [RoleName, string, string, string][] = [
  ['pipeline', 'source', 'Source', 'codeconnections:UseConnection'],
  ['pipeline', 'artifacts', 'Source', 's3:PutObject'],
  ['pipeline', 'acl', 'Source', 's3:PutObjectAcl'],
  ['pipeline', 'replicas', 'far', 's3:PutObject'],
  ['pipeline', 'builds', 'Synth', 'codebuild:StartBuild'],
  ['pipeline', 'accounts', 'queue', 'sts:AssumeRole'],
  ['project', 'logs', 'Synth', 'logs:CreateLogGroup'],
  ['project', 'artifacts', 'Synth', 's3:GetObject'],
  ['deploy', 'artifacts', 'queue', 's3:GetObject'],
  ['deploy', 'stacks', 'queue', 'cloudformation:DescribeStacks'],
  ['deploy', 'role', 'queue', 'iam:PassRole'],
  ['execution', 'queues', 'queue', 'sqs:CreateQueue'],
];

describe('without a statement', () => {
  const stages = [...shortPipeline, stage('far', deploying('far', { Region: 'eu-west-1' }))];
  const assembly = assemblyWith({ queue: queue(), far: queue({ QueueName: 'far' }) });

  test.each(removed)('of the %s role, %s, the action %s fails and names %s', async (role, statement, name, action) => {
    const sandbox = await sandboxWithPipeline({ stages, hasReplicas: true, without: { role, statement } });
    const { results } = await played(sandbox, { assembly });
    expect(results.at(-1)).toMatchObject({
      action: { name },
      status: 'Failed',
      error: expect.stringContaining(`is not authorized to perform: ${action} on resource: `) as string,
    });
  });

  test('of none, every action succeeds; and the list has every statement', async () => {
    const { isComplete } = await played(await sandboxWithPipeline({ stages, hasReplicas: true }), { assembly });
    expect(isComplete).toBe(true);
    const all = Object.entries(statements).flatMap(([role, own]) => Object.keys(own).map((name) => [role, name]));
    expect(removed.map(([role, name]) => [role, name])).toEqual(all);
  });
});
