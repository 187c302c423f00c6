import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '@crosswind/aws/json';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { templateCanBeJudged } from '../../../policies/rules/template-can-be-judged.ts';
import { resource, testRule } from './test-rule.ts';

const template = join(mkdtempSync(join(tmpdir(), 'crosswind-nested-')), 'inner.json');
writeFileSync(template, JSON.stringify({ Resources: {} }));

/** A stack with a nested one, whose template is an asset of the assembly. */
const nested = (url: Json) => [
  assembled(
    { Resources: resource('AWS::CloudFormation::Stack', 'Inner', { TemplateURL: url }) },
    { assets: new Map([['0123abcd.json', template]]) },
  ),
];
const own = 'https://s3.eu-west-1.amazonaws.com/cdk-assets-111111111111-eu-west-1/0123abcd.json';

testRule(templateCanBeJudged, {
  valid: {
    'a nested stack of the assembly': nested(own),
    'a resource of CloudFormation itself': resource('AWS::CloudFormation::WaitConditionHandle', 'Wait', {}),
  },
  invalid: {
    'a nested stack from elsewhere': {
      given: nested('https://example.com/inner.json'),
      message: 'https://example.com/inner.json is no template of this assembly',
      at: 'Inner',
      property: 'Properties.TemplateURL',
    },
    'a nested stack from a place that only the deployment knows': {
      given: nested({ 'Fn::ImportValue': 'url' }),
      message: '<unresolved> is no template',
      at: 'Inner',
      property: 'Properties.TemplateURL',
    },
    'a stack set': {
      given: resource('AWS::CloudFormation::StackSet', 'Set', { TemplateBody: '{}' }),
      message: 'other accounts',
      at: 'Set',
      property: 'Properties.TemplateBody',
    },
    'a module': {
      given: resource('Example::Storage::Letters::MODULE', 'Module', {}),
      message: 'expanded when it is deployed',
      at: 'Module',
      property: 'Type',
    },
    'a resource of a macro': {
      given: resource('AWS::Serverless::Function', 'Function', {}),
      message: 'becomes other resources',
      at: 'Function',
      property: 'Type',
    },
    'a macro for the whole template': {
      given: [
        assembled({ Resources: {}, ...{ Transform: 'AWS::Serverless-2016-10-31' } }, { path: 'App/One/Transform' }),
      ],
      message: 'the macro AWS::Serverless-2016-10-31',
      at: 'Transform',
      property: 'Transform',
    },
    'an included file': {
      given: [
        assembled(
          {
            Resources: resource('AWS::S3::BucketPolicy', 'Policy', {
              PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://some/file' } } },
            }),
          },
          { path: 'App/One/Policy' },
        ),
      ],
      message: 'AWS::Include',
      at: 'Policy',
      property: 'Resources.Policy.Properties.PolicyDocument',
    },
  },
});
