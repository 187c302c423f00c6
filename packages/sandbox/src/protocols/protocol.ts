import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '@crosswind/aws/json';
import type { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { Refusal, RefusalAnswer } from '../signatures/refusal.ts';

/** A request as its protocol carries it. */
export interface Asked {
  /** Empty if the request names none. */
  readonly operation: string;
  readonly body: JsonObject;
}

/** An answer as its protocol carries it. */
export interface Written {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Form of requests and answers of a service. Errors have the form of the request that they answer. */
export interface Protocol {
  readonly speaks: (request: IncomingMessage) => boolean;
  /** Throws an `AwsJsonError` for a request of another form. */
  readonly asked: (request: IncomingMessage, body: Buffer) => Asked;
  readonly refused: (refusal: Refusal) => RefusalAnswer;
  readonly answered: (operation: string, result: JsonObject, requestId: string) => Written;
  readonly failed: (error: Pick<AwsJsonError, 'code' | 'message' | 'status'>, requestId: string) => Failed;
}

export interface Failed extends Written {
  readonly status: number;
}

/**
 * Kinds of the fields of a service, by their names. JSON carries all of them as they are; other protocols have forms of
 * their own for them.
 */
export interface FieldKinds {
  /** Seconds since the epoch; lists of them, too. */
  readonly times: ReadonlySet<string>;
  /** Fields of requests. */
  readonly numbers: ReadonlySet<string>;
  /** Fields of requests. */
  readonly booleans: ReadonlySet<string>;
  /** Fields of requests. */
  readonly lists: ReadonlySet<string>;
  /** Fields of answers whose keys are data. */
  readonly maps: ReadonlySet<string>;
}

/** Error code of every protocol for an operation that the sandbox does not have. */
export const unknownOperation = 'UnknownOperationException';

/** Fault of an error, as the query protocol names it. */
export const faultOf = (status: number): string => (status < 500 ? 'Sender' : 'Receiver');
