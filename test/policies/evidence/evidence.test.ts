import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Template } from '@crosswind/assembly/template';
import { assembled, bucket } from '@crosswind/assembly/testing/assembled';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';

const directory = mkdtempSync(join(tmpdir(), 'crosswind-evidence-'));

/** A resource of type AWS::CloudFormation::Stack whose template is an asset, and that asset. */
function nested(key: string, template: Template, parameters = {}) {
  const file = join(directory, `${key}.json`);
  writeFileSync(file, JSON.stringify(template));
  const resource = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: {
      TemplateURL: { 'Fn::Sub': `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/assets/${key}.json` },
      Parameters: parameters,
    },
    Metadata: { 'aws:cdk:path': 'App/One/Data.NestedStack/Data.NestedStackResource' },
  };
  return { resource, asset: [`${key}.json`, file] as const };
}

const names = (stacks: readonly { path: string; resources: readonly { name: string }[] }[]) =>
  stacks.map(({ path, resources }) => [path, resources.map(({ name }) => name)]);

test('holds nested stacks, with the values that they are given', () => {
  const innermost = nested('innermost', { Resources: { Deep: bucket({ BucketName: 'deep' }) } });
  const inner = nested(
    'inner',
    {
      Parameters: { Name: { Type: 'String' } },
      Resources: { Letters: bucket({ BucketName: { Ref: 'Name' } }), Inner: innermost.resource },
    },
    { Name: { 'Fn::Join': ['-', ['letters', { Ref: 'AWS::Region' }]] } },
  );
  const outer = assembled({ Resources: { Data: inner.resource } }, { assets: new Map([inner.asset, innermost.asset]) });
  const { stacks, possible, templates } = evidenceOf([outer], { runbooks: [] });
  expect(templates).toHaveLength(3);
  for (const seen of [stacks, possible]) {
    const found = names(seen);
    expect(found[1]?.[0]).toBe('App/One/Data');
    expect(found[1]?.[1]).toContain('letters-eu-west-1');
    expect(found[2]?.[1]).toEqual(['deep']);
  }
});

test('holds a stack as it could be deployed, with the conditions on parameters met and not', () => {
  const stack = assembled({
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsElsewhere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    },
    Resources: {
      Prod: { ...bucket({ BucketName: 'prod' }), Condition: 'IsProd' },
      Elsewhere: { ...bucket({ BucketName: 'elsewhere' }), Condition: 'IsElsewhere' },
      Named: bucket({ BucketName: { 'Fn::If': ['IsProd', 'one', 'other'] } }),
    },
  });
  const { stacks, possible } = evidenceOf([stack], { runbooks: [] });
  expect(names(stacks)).toEqual([['App/One', ['other']]]);
  expect(names(possible)).toEqual([
    ['App/One', ['prod', 'one']],
    ['App/One', ['other']],
  ]);
});
