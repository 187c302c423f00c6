import { describe, expect, test } from 'vitest';
import { isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { platformOf, platformText, stackAt, synthesize, synthesized } from '../synthesized.ts';

const inTwo = platformText.replace(/(name: word-(?:parent|child)-dev\n)/g, '$1    region: eu-west-1\n');
const two = synthesize(platformOf(inTwo));
const replica = stackAt(two.stacks, 'Crosswind/artifacts-eu-west-1');

const pipelineOf = ({ stacks }: typeof two) =>
  stackAt(stacks, 'Crosswind').resources.find(({ type }) => type === 'AWS::CodePipeline::Pipeline')?.properties ?? {};

describe('a platform in two regions', () => {
  test('has its artifacts in both, encrypted with a key of the region', () => {
    const stores = listOf(pipelineOf(two)['ArtifactStores']).filter(isObject);
    expect(stores.map(({ Region }) => Region)).toEqual(['us-east-1', 'eu-west-1']);
    const [, store] = stores;
    const { Location, EncryptionKey } = objectOf(store?.['ArtifactStore']);
    expect(Location).toBe('crosswind-artifacts-111111111111-eu-west-1');
    expect(EncryptionKey).toEqual({
      Id: 'arn:aws:kms:eu-west-1:111111111111:alias/crosswind-artifacts',
      Type: 'KMS',
    });
  });

  test('makes the bucket and the alias by which the pipeline knows them', () => {
    expect([replica.account, replica.region]).toEqual(['111111111111', 'eu-west-1']);
    const names = replica.resources
      .filter(({ type }) => type === 'AWS::S3::Bucket' || type === 'AWS::KMS::Alias')
      .map(({ properties }) => textOf(properties['BucketName']) || textOf(properties['AliasName']));
    expect(names).toEqual(
      expect.arrayContaining(['crosswind-artifacts-111111111111-eu-west-1', 'alias/crosswind-artifacts']),
    );
  });

  test('deploys the replica with the pipeline itself', () => {
    const pipeline = two.artifacts.find(({ hierarchicalId }) => hierarchicalId === 'Crosswind');
    expect(pipeline?.dependencies.map(({ id }) => id)).toContain('Crosswindartifactseuwest14487B708');
    expect(
      two.artifacts.find(({ hierarchicalId }) => hierarchicalId === 'Crosswind/artifacts-eu-west-1')
        ?.terminationProtection,
    ).toBe(true);
  });

  test('deploys each stack where its account is', () => {
    const regions = listOf(pipelineOf(two)['Stages'])
      .map(objectOf)
      .filter(({ Name }) => /^(dev|prod)$/.test(textOf(Name)))
      .flatMap(({ Name, Actions }) => listOf(Actions).map((action) => [textOf(Name), objectOf(action)] as const))
      .filter(([, { Name }]) => textOf(Name).endsWith('.Deploy'))
      .map(([wave, { Name, Region }]) => [`${wave}: ${textOf(Name)}`, Region]);
    expect(regions).toEqual([
      ['dev: crosswind-word-count-child.Deploy', 'eu-west-1'],
      ['dev: crosswind-word-count-parent.Deploy', 'eu-west-1'],
      ['prod: crosswind-word-count-child.Deploy', undefined],
      ['prod: crosswind-word-count-parent.Deploy', undefined],
    ]);
  });
});

describe('a platform in one region', () => {
  test('has one store of artifacts', () => {
    expect(pipelineOf(synthesized())['ArtifactStores']).toBeUndefined();
    expect(pipelineOf(synthesized())['ArtifactStore']).toBeDefined();
    expect(synthesized().stacks.map(({ path }) => path)).not.toContain('Crosswind/artifacts-eu-west-1');
  });
});
