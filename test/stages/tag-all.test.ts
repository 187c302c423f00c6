import type { Resource } from '@crosswind/assembly/resolve';
import { isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { platformTag } from '../../config/platform-tag.ts';
import { stackAt, synthesized } from '../synthesized.ts';

/** Tags of a resource, which some types write as a map. */
function tagsOf({ properties: { Tags: tags } }: Resource): Readonly<Record<string, unknown>> {
  return Array.isArray(tags)
    ? Object.fromEntries(
        listOf(tags)
          .filter(isObject)
          .map(({ Key, Value }) => [textOf(Key), Value]),
      )
    : objectOf(tags);
}

const tagged = (path: string, type: string) =>
  stackAt(synthesized().stacks, path)
    .resources.filter((resource) => resource.type === type)
    .map(tagsOf);

const ofPlatform = { [platformTag.key]: platformTag.value };

describe('the tags of a resource', () => {
  test.each([
    ['Crosswind/dev-word-count/Child', 'AWS::S3::Bucket', 'dev'],
    ['Crosswind/prod-word-count/Child', 'AWS::StepFunctions::StateMachine', 'prod'],
  ])('name platform, tenant, owner and wave in %s: %s', (path, type, wave) => {
    const tags = tagged(path, type);
    expect(tags.length).toBeGreaterThan(0);
    for (const each of tags) {
      expect(each).toMatchObject({ ...ofPlatform, tenant: 'word-count', owner: 'letters-team', wave });
    }
  });

  test.each([
    ['Crosswind', 'AWS::KMS::Key'],
    ['Crosswind/observability/Alerts', 'AWS::KMS::Key'],
  ])('name the platform alone where no tenant owns it, in %s: %s', (path, type) => {
    const tags = tagged(path, type);
    expect(tags.length).toBeGreaterThan(0);
    expect(tags).toEqual(tags.map(() => ofPlatform));
  });

  test('are not on dashboards: cfn-lint does not know the property', () => {
    const dashboards = tagged('Crosswind/observability/Fleet', 'AWS::CloudWatch::Dashboard');
    expect(dashboards).toEqual([{}]);
  });

  test('name the platform on every key, because the execution policy knows keys by it', () => {
    const keys = synthesized().stacks.flatMap(({ resources }) =>
      resources.filter(({ type }) => type === 'AWS::KMS::Key').map(tagsOf),
    );
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.filter((tags) => tags[platformTag.key] !== platformTag.value)).toEqual([]);
  });
});
