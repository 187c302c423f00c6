import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { callsOf } from '@crosswind/aws/deployment';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesized } from './synthesized.ts';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

const typesOf = ({ Resources }: Template): readonly string[] => Object.values(Resources).map(({ Type }) => Type);

const unknown = (types: readonly string[]): readonly string[] => [
  ...new Set(types.filter((type) => callsOf(type) === undefined)),
];

test('the calls of CloudFormation are known for every type that the platform synthesizes', () => {
  const types = synthesized().assembled.flatMap(({ template }) => typesOf(template));
  expect(types).toContain('AWS::StepFunctions::StateMachine');
  expect(unknown(types)).toEqual([]);
});

test("they are known for every type of the CDK's bootstrap", () => {
  const manifest = createRequire(import.meta.url).resolve('aws-cdk/package.json');
  const file = manifest.replace('package.json', 'lib/api/bootstrap/bootstrap-template.yaml');
  const types = typesOf(parse(readFileSync(file, 'utf8'), { logLevel: 'silent' }) as Template);
  expect(types).toContain('AWS::ECR::Repository');
  expect(unknown(types)).toEqual([]);
});

test('a type that they are not known for is reported', () => {
  expect(unknown(['AWS::S3::Bucket', 'AWS::EC2::VPC'])).toEqual(['AWS::EC2::VPC']);
});
