import { describe, expect, test } from 'vitest';
import { deploymentOrder } from '../src/deployment-order.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { assembled } from '../src/testing/assembled.ts';

const stack = (name: string, account = '222222222222') => assembled({}, { path: `${account}/${name}`, name, account });

const deploy = (name: string, RunOrder: number, account = '222222222222'): Json => ({
  ActionTypeId: { Provider: 'CloudFormation' },
  RunOrder,
  Configuration: { StackName: name, RoleArn: `arn:aws:iam::${account}:role/cfn-exec` },
});
const approve: Json = { ActionTypeId: { Provider: 'Manual' }, RunOrder: 1 };

function order(stages: Readonly<Record<string, Json[]>>, ...stacks: ReturnType<typeof stack>[]) {
  const Stages = Object.entries(stages).map(([Name, Actions]) => ({ Name, Actions }));
  const pipeline = assembled({ Resources: { It: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages } } } });
  return deploymentOrder([...stacks, pipeline]).map(({ name, approval, steps }) => ({
    name,
    approval,
    steps: steps.map((step) => step.map(({ path }) => path)),
  }));
}

describe('the order of deployment', () => {
  test('follows run orders, not the order of the actions, and deploys each stack once', () => {
    const actions = [deploy('b', 3), deploy('a', 1), deploy('a', 2), deploy('b', 4), approve];
    expect(order({ Wave: actions }, stack('a'), stack('b'))).toEqual([
      { name: 'Wave', approval: true, steps: [['222222222222/a'], ['222222222222/b']] },
    ]);
  });

  test('tells stacks of one name in two accounts apart', () => {
    const stages = { First: [deploy('a', 1, '333333333333')], Second: [deploy('a', 1)] };
    expect(order(stages, stack('a'), stack('a', '333333333333')).map(({ steps }) => steps)).toEqual([
      [['333333333333/a']],
      [['222222222222/a']],
    ]);
  });

  test('tells stacks of one name in two regions apart', () => {
    const inRegion = (region: string) =>
      assembled({}, { path: `${region}/a`, name: 'a', account: '222222222222', region });
    const elsewhere = { ...(deploy('a', 1) as JsonObject), Region: 'us-west-2' };
    const stages = { First: [elsewhere], Second: [deploy('a', 1)] };
    expect(order(stages, inRegion('eu-west-1'), inRegion('us-west-2')).map(({ steps }) => steps)).toEqual([
      [['us-west-2/a']],
      [['eu-west-1/a']],
    ]);
  });

  test('has the approval of a stage of its own at the stage after it, and at no other', () => {
    const stages = { First: [deploy('a', 1)], Approve: [approve], Second: [deploy('b', 1)], Third: [deploy('c', 1)] };
    const approvals = order(stages, stack('a'), stack('b'), stack('c')).map(({ name, approval }) => [name, approval]);
    expect(approvals).toEqual([
      ['First', false],
      ['Second', true],
      ['Third', false],
    ]);
  });

  test('leaves out stages that deploy no stack of the assembly', () => {
    expect(order({ Source: [], Other: [deploy('elsewhere', 1)] }, stack('a'))).toEqual([]);
  });
});
