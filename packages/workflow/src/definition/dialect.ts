import { isObject } from '@crosswind/aws/json';
import {
  choiceRule as pathRule,
  pathField,
  pathOrFunction,
  payloadObject,
  payloadTemplate,
} from '../expressions/jsonpath/shapes.ts';
import { PATH_FIELDS, type PathField } from '../expressions/jsonpath/path-fields.ts';
import { nameOf } from '../expressions/jsonpath/payload-template.ts';
import type { QueryLanguage } from '../expressions/query.ts';
import {
  allOf,
  flag,
  matching,
  oneOf,
  orExpression,
  record,
  refused,
  rule,
  template,
  templateObject,
  text,
  within,
} from './shape.ts';
import type { Check, Fields } from './shape.ts';

/** Names of a state's fields in one of the query languages, each with the check of its value. */
export interface Dialect {
  readonly language: QueryLanguage;
  /** In every state: what is common, and what belongs to the other language. */
  readonly common: Fields;
  /** Fields for input and output, also in states without a result of their own. */
  readonly filtered: Fields;
  /** Where the result of a state goes. */
  readonly result: Fields;
  /** Fields that select from the result of a Task, Parallel or Map. */
  readonly selected: Fields;
  /** Field with the arguments of a state. */
  readonly arguments: Fields;
  readonly template: Check;
  readonly templateObject: Check;
  readonly assign: Fields;
  /** Check of a choice rule. `beside` holds the optional fields next to its condition. */
  readonly choiceRule: (beside: Fields, required: Fields) => Check;
  /** A value under its name, or where the language says so a way to it. */
  readonly valued: (field: Numbered, check: Check) => Fields;
  /** A text for people. */
  readonly words: (field: 'Error' | 'Cause') => Fields;
  /** Fields of a Map for its items and its item selector. */
  readonly items: Fields;
  readonly credentials: Check;
}

/** A field with a value that a field of the same name with `Path` behind it may select. */
type Numbered = PathField extends infer Field ? (Field extends `${infer Name}Path` ? Name : never) : never;

const fieldsOf = (names: readonly string[], check: Check): Fields =>
  Object.fromEntries(names.map((name) => [name, check]));

const JSONPATH_ONLY = [...Object.keys(PATH_FIELDS), 'ResultSelector', 'Parameters', 'Result'];

/** UAX #31, at most 80 characters: an underscore cannot be the first (workflow-variables). */
const VARIABLE = /^\p{ID_Start}\p{ID_Continue}{0,79}$/u;

const nameProblem = (name: string): readonly string[] => {
  if (name === 'states') return ["RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'."];
  if (VARIABLE.test(name)) return [];
  return [
    `INVALID_VARIABLE_NAME: Invalid variable name '${name}': expected a letter, then letters, digits or _, at most 80`,
  ];
};

const variables =
  (values: Check, read: (key: string) => string): Check =>
  (value, place) => [
    ...values(value, place),
    ...Object.keys(isObject(value) ? value : {}).flatMap((key) =>
      nameProblem(read(key)).map((problem) => `${within(place, key)}: ${problem}`),
    ),
  ];

const roleArn = matching(/^arn:/, 'the ARN of a role');

const jsonata: Dialect = {
  language: 'JSONata',
  common: {
    QueryLanguage: (value, place) =>
      value === 'JSONPath' ? [`${place}: cannot be JSONPath in a machine of JSONata`] : oneOf('JSONata')(value, place),
    ...fieldsOf(JSONPATH_ONLY, refused('is a JSONPath field, but this state uses JSONata')),
  },
  filtered: { Output: template },
  result: {},
  selected: {},
  arguments: { Arguments: template },
  template,
  templateObject,
  assign: { Assign: variables(templateObject, (key) => key) },
  choiceRule: (beside, required) =>
    record({ Condition: orExpression(flag), ...required }, { ...beside, Output: template }),
  valued: (field, check) => ({ [field]: orExpression(check) }),
  words: (field) => ({ [field]: allOf(text, template) }),
  items: { Items: template, ItemSelector: template },
  credentials: record({ RoleArn: orExpression(roleArn) }),
};

const jsonpath: Dialect = {
  language: 'JSONPath',
  common: {
    QueryLanguage: oneOf('JSONPath'),
    ...fieldsOf(['Output', 'Arguments', 'Items'], refused('is a JSONata field, but this state uses JSONPath')),
  },
  filtered: { InputPath: pathField('InputPath'), OutputPath: pathField('OutputPath') },
  result: { ResultPath: pathField('ResultPath') },
  selected: { ResultSelector: payloadObject },
  arguments: { Parameters: payloadTemplate },
  template: payloadTemplate,
  templateObject: payloadObject,
  assign: { Assign: variables(payloadObject, nameOf) },
  choiceRule: pathRule,
  valued: (field, check) => ({ [field]: check, [`${field}Path`]: pathField(`${field}Path`) }),
  words: (field) => ({ [field]: text, [`${field}Path`]: pathField(`${field}Path`) }),
  items: { ItemsPath: pathField('ItemsPath'), ItemSelector: payloadObject },
  credentials: allOf(
    record({}, { RoleArn: roleArn, 'RoleArn.$': pathOrFunction }),
    rule((value) => 'RoleArn' in value !== 'RoleArn.$' in value, 'needs either RoleArn or RoleArn.$'),
  ),
};

export const dialects: Readonly<Record<QueryLanguage, Dialect>> = { JSONata: jsonata, JSONPath: jsonpath };

/** At most one of a field and the path to it. */
export const notBoth = (...fields: readonly string[]): Check =>
  allOf(
    ...fields.map((field) =>
      rule((state) => !(field in state && `${field}Path` in state), `takes either ${field} or ${field}Path`),
    ),
  );
