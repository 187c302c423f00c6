import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { templateShape } from '../../policies/template-shape.ts';

const names = ['wind-child', 'wind', 'rain'];
const shapeOf = (template: Json): string => templateShape(JSON.stringify(template), names);
const bucket = (properties: Json): Json => ({ Resources: { It: { Type: 'AWS::S3::Bucket', Properties: properties } } });
const pipeline = (...stages: readonly Json[][]): Json => ({
  Resources: {
    It: { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages: stages.map((Actions) => ({ Actions })) } },
  },
});

describe('templates of one shape', () => {
  test.each<[what: string, one: Json, other: Json]>([
    ['account ids', bucket({ BucketName: 'a-111111111111' }), bucket({ BucketName: 'a-222222222222' })],
    ['names of one length', bucket({ BucketName: 'wind-results' }), bucket({ BucketName: 'rain-results' })],
    [
      'the template that an action deploys',
      pipeline([{ TemplatePath: 'Synth::assembly-one/One12AB34CD.template.json' }]),
      pipeline([{ TemplatePath: 'Synth::assembly-another/Another00112233.template.json' }]),
    ],
    [
      'how many actions of one kind a stage has',
      pipeline([{ Name: 'wind' }]),
      pipeline([{ Name: 'wind' }, { Name: 'rain' }]),
    ],
  ])('differ in %s', (_, one, other) => {
    expect(shapeOf(one)).toBe(shapeOf(other));
    expect(JSON.stringify(one)).not.toBe(JSON.stringify(other));
  });
});

describe('templates of two shapes', () => {
  test.each<[what: string, one: Json, other: Json]>([
    ['a property', bucket({ Versioning: true }), bucket({ Versioning: false })],
    ['names of two lengths', bucket({ BucketName: 'wind-results' }), bucket({ BucketName: 'wind-child-results' })],
    ['another name', bucket({ BucketName: 'snow-results' }), bucket({ BucketName: 'rain-results' })],
    ['a number that is no account id', bucket({ Size: '11111111111' }), bucket({ Size: '22222222222' })],
    ['another kind of action', pipeline([{ Name: 'wind' }]), pipeline([{ Name: 'rain' }, { Name: 'rain', Order: 2 }])],
    ['the stage of an action', pipeline([{ Name: 'wind' }], []), pipeline([], [{ Name: 'wind' }])],
    ['lists of anything else', bucket({ Tags: ['a'] }), bucket({ Tags: ['a', 'a'] })],
  ])('differ in %s', (_, one, other) => {
    expect(shapeOf(one)).not.toBe(shapeOf(other));
  });
});

test('a shape is a template still', () => {
  const given = pipeline([{ Name: 'wind' }, { Name: 'rain' }]);
  expect(JSON.parse(shapeOf(given))).toEqual(pipeline([{ Name: 'xxxx' }]));
});
