import { describe, expect, test } from 'vitest';
import { crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import type { Stack } from '@crosswind/assembly/resolve';
import { rolesOf } from '@crosswind/assembly/roles';
import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { crossAccountStartFindings } from '../../policies/reach/cross-account-start.ts';
import { bootstrapRoleArns } from '../../stages/bootstrap.ts';
import { stageCountsFile } from '../platform-file.ts';
import { scheduledText } from '../scheduled-platform.ts';
import {
  type Synthesized,
  exampleOf,
  platformOf,
  platformText,
  stackAt,
  synthesize,
  synthesized,
  templateAt,
} from '../synthesized.ts';
import { fixtures } from '../workloads.ts';

describe('each account gets its own half', () => {
  test('in the account and region of platform.yaml', () => {
    const workloads = synthesized().assembled.filter(({ name }) => name.startsWith('crosswind-word-count-'));
    const places = workloads.map(({ path, name, account, region }) => [path, name, account, region]);
    expect(places.filter(([, name]) => name === 'Crosswind' || name?.includes('word-count'))).toEqual([
      ['Crosswind/dev-word-count/Child', 'crosswind-word-count-child', '444444444444', 'us-east-1'],
      ['Crosswind/dev-word-count/Parent', 'crosswind-word-count-parent', '333333333333', 'us-east-1'],
      ['Crosswind/prod-word-count/Child', 'crosswind-word-count-child', '666666666666', 'us-east-1'],
      ['Crosswind/prod-word-count/Parent', 'crosswind-word-count-parent', '555555555555', 'us-east-1'],
    ]);
  });

  test('protected from deletion, the pipeline too', () => {
    const unprotected = synthesized().artifacts.filter(({ terminationProtection }) => terminationProtection !== true);
    expect(synthesized().artifacts).toHaveLength(12);
    expect(unprotected.map(({ hierarchicalId }) => hierarchicalId)).toEqual([]);
  });

  test("deployed through the platform's own bootstrap roles, with literal ARNs", () => {
    expect(bootstrapQualifier).toMatch(/^[a-z0-9]{1,10}$/);
    const { artifacts, publishingRoles } = synthesized();
    const used = artifacts.map((stack) => ({
      account: stack.environment.account,
      deploy: stack.assumeRoleArn,
      execute: stack.cloudFormationExecutionRoleArn,
      lookup: stack.lookupRole?.arn,
      publish: [...new Set(publishingRoles.get(stack.hierarchicalId))],
    }));
    const role = (name: string, account: string) =>
      `arn:aws:iam::${account}:role/cdk-${bootstrapQualifier}-${name}-role-${account}-us-east-1`;
    expect(used).toHaveLength(12);
    expect(used).toEqual(
      used.map(({ account }) => ({
        account,
        deploy: role('deploy', account),
        execute: role('cfn-exec', account),
        lookup: role('lookup', account),
        publish: [role('file-publishing', account)],
      })),
    );
  });

  test('with roles that the pipeline may assume to deploy and to publish', () => {
    const { artifacts, publishingRoles } = synthesized();
    const deploying = artifacts.map(({ assumeRoleArn = '' }) => assumeRoleArn);
    const publishing = [...publishingRoles.values()].flat().map((arn = '') => arn);
    const outside = (arns: readonly string[], kind: 'deploy' | 'file-publishing') => {
      const pattern = new RegExp(`^${bootstrapRoleArns(kind, 'us-east-1').replaceAll('*', '.*')}$`);
      return arns.filter((arn) => !pattern.test(arn));
    };
    expect([outside(deploying, 'deploy'), outside(publishing, 'file-publishing')]).toEqual([[], []]);
    expect(outside(deploying, 'file-publishing')).toEqual(deploying);
  });

  test('with the settings of its wave', () => {
    const text = JSON.stringify(
      synthesized()
        .stacks.filter(({ path }) => path.endsWith('/Child'))
        .map(({ resources }) => resources),
    );
    expect([text.includes(': [2022] %}'), text.includes(': [2022,2023,2024] %}')]).toEqual([true, true]);
  });

  test('with a description that names tenant and owner', () => {
    templateAt('Crosswind/dev-word-count/Child').templateMatches({
      Description: 'Child workflow of word-count, owned by letters-team',
    });
  });

  test("with a role that the pipeline's account may run its workflow with, as long as both are in the organization", () => {
    const text = platformText.replace('o-exampleorg1', 'o-another0000').replaceAll("'111111111111'", "'121212121212'");
    const runners = (platform: Synthesized) =>
      platform.stacks.flatMap(rolesOf).filter(({ name }) => name === 'crosswind-word-count-runner');
    const trusted = (platform: Synthesized) => [
      ...new Set(runners(platform).map(({ trust }) => JSON.stringify(trust))),
    ];
    const started = (platform: Synthesized) =>
      runners(platform).map(({ account, policies }) => [
        account,
        JSON.stringify(policies).includes('states:StartExecution'),
      ]);
    expect(started(synthesized())).toEqual([
      ['444444444444', false],
      ['333333333333', true],
      ['666666666666', false],
      ['555555555555', true],
    ]);
    expect(trusted(synthesized())).toEqual([expect.stringMatching(/"o-exampleorg1".*iam::111111111111:root/)]);
    expect(trusted(synthesize(platformOf(text)))).toEqual([
      expect.stringMatching(/"o-another0000".*iam::121212121212:root/),
    ]);
  });

  test('in another region and partition, if the file says so', () => {
    const text = platformText.replaceAll('us-east-1', 'cn-north-1').replace('arn:aws:', 'arn:aws-cn:');
    const { artifacts, assembled } = synthesize(platformOf(text));
    expect(new Set(artifacts.map(({ environment }) => environment.region))).toEqual(new Set(['cn-north-1']));
    expect(artifacts[0]?.assumeRoleArn).toMatch(/^arn:aws-cn:iam::/);
    expect(assembled.filter(({ template }) => JSON.stringify(template).includes('arn:aws:'))).toEqual([]);
    expect(JSON.stringify(assembled)).toContain('arn:aws-cn:states:cn-north-1:');
  });
});

describe('a stage', () => {
  const { synthesized: stageCounts } = exampleOf(stageCountsFile, fixtures);
  const placed = (stacks: Synthesized['stacks']) => stacks.filter(({ path }) => path.startsWith('Crosswind/dev-'));

  test('has a role for its callers where it is started, one of its own where it starts another, and a runner', () => {
    const rolesIn = placed(stageCounts().stacks).map((stack) => [
      stack.path,
      rolesOf(stack)
        .map(({ name }) => name)
        .filter((name) => /^crosswind-(chain|mirror)-(entry|middle|last|only|target|runner)$/.test(name))
        .sort(),
    ]);
    expect(rolesIn).toEqual([
      ['Crosswind/dev-chain/Last', ['crosswind-chain-runner', 'crosswind-chain-target']],
      ['Crosswind/dev-chain/Middle', ['crosswind-chain-middle', 'crosswind-chain-runner', 'crosswind-chain-target']],
      ['Crosswind/dev-chain/Entry', ['crosswind-chain-entry', 'crosswind-chain-runner']],
      ['Crosswind/dev-mirror/Only', ['crosswind-mirror-runner']],
    ]);
  });

  test('may be started from outside if it is the entry', () => {
    const mayBeStarted = placed(stageCounts().stacks)
      .flatMap(rolesOf)
      .filter(({ name, policies }) => name.endsWith('-runner') && JSON.stringify(policies).includes('StartExecution'));
    expect(mayBeStarted.map(({ name, account }) => [name, account])).toEqual([
      ['crosswind-chain-runner', '333333333333'],
      ['crosswind-mirror-runner', '555555555555'],
    ]);
  });

  test('is started by no other stage than its contract says', () => {
    expect(crossAccountStartFindings(stageCounts().stacks)).toEqual([]);
    const starts = crossAccountStarts(stageCounts().stacks);
    expect(starts.map(({ parent, childArn }) => [parent.arn, childArn].map((arn) => arn.split(':').at(-1)))).toEqual([
      ['crosswind-chain-middle', 'crosswind-chain-last'],
      ['crosswind-chain-entry', 'crosswind-chain-middle'],
    ]);
  });
});

describe('a schedule', () => {
  const schedulesOf = (stacks: readonly Stack[]) =>
    stacks.flatMap(({ path, name, resources }) =>
      // That of a probe is there in any case.
      (name === 'crosswind-probe' ? [] : resources)
        .filter(({ type }) => type === 'AWS::Scheduler::Schedule')
        .map((resource) => ({ path, resource })),
    );

  test('is in no account unless the file asks for one', () => {
    expect(schedulesOf(synthesized().stacks)).toEqual([]);
  });

  test('is in the parent account of the wave that asks for it, and starts the parent once that is there', () => {
    const { stacks } = synthesize(platformOf(scheduledText));
    const [schedule, ...others] = schedulesOf(stacks);
    expect(others).toEqual([]);
    expect(schedule?.path).toBe('Crosswind/dev-word-count/Parent');
    expect(schedule?.resource.properties).toMatchObject({
      ScheduleExpression: 'cron(0 6 1 * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Target: { Arn: 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent' },
    });
    const parent = stackAt(stacks, 'Crosswind/dev-word-count/Parent').resources.find(
      ({ type }) => type === 'AWS::StepFunctions::StateMachine',
    );
    expect(schedule?.resource.dependencies).toContain(parent?.logicalId);
  });
});
