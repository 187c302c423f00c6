import type { Json, JsonObject } from '../json.ts';

/** Operation of CloudFormation on a resource. `read` is the detection of drift. */
export type Operation = 'create' | 'read' | 'update' | 'delete';

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** Values of condition keys that a request carries. */
export type Keys = Readonly<Record<string, string | readonly string[]>>;

/** State of another resource that a call's condition keys depend on. */
export interface Existing {
  /** Its whole ARN, where it was asked for by an ARN without its path. */
  readonly arn?: string;
  readonly tags?: Tags;
  /** ARN of the permissions boundary of a role or user. */
  readonly boundary?: string;
}

/** A resource that an operation creates, reads, changes or deletes. */
export interface ChangingResource {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** Name or id, as the last part of its ARN has it. */
  readonly name: string;
  /**
   * For types whose ARN does not follow from the name.
   *
   * @default - the ARN that follows from the name
   */
  readonly arn?: string;
  /** Properties after the operation; those before a deletion. */
  readonly properties: JsonObject;
  /**
   * Properties before an update.
   *
   * @default - none
   */
  readonly before?: JsonObject;
  /**
   * Tags of the stack, which the resource gets besides those of its property `Tags`.
   *
   * @default - none
   */
  readonly tags?: Tags;
  /**
   * Tags of the stack before an update.
   *
   * @default - those after it
   */
  readonly tagsBefore?: Tags;
  /**
   * Looks up what the account holds under an ARN. A role that a property names has an ARN without path here.
   *
   * @default - nothing is known of other resources
   */
  readonly existing?: (arn: string) => Existing | undefined;
}

/** A resource in an operation, with its own ARN. */
export interface Change extends ChangingResource {
  readonly operation: Operation;
  readonly own: string;
}

/** One call per value; no value, no call. */
export type Occasions = (change: Change) => readonly Json[];

/** Resources that a call is authorized on; IAM decides on each. */
export type Targets = (change: Change, value: Json) => readonly string[];

/** Condition keys of a call, besides those that every request carries. */
export type KeysOf = (change: Change, value: Json, resource: string) => Keys;

/** A call of CloudFormation that IAM authorizes. */
export interface CallRow {
  /** For example `lambda:CreateFunction`. */
  readonly action: string;
  readonly during: readonly Operation[];
  /** @default - one call, whatever the properties are */
  readonly when?: Occasions;
  /** @default - the resource itself */
  readonly on?: Targets;
  /** @default - none */
  readonly keys?: KeysOf;
  /** Page of AWS, handler in AWS's repositories, or handler in the schema of the type. */
  readonly source: string;
  /**
   * True if the source lists the action without saying when it is called. The row says when it is assumed to be.
   *
   * @default false
   */
  readonly assumed?: boolean;
  /**
   * True for the call that creates a resource that can have tags: those after it find it with them. A type without such
   * a row has no tags.
   *
   * @default false
   */
  readonly creates?: boolean;
}

/** All calls for resources of a type, in the order in which CloudFormation makes them. */
export interface TypeCalls {
  /** ARN of a resource of the type. */
  readonly arn: (resource: ChangingResource) => string;
  readonly rows: readonly CallRow[];
  /**
   * Actions that the schema of the type lists and that no operation needs.
   *
   * @default - none
   */
  readonly notNeeded?: readonly NotNeeded[];
}

/** An action that CloudFormation never calls, or whose denial it tolerates. */
export interface NotNeeded {
  readonly action: string;
  readonly during: readonly Operation[];
  readonly because: string;
}
