import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WrongInput } from '../../../cli/failure.ts';
import { assembledApp } from '../../../cli/local/assembled-app.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const account = '111111111111';

/** A state machine that starts one in another account. */
const starting = {
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    Definition: {
      States: {
        Start: {
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Credentials: { RoleArn: 'arn:aws:iam::222222222222:role/target' },
          Arguments: { StateMachineArn: 'arn:aws:states:us-east-1:222222222222:stateMachine:child' },
        },
      },
    },
  },
};

/** A pipeline that deploys the stack `Piped`. */
const pipeline = (name: string) => ({
  Type: 'AWS::CodePipeline::Pipeline',
  Properties: {
    Name: name,
    Stages: [
      {
        Name: 'dev',
        Actions: [{ Configuration: { StackName: 'Piped', RoleArn: `arn:aws:iam::${account}:role/deploy` } }],
      },
    ],
  },
});

/** The app of an assembly with three stacks: a pipeline of that name, the stack that it deploys, and one more. */
function appWith(name: string, piped: object = starting) {
  const directory = temporaryDirectory();
  const stacks = { Tools: pipeline(name), Piped: piped, More: { Type: 'AWS::SNS::Topic' } };
  const artifacts = Object.keys(stacks).map((id): [string, object] => [
    id,
    { type: 'aws:cloudformation:stack', environment: `aws://${account}/us-east-1`, properties: { templateFile: id } },
  ]);
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: Object.fromEntries(artifacts) }));
  for (const [id, It] of Object.entries(stacks)) {
    writeFileSync(join(directory, id), JSON.stringify({ Resources: { It } }));
  }
  const { waves, ...app } = assembledApp(directory);
  return { ...app, waves: waves.map((wave) => [wave.name, wave.stacks.map((stack) => stack.name)]) };
}

test('another app with a pipeline and a workflow across accounts is not taken for this platform', () => {
  expect(appWith('theirs')).toMatchObject({
    isPlatform: false,
    waves: [
      ['', ['Tools', 'More']],
      ['dev', ['Piped']],
    ],
  });
});

test('this platform is known by the name of its pipeline, and is what that deploys', () => {
  expect(appWith('crosswind')).toMatchObject({ isPlatform: true, waves: [['dev', ['Piped']]] });
});

test('another app is read with a definition that only AWS can read', () => {
  const Properties = { DefinitionS3Location: { Bucket: 'theirs', Key: 'definition.yaml' } };
  expect(appWith('theirs', { Type: 'AWS::StepFunctions::StateMachine', Properties })).toMatchObject({
    waves: [
      ['', ['Tools', 'More']],
      ['dev', ['Piped']],
    ],
  });
});

/** A directory with an app of two stacks, `front` with these dependencies. */
function appOfTwo(dependencies: readonly string[]): string {
  const directory = temporaryDirectory();
  const stack = (needed: readonly string[]) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/eu-west-1',
    dependencies: needed,
  });
  const artifacts = { back: stack(['front']), front: stack(dependencies) };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  for (const id of Object.keys(artifacts)) writeFileSync(join(directory, `${id}.template.json`), '{}');
  return directory;
}

test('an app whose stacks need each other is wrong input', () => {
  const read = () => assembledApp(appOfTwo(['back']));
  expect(read).toThrow(WrongInput);
  expect(read).toThrow('expected stacks that do not need each other, got a circle: back, front');
});

test('an app whose stacks have an order is deployed in it', () => {
  const [wave] = assembledApp(appOfTwo([])).waves;
  expect(wave?.stacks.map(({ name }) => name)).toEqual(['front', 'back']);
});
