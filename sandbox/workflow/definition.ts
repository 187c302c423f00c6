import type { Json, JsonObject } from './json.ts';

/**
 * A checked definition, in the words of the Amazon States Language: parse-definition.ts is the only way to get one.
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

/** A JSON value in which any string `{% … %}` is an expression. */
export type Template = Json;

/** A number, or an expression that gives one. */
export type Numeric = number | string;

/** What a state, a choice rule or a catcher leaves behind. */
export interface Leaving {
  readonly Output?: Template;
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

export interface PassState extends Leaving, Transition {
  readonly Type: 'Pass';
}

export interface TaskState extends Leaving, Transition, Recovering {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  readonly TimeoutSeconds?: Numeric;
  readonly Credentials?: { readonly RoleArn: string };
}

export interface ChoiceState extends Leaving {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

export interface ChoiceRule extends Leaving {
  readonly Condition: boolean | string;
  readonly Next: string;
}

export interface WaitState extends Leaving, Transition {
  readonly Type: 'Wait';
  readonly Seconds?: Numeric;
  readonly Timestamp?: string;
}

export interface SucceedState extends Leaving {
  readonly Type: 'Succeed';
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly Cause?: string;
}

export interface ParallelState extends Leaving, Transition, Recovering {
  readonly Type: 'Parallel';
  readonly Branches: readonly Block[];
  readonly Arguments?: Template;
}

interface MapState extends Leaving, Transition, Recovering {
  readonly Type: 'Map';
  readonly Items?: Template;
  readonly ItemSelector?: Template;
  readonly MaxConcurrency?: Numeric;
  readonly ToleratedFailureCount?: Numeric;
  readonly ToleratedFailurePercentage?: Numeric;
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
  readonly ReaderConfig?: { readonly MaxItems?: Numeric };
}

export interface ItemBatcher {
  readonly MaxItemsPerBatch?: Numeric;
  readonly MaxInputBytesPerBatch?: Numeric;
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
