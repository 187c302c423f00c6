import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Template } from '@crosswind/assembly/template';
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';

const withStatement = (document: unknown, statement: object): JsonObject => {
  const given = objectOf(document as JsonObject);
  return { ...given, Statement: [...listOf(given['Statement']), { Effect: 'Deny', ...statement }] };
};
const described = (): JsonObject => ({ Description: 'another' });
const tagged = ({ Tags }: JsonObject): JsonObject => ({ Tags: [...listOf(Tags), { Key: 'version', Value: '2' }] });

/** Another version of a resource's properties, by its type: one that CloudFormation changes in place. */
export const changes: Readonly<Record<string, (properties: JsonObject) => JsonObject>> = {
  'AWS::CloudWatch::Alarm': () => ({ DatapointsToAlarm: 1 }),
  'AWS::CloudWatch::Dashboard': ({ DashboardBody }) => ({ DashboardBody: withPeriod(DashboardBody ?? '') }),
  'AWS::CodeBuild::Project': described,
  'AWS::CodePipeline::Pipeline': tagged,
  'AWS::Events::Rule': described,
  'AWS::IAM::Policy': ({ PolicyDocument }) => ({
    PolicyDocument: withStatement(PolicyDocument, { Action: 's3:PutBucketAcl', Resource: '*' }),
  }),
  'AWS::IAM::Role': described,
  'AWS::KMS::Key': described,
  'AWS::Lambda::Function': described,
  'AWS::Logs::LogGroup': () => ({ RetentionInDays: 14 }),
  'AWS::S3::Bucket': tagged,
  'AWS::S3::BucketPolicy': ({ Bucket, PolicyDocument }) => ({
    PolicyDocument: withStatement(PolicyDocument, {
      ...{ Action: 's3:PutBucketAcl', Principal: '*' },
      Resource: { 'Fn::Sub': ['arn:aws:s3:::${Bucket}', { Bucket: Bucket ?? '' }] },
    }),
  }),
  'AWS::SNS::Subscription': () => ({ FilterPolicy: { version: ['2'] } }),
  'AWS::Scheduler::Schedule': () => ({ Description: 'another' }),
  'AWS::SNS::Topic': () => ({ DisplayName: 'another' }),
  'AWS::SNS::TopicPolicy': ({ PolicyDocument, Topics }) => ({
    PolicyDocument: withStatement(PolicyDocument, {
      ...{ Action: 'sns:AddPermission', Principal: '*' },
      Resource: listOf(Topics)[0] ?? '',
    }),
  }),
  'AWS::StepFunctions::StateMachine': tagged,
  'Custom::WeatherSample': () => ({ Version: '2' }),
};

/** A dashboard's body whose graphs have the period that fits them. */
function withPeriod(body: Json): Json {
  if (!isObject(body)) return textOf(body).replace('{', '{"periodOverride":"auto",');
  const [separator = '', parts] = listOf(body['Fn::Join']);
  const [first = '', ...rest] = listOf(parts);
  return { 'Fn::Join': [separator, [withPeriod(first), ...rest]] };
}

/** A copy of an assembly with another version of every resource. Templates that are published have another key. */
export function changedAssembly(assembly: string): string {
  const directory = temporaryDirectory();
  cpSync(assembly, directory, { recursive: true });
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) => join(directory, file));
  for (const file of files.filter((each) => each.endsWith('.template.json'))) changeTemplate(file);
  for (const file of files.filter((each) => each.endsWith('.assets.json'))) changeKeys(file);
  return directory;
}

function changeTemplate(file: string): void {
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  for (const resource of Object.values(template.Resources)) {
    const properties = objectOf(resource.Properties);
    Object.assign(resource, { Properties: { ...properties, ...changes[resource.Type]?.(properties) } });
  }
  writeFileSync(file, JSON.stringify(template));
}

/** Derives the keys of a manifest's templates from their content, as CDK does: what has its old key is not published. */
function changeKeys(manifest: string): void {
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as JsonObject;
  for (const [key, asset] of Object.entries(objectOf(files))) {
    const path = textOf(objectOf(objectOf(asset)['source'])['path']);
    if (!path.endsWith('.template.json')) continue;
    const content = readFileSync(join(dirname(manifest), path));
    const another = createHash('sha256').update(content).digest('hex');
    for (const file of [manifest, join(dirname(manifest), 'manifest.json')]) {
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(key, another));
    }
  }
}
