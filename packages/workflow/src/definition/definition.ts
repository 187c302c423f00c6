import type { Json, JsonObject } from '@crosswind/aws/json';
import type { QueryLanguage } from '../expressions/query.ts';

/**
 * A checked definition, in the words of the Amazon States Language: parse-definition.ts is the only way to get one.
 * resolved-definition.ts has made explicit what older or shorter ways of writing leave open.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export interface Machine extends Block {
  readonly Comment?: string;
  readonly TimeoutSeconds?: number;
}

export type ExecutionType = 'STANDARD' | 'EXPRESS';

/** States that share a scope: a machine, a branch, an item processor. */
export interface Block {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | InlineMapState
  | DistributedMapState;

/** JSONata: any string `{% … %}` is an expression. JSONPath: a field whose name ends in `.$` is a path or a function. */
export type Template = Json;

/** A number, or an expression that gives one. */
export type Numeric = number | string;

/** A path of JSONPath; null stands for an empty object. */
type NullablePath = string | null;

/** Field of every state. */
interface Queried {
  readonly QueryLanguage: QueryLanguage;
}

/** JSONPath fields that filter the input and output of a state. */
interface Filtered extends Queried {
  readonly InputPath?: NullablePath;
  readonly OutputPath?: NullablePath;
}

/** A state with a result of its own. */
interface Working extends Filtered {
  readonly ResultSelector?: Template;
}

/** Fields for the output and variables of a state, a choice rule or a catcher. */
export interface Leaving {
  readonly Output?: Template;
  /** JSONPath: where the result or the error goes; null is nowhere. */
  readonly ResultPath?: NullablePath;
  readonly Assign?: Readonly<Record<string, Template>>;
}

/** `End` is true exactly when `Next` is absent. */
interface Transition {
  readonly Next?: string;
  readonly End?: true;
}

export interface Recovering {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'NONE' | 'FULL';
}

export interface Catcher extends Leaving {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

export interface PassState extends Filtered, Leaving, Transition {
  readonly Type: 'Pass';
  /** JSONPath only. */
  readonly Result?: Json;
  /** JSONPath calls it `Parameters`; without a Result it makes the result. */
  readonly Arguments?: Template;
}

export interface TaskState extends Working, Leaving, Transition, Recovering {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  readonly TimeoutSeconds?: Numeric;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: Numeric;
  readonly HeartbeatSecondsPath?: string;
  /** Gives an object with `RoleArn`. */
  readonly Credentials?: JsonObject;
}

export interface ChoiceState extends Filtered, Leaving {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

export type ChoiceRule = Leaving & { readonly Next: string } & (ConditionRule | Comparison);

/** A rule in JSONata. */
export interface ConditionRule {
  readonly Condition: boolean | string;
}

/** Choice rule in JSONPath. Each comparison has exactly one operator next to `Variable`. */
export type Comparison =
  | { readonly And: readonly Comparison[] }
  | { readonly Or: readonly Comparison[] }
  | { readonly Not: Comparison }
  | { readonly Variable: string; readonly [Operator: string]: Json };

export interface WaitState extends Filtered, Leaving, Transition {
  readonly Type: 'Wait';
  readonly Seconds?: Numeric;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}

export interface SucceedState extends Filtered, Leaving {
  readonly Type: 'Succeed';
}

export interface FailState extends Queried {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

export interface ParallelState extends Working, Leaving, Transition, Recovering {
  readonly Type: 'Parallel';
  readonly Branches: readonly Block[];
  readonly Arguments?: Template;
}

interface MapState extends Working, Leaving, Transition, Recovering {
  readonly Type: 'Map';
  readonly Items?: Template;
  readonly ItemsPath?: string;
  readonly ItemSelector?: Template;
  readonly MaxConcurrency?: Numeric;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailureCount?: Numeric;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: Numeric;
  readonly ToleratedFailurePercentagePath?: string;
}

export interface InlineMapState extends MapState {
  readonly ItemProcessor: Block & { readonly ProcessorConfig?: { readonly Mode?: 'INLINE' } };
}

export interface DistributedMapState extends MapState {
  readonly ItemProcessor: Block & {
    readonly ProcessorConfig: { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: ExecutionType };
  };
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
}

export interface ItemReader {
  readonly Resource: string;
  readonly Arguments: Template;
  readonly ReaderConfig?: ReaderConfig;
}

export interface ReaderConfig {
  readonly MaxItems?: Numeric;
  readonly MaxItemsPath?: string;
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  readonly InputType?: 'CSV' | 'JSON' | 'JSONL';
  readonly CSVDelimiter?: keyof typeof CSV_DELIMITERS;
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  readonly ItemsPointer?: string;
}

export const CSV_DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

export interface ItemBatcher {
  readonly MaxItemsPerBatch?: Numeric;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: Numeric;
  readonly MaxInputBytesPerBatchPath?: string;
  readonly BatchInput?: JsonObject;
}

export interface ResultWriter {
  readonly Resource?: string;
  readonly Arguments?: Template;
  readonly WriterConfig?: { readonly Transformation: Transformation; readonly OutputType: OutputType };
}

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';
export type OutputType = 'JSON' | 'JSONL';

export const isDistributed = (state: InlineMapState | DistributedMapState): state is DistributedMapState =>
  state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED';
