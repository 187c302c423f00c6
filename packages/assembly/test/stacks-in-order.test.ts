import { describe, expect, test } from 'vitest';
import { type AssembledStack, AssemblyError } from '../src/read-assembly.ts';
import { stacksInOrder } from '../src/stacks-in-order.ts';
import { assembled } from '../src/testing/assembled.ts';

const stack = (id: string, ...dependencies: readonly string[]): AssembledStack =>
  assembled({}, { id, name: id, path: id, templateFile: `${id}.template.json`, dependencies });

const ordered = (...stacks: readonly AssembledStack[]) =>
  stacksInOrder(stacks).map(({ name, stacks: inWave }) => [name, inWave.map((each) => each.name)]);

test('an app without a pipeline is one wave, each stack after those that it depends on', () => {
  expect(ordered(stack('front', 'back', 'data'), stack('back', 'data.assets', 'data'), stack('data'))).toEqual([
    ['', ['data', 'back', 'front']],
  ]);
});

test('stacks that depend on each other are named', () => {
  const circular = () => ordered(stack('a', 'b'), stack('b', 'c'), stack('c', 'b'));
  expect(circular).toThrow(AssemblyError);
  expect(circular).toThrow('expected stacks that do not need each other, got a circle: b, c');
});

test('stacks that depend on nothing keep their order', () => {
  expect(ordered(stack('b'), stack('a'))).toEqual([['', ['b', 'a']]]);
});

describe('the stages of a pipeline are waves', () => {
  const action = {
    ActionTypeId: { Provider: 'CloudFormation' },
    Configuration: { StackName: 'a', RoleArn: 'arn:aws:iam::111111111111:role/deploy' },
  };
  const pipeline = assembled(
    {
      Resources: {
        It: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages: [{ Name: 'dev', Actions: [action] }] } },
      },
    },
    { id: 'p', name: 'p', path: 'p', templateFile: 'p.template.json' },
  );

  test('after the stacks that no pipeline deploys, its own among them', () => {
    expect(ordered(stack('a'), pipeline, stack('b', 'c'), stack('c'))).toEqual([
      ['', ['p', 'c', 'b']],
      ['dev', ['a']],
    ]);
  });

  test('before stacks that depend on theirs, and what depends on those', () => {
    expect(ordered(stack('c', 'b'), stack('b', 'a'), stack('a'), pipeline)).toEqual([
      ['', ['p']],
      ['dev', ['a']],
      ['', ['b', 'c']],
    ]);
  });
});
