import type { ExecutionType } from './definition.ts';
import { notBoth } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { itemReader } from './item-reader-shape.ts';
import { MAX_MAP_RUN_ITEMS, MAX_PAYLOAD_BYTES } from '../limits.ts';
import { currentMap } from './resolved-definition.ts';
import { allOf, integer, matching, number, oneOf, record, refused, rule, text, unsupported } from './shape.ts';
import type { Check, Fields } from './shape.ts';
import { BLOCK, working } from './state-shapes.ts';
import type { StateShape } from './state-shapes.ts';

const either = (dialect: Dialect): Fields => ({
  ...working(dialect),
  ...dialect.items,
  ...dialect.valued('MaxConcurrency', integer(0)),
  ...dialect.valued('ToleratedFailureCount', integer(0)),
  ...dialect.valued('ToleratedFailurePercentage', number(0, 100)),
});

const eitherRules = notBoth('MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage');

const onlyDistributed = refused('needs an ItemProcessor whose ProcessorConfig.Mode is "DISTRIBUTED"');

const inlineConfig = record({}, { Mode: oneOf('INLINE') });

const inlineMap: StateShape = (dialect, type, block) =>
  allOf(
    record(
      { ItemProcessor: allOf(record(BLOCK, { Comment: text, ProcessorConfig: inlineConfig }), block(type)) },
      {
        ...either(dialect),
        Label: onlyDistributed,
        ItemReader: onlyDistributed,
        ItemBatcher: onlyDistributed,
        ResultWriter: onlyDistributed,
      },
    ),
    eitherRules,
  );

const distributedConfig = record({
  Mode: oneOf('DISTRIBUTED'),
  ExecutionType: oneOf('STANDARD', 'EXPRESS'),
});

const distributedMap: StateShape = (dialect, childType, block) => {
  const processor = record({ ...BLOCK, ProcessorConfig: distributedConfig }, { Comment: text });
  return allOf(
    record(
      { ItemProcessor: allOf(processor, block(childType)) },
      {
        ...either(dialect),
        Label: label,
        ItemReader: itemReader(dialect),
        ItemBatcher: itemBatcher(dialect),
        ResultWriter: resultWriter(dialect),
      },
    ),
    eitherRules,
    rule((state) => !('Items' in state && 'ItemReader' in state), 'takes either Items or an ItemReader'),
  );
};

const label = matching(
  /^[^\s\p{Cc}?*<>{}[\]"#%\\^|~`$&,;:/]{1,40}$/u,
  'at most 40 characters, none of them a space, a bracket, special or a control character',
);

const itemBatcher = (dialect: Dialect): Check =>
  allOf(
    record(
      {},
      {
        ...dialect.valued('MaxItemsPerBatch', integer(1, MAX_MAP_RUN_ITEMS)),
        ...dialect.valued('MaxInputBytesPerBatch', integer(1, MAX_PAYLOAD_BYTES)),
        BatchInput: dialect.templateObject,
      },
    ),
    notBoth('MaxItemsPerBatch', 'MaxInputBytesPerBatch'),
    rule(
      (batcher) => Object.keys(batcher).some((field) => /^Max(Items|InputBytes)PerBatch/.test(field)),
      'needs MaxItemsPerBatch or MaxInputBytesPerBatch',
    ),
  );

const putObject: Check = (value, path) =>
  typeof value === 'string' && /^arn:[^:]+:states:::s3:putObject$/.test(value) ? [] : unsupported(value, path);

const writerConfig = record({
  Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
  OutputType: oneOf('JSON', 'JSONL'),
});

const resultWriter = (dialect: Dialect): Check => {
  const [args = 'Arguments'] = Object.keys(dialect.arguments);
  return allOf(
    record({}, { Resource: putObject, ...dialect.arguments, WriterConfig: writerConfig }),
    rule((writer) => 'Resource' in writer === args in writer, `needs Resource and ${args} together`),
    rule((writer) => 'Resource' in writer || 'WriterConfig' in writer, 'must not be empty'),
    rule((writer) => 'Resource' in writer || outputType(writer['WriterConfig']) !== 'JSONL', 'JSONL needs a Resource'),
  );
};

const outputType = (config: Json | undefined): Json | undefined =>
  isObject(config) ? config['OutputType'] : undefined;

const namedTwice = allOf(
  rule((state) => !('Iterator' in state && 'ItemProcessor' in state), 'takes either ItemProcessor or Iterator'),
  rule((state) => !('Parameters' in state && 'ItemSelector' in state), 'takes either ItemSelector or Parameters'),
);

/** A Map of either mode: https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export const map: StateShape = (dialect, type, block) => (written, path) => {
  const value = dialect.language === 'JSONPath' && isObject(written) ? currentMap(written) : written;
  const processor = isObject(value) ? value['ItemProcessor'] : undefined;
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  if (!isObject(config) || config['Mode'] !== 'DISTRIBUTED') {
    return [...namedTwice(written, path), ...inlineMap(dialect, type, block)(value, path)];
  }
  const nested = type === 'EXPRESS' ? refused('a Distributed Map cannot run in an Express workflow') : () => [];
  const childType: ExecutionType = config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  return [
    ...namedTwice(written, path),
    ...nested('DISTRIBUTED', `${path}.ItemProcessor.ProcessorConfig.Mode`),
    ...distributedMap(dialect, childType, block)(value, path),
  ];
};
