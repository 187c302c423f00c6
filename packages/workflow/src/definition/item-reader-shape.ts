import { CSV_DELIMITERS } from './definition.ts';
import { notBoth } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { isObject } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { nameOf } from '../expressions/jsonpath/payload-template.ts';
import { MAX_MAP_RUN_ITEMS } from '../limits.ts';
import { allOf, integer, listOf, matching, oneOf, record, rule, text, unsupported, within } from './shape.ts';
import type { Check } from './shape.ts';

/** Required arguments of each action, and all that the sandbox supports. Others would be lost, so they are refused. */
const ARGUMENTS = {
  listObjectsV2: { required: ['Bucket'], known: ['Bucket', 'Prefix', 'StartAfter', 'ExpectedBucketOwner'] },
  getObject: { required: ['Bucket', 'Key'], known: ['Bucket', 'Key', 'ExpectedBucketOwner'] },
} as const;

const inputType: Check = (value, path) =>
  value === 'PARQUET' || value === 'MANIFEST' ? unsupported(value, path) : oneOf('CSV', 'JSON', 'JSONL')(value, path);

const readerConfig = (dialect: Dialect): Check =>
  allOf(
    record(
      {},
      {
        ...dialect.valued('MaxItems', integer(0, MAX_MAP_RUN_ITEMS)),
        Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
        InputType: inputType,
        ManifestType: unsupported,
        CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
        CSVHeaders: listOf(text, 1),
        CSVDelimiter: oneOf(...Object.keys(CSV_DELIMITERS)),
        ItemsPointer: matching(/^(\/|$)/, 'a JSON Pointer, which begins with "/"'),
      },
    ),
    notBoth('MaxItems'),
    rule((config) => !isCsv(config) || 'CSVHeaderLocation' in config, 'CSV needs a CSVHeaderLocation'),
    rule(
      (config) => (config['CSVHeaderLocation'] === 'GIVEN') === 'CSVHeaders' in config,
      'needs CSVHeaders exactly when the CSVHeaderLocation is "GIVEN"',
    ),
    ...['CSVHeaderLocation', 'CSVDelimiter'].map((field) =>
      rule((config) => isCsv(config) || !(field in config), `${field} needs the InputType "CSV"`),
    ),
    rule(
      (config) => config['InputType'] === 'JSON' || !('ItemsPointer' in config),
      'ItemsPointer needs the InputType "JSON"',
    ),
  );

const isCsv = (config: JsonObject): boolean => config['InputType'] === 'CSV';

/** Check of an item reader for S3: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const itemReader = (dialect: Dialect): Check => {
  const [args = 'Arguments'] = Object.keys(dialect.arguments);
  return allOf(
    record({ Resource: resource, ...dialect.arguments }, { ReaderConfig: readerConfig(dialect) }),
    argumentsOf(args, dialect.language === 'JSONPath' ? nameOf : (key) => key),
    rule(
      (reader) => actionOf(reader) !== 'getObject' || 'InputType' in configOf(reader),
      'getObject needs a ReaderConfig with an InputType',
    ),
    rule(
      (reader) => actionOf(reader) !== 'getObject' || !isFlattened(reader),
      'LOAD_AND_FLATTEN needs the resource listObjectsV2',
    ),
    rule(
      (reader) => actionOf(reader) !== 'listObjectsV2' || isFlattened(reader) === 'InputType' in configOf(reader),
      'listObjectsV2 needs an InputType exactly when the Transformation is "LOAD_AND_FLATTEN"',
    ),
  );
};

const resource: Check = (value, path) => (actionIn(value) === undefined ? unsupported(value, path) : []);

const actionIn = (value: Json | undefined): keyof typeof ARGUMENTS | undefined => {
  const action = typeof value === 'string' ? /^arn:[^:]+:states:::s3:(listObjectsV2|getObject)$/.exec(value)?.[1] : '';
  return action === 'listObjectsV2' || action === 'getObject' ? action : undefined;
};

const actionOf = (reader: JsonObject): keyof typeof ARGUMENTS | undefined => actionIn(reader['Resource']);

const configOf = ({ ReaderConfig }: JsonObject): JsonObject => (isObject(ReaderConfig) ? ReaderConfig : {});

const isFlattened = (reader: JsonObject): boolean => configOf(reader)['Transformation'] === 'LOAD_AND_FLATTEN';

/** The names of the arguments, unless an expression makes them all. */
const argumentsOf =
  (field: string, read: (key: string) => string): Check =>
  (reader, path) => {
    if (!isObject(reader)) return [];
    const { [field]: args } = reader;
    const action = actionOf(reader);
    if (action === undefined || !isObject(args)) return [];
    const names = Object.entries(args).map(([key, value]) => [read(key), key, value] as const);
    const { required, known } = ARGUMENTS[action];
    return [
      ...required
        .filter((name) => !names.some(([given]) => given === name))
        .map((name) => `${within(path, field)}.${name}: is missing`),
      ...names
        .filter(([name]) => !known.some((each) => each === name))
        .flatMap(([, key, value]) => unsupported(value, `${within(path, field)}.${key}`)),
    ];
  };
