import type { ExecutionType } from './definition.ts';
import { isObject } from './json.ts';
import type { Json } from './json.ts';
import { MAX_MAP_RUN_ITEMS, MAX_PAYLOAD_BYTES } from './limits.ts';
import {
  allOf,
  integer,
  matching,
  number,
  oneOf,
  orExpression,
  record,
  refused,
  rule,
  template,
  templateObject,
  text,
  unsupported,
} from './shape.ts';
import type { Check, Fields } from './shape.ts';
import { BLOCK, common, moving, recovering } from './state-shapes.ts';
import type { BlockCheck } from './state-shapes.ts';

const either: Fields = {
  ...common,
  ...moving,
  ...recovering,
  Items: template,
  ItemSelector: template,
  MaxConcurrency: orExpression(integer(0)),
  ToleratedFailureCount: orExpression(integer(0)),
  ToleratedFailurePercentage: orExpression(number(0, 100)),
  Iterator: unsupported,
};

const onlyDistributed = refused('needs an ItemProcessor whose ProcessorConfig.Mode is "DISTRIBUTED"');

const inlineMap = (type: ExecutionType, block: BlockCheck): Check =>
  record(
    { ItemProcessor: allOf(record(BLOCK, { Comment: text, ProcessorConfig: inlineConfig }), block(type)) },
    {
      ...either,
      Label: onlyDistributed,
      ItemReader: onlyDistributed,
      ItemBatcher: onlyDistributed,
      ResultWriter: onlyDistributed,
    },
  );

const inlineConfig = record({}, { Mode: oneOf('INLINE') });

const distributedConfig = record({
  Mode: oneOf('DISTRIBUTED'),
  ExecutionType: oneOf('STANDARD', 'EXPRESS'),
});

const distributedMap = (block: BlockCheck, childType: ExecutionType): Check =>
  allOf(
    record(
      {
        ItemProcessor: allOf(
          record({ ...BLOCK, ProcessorConfig: distributedConfig }, { Comment: text }),
          block(childType),
        ),
      },
      { ...either, Label: label, ItemReader: itemReader, ItemBatcher: itemBatcher, ResultWriter: resultWriter },
    ),
    rule((state) => !('Items' in state && 'ItemReader' in state), 'takes either Items or an ItemReader'),
  );

const label = matching(
  /^[^\s?*<>{}[\]"#%\\^|~`$&,;:/]{1,40}$/,
  'at most 40 characters, none of them a space, a bracket or special',
);

const listObjects: Check = (value, path) =>
  typeof value === 'string' && /^arn:[^:]+:states:::s3:listObjectsV2$/.test(value) ? [] : unsupported(value, path);

const readerConfig = record(
  {},
  {
    MaxItems: orExpression(integer(0, MAX_MAP_RUN_ITEMS)),
    Transformation: (value, path) => (value === 'NONE' ? [] : unsupported(value, path)),
    ...Object.fromEntries(
      ['InputType', 'ManifestType', 'CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter', 'ItemsPointer'].map((field) => [
        field,
        unsupported,
      ]),
    ),
  },
);

const itemReader = record({ Resource: listObjects, Arguments: template }, { ReaderConfig: readerConfig });

const itemBatcher = allOf(
  record(
    {},
    {
      MaxItemsPerBatch: orExpression(integer(1, MAX_MAP_RUN_ITEMS)),
      MaxInputBytesPerBatch: orExpression(integer(1, MAX_PAYLOAD_BYTES)),
      BatchInput: templateObject,
    },
  ),
  rule(
    (batcher) => 'MaxItemsPerBatch' in batcher || 'MaxInputBytesPerBatch' in batcher,
    'needs MaxItemsPerBatch or MaxInputBytesPerBatch',
  ),
);

const putObject: Check = (value, path) =>
  typeof value === 'string' && /^arn:[^:]+:states:::s3:putObject$/.test(value) ? [] : unsupported(value, path);

const writerConfig = record({
  Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
  OutputType: oneOf('JSON', 'JSONL'),
});

const resultWriter = allOf(
  record({}, { Resource: putObject, Arguments: template, WriterConfig: writerConfig }),
  rule((writer) => 'Resource' in writer === 'Arguments' in writer, 'needs Resource and Arguments together'),
  rule((writer) => 'Resource' in writer || 'WriterConfig' in writer, 'must not be empty'),
  rule((writer) => 'Resource' in writer || outputType(writer['WriterConfig']) !== 'JSONL', 'JSONL needs a Resource'),
);

const outputType = (config: Json | undefined): Json | undefined =>
  isObject(config) ? config['OutputType'] : undefined;

/** A Map of either mode: https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export const map =
  (type: ExecutionType, block: BlockCheck): Check =>
  (value, path) => {
    const processor = isObject(value) ? value['ItemProcessor'] : undefined;
    const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
    if (!isObject(config) || config['Mode'] !== 'DISTRIBUTED') return inlineMap(type, block)(value, path);
    const nested = type === 'EXPRESS' ? refused('a Distributed Map cannot run in an Express workflow') : () => [];
    const childType = config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
    return [
      ...nested('DISTRIBUTED', `${path}.ItemProcessor.ProcessorConfig.Mode`),
      ...distributedMap(block, childType)(value, path),
    ];
  };
