import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { administrator } from '../../cli/local/administrator.ts';
import { writeBaseline } from '../../onboarding/baseline/baseline-files.ts';
import { pipelineApp } from '../pipeline/pipeline-app.ts';
import { platformOf, platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { findingsIn } from './preflighted.ts';
import { type PushedPlatform, pushedPlatform } from './pushed-platform.ts';

const [tooling, monitoring, parentDev] = ['111111111111', '222222222222', '333333333333'] as const;
const region = 'us-east-1';

let first: PushedPlatform;
afterEach(() => first.sandbox.close());

/** Creates a stack whose only resource cannot be created, and waits until CloudFormation has rolled it back. */
async function deployFailing(account: string, StackName: string): Promise<void> {
  const { stackCalls } = first.sandbox;
  const TopicArn = `arn:aws:sns:${region}:${account}:nowhere`;
  const Properties = { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' };
  const TemplateBody = JSON.stringify({ Resources: { Lost: { Type: 'AWS::SNS::Subscription', Properties } } });
  const caller = { principal: administrator(first.sandbox, account, region), region };
  await stackCalls.send(caller, 'CreateStack', { StackName, TemplateBody });
  await stackCalls.api.cloudFormation.settled();
}

/** The platform with an account that is frozen, and its assembly. */
function frozenPlatform(): readonly string[] {
  const [file, directory] = [join(temporaryDirectory(), 'platform.yaml'), temporaryDirectory()];
  const text = platformText.replace(/(name: word-parent-dev\n)/, '$1    frozen: true\n');
  const platform = platformOf(text);
  writeFileSync(file, text);
  pipelineApp(platform, directory).app.synth();
  writeBaseline(directory, platform);
  return ['--file', file, '--assembly', directory];
}

describe('crosswind preflight and stacks that failed', { timeout: 120_000 }, () => {
  test.each([
    ['a workload', 'word-parent-dev', parentDev, 'crosswind-word-count-parent'],
    ['a probe', 'word-parent-dev', parentDev, 'crosswind-probe'],
    ['monitoring', 'monitoring', monitoring, 'crosswind-observability-word-count'],
    ['the pipeline', 'tooling', tooling, 'Crosswind'],
  ])('stops before the stack of %s, which the push deploys', async (_, account, id, name) => {
    first = await pushedPlatform({ isPushed: false });
    await deployFailing(id, name);
    expect(await findingsIn(first.environment)).toEqual([
      {
        ...{ check: 'stack', severity: 'error', account, id, region },
        ...{ found: `${name} is ROLLBACK_COMPLETE`, needed: 'a stack that can be updated' },
        fix: `aws cloudformation delete-stack --region us-east-1 --stack-name ${name} # in account ${id}; read docs/runbooks/stack-failed.md first`,
      },
    ]);
  });

  test('warns of one that no push deploys, and passes over one with another name', async () => {
    first = await pushedPlatform({ isPushed: false });
    await deployFailing(parentDev, 'crosswind-of-others');
    await deployFailing(parentDev, 'orders');
    expect(await findingsIn(first.environment)).toEqual([
      expect.objectContaining({
        ...{ check: 'stack', severity: 'warning', account: 'word-parent-dev' },
        ...{ found: 'crosswind-of-others is ROLLBACK_COMPLETE', needed: 'nothing now: the push does not deploy it' },
        fix: expect.stringContaining('npx crosswind orphans where it has left the platform') as unknown,
      }),
    ]);
  });

  test('warns of one in an account that is frozen, which the push leaves as it is', async () => {
    first = await pushedPlatform({ isPushed: false });
    await deployFailing(parentDev, 'crosswind-word-count-parent');
    const found = await findingsIn(first.environment, ...frozenPlatform());
    expect(found.map(({ check, severity, found: text }) => [check, severity, text])).toEqual([
      ['stack', 'warning', 'crosswind-word-count-parent is ROLLBACK_COMPLETE'],
    ]);
  });
});
