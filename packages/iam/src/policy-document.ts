import { z } from 'zod';
import { keyed } from './keyed.ts';

type OneOrMany<T> = T | readonly T[];

/** Statement in a template (AWS: "IAM JSON policy element reference"). */
export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMany<string>>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, OneOrMany<string>>>;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>>;
}

/** Policy in a template. A single value is the same as a list of one. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<StatementJson>;
}

/** A policy with the name under which explanations speak of it, for example `inline policy "Start" of role parent`. */
export interface PolicySource {
  readonly name: string;
  readonly document: PolicyDocument;
  /**
   * True if the document stands for statements that are not known (`unknownPolicy`).
   *
   * @default false
   */
  readonly isUnknown?: boolean;
}

/**
 * The resource control policy that AWS Organizations attaches to the root, to every unit and to every account, and that
 * nothing detaches.
 */
export const rcpFullAccess: PolicySource = {
  name: 'RCPFullAWSAccess',
  document: {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
  },
};

/** A policy that IAM would refuse, or that asks for something this evaluation does not know. */
export class PolicyError extends Error {
  override readonly name: string = 'PolicyError';
  /** Index of the statement that the error is about. */
  readonly statement?: number;

  constructor(message: string, statement?: number) {
    super(message);
    this.statement = statement;
  }

  /** Same error with its place and the index of its statement. */
  in(place: string, statement: number): PolicyError {
    return new PolicyError(`${place}: ${this.message}`, statement);
  }
}

/** Something that AWS accepts and this evaluation cannot judge. */
export class Unsupported extends PolicyError {
  override readonly name = 'Unsupported';

  override in(place: string, statement: number): Unsupported {
    return new Unsupported(`${place}: ${this.message}`, statement);
  }
}

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value: unknown): unknown => (Array.isArray(value) ? value : [value]), z.array(item));

/** A list that IAM refuses to be empty ("Policy statement must contain actions", "… resources"). */
const filled = (noun: string) =>
  z.preprocess(
    (value: unknown): unknown => (Array.isArray(value) ? value : [value]),
    z.array(z.string()).min(1, `expected at least one ${noun}`),
  );

const principals = z.preprocess(
  (value: unknown): unknown => (value === '*' ? { AWS: '*' } : value),
  keyed(listOf(z.string())),
);

const conditionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principals.optional(),
    NotPrincipal: principals.optional(),
    Action: filled('action').optional(),
    NotAction: filled('action').optional(),
    Resource: filled('resource').optional(),
    NotResource: filled('resource').optional(),
    Condition: keyed(keyed(listOf(conditionValue))).optional(),
  })
  .refine((it) => (it.Action === undefined) !== (it.NotAction === undefined), 'needs either Action or NotAction')
  .refine((it) => it.Resource === undefined || it.NotResource === undefined, 'has both Resource and NotResource')
  .refine((it) => it.Principal === undefined || it.NotPrincipal === undefined, 'has both Principal and NotPrincipal');

/** The form of a policy document. */
export const policyDocument = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: listOf(statement),
});

/** A statement with every list written as a list and every condition value as text. */
export type PlainStatement = z.output<typeof statement>;

/** The document with one spelling for everything; an unknown or missing element is an error that names it. */
export function plainDocument(source: PolicySource): z.output<typeof policyDocument> {
  const parsed = policyDocument.safeParse(source.document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'document'}: ${message}`);
  throw new PolicyError(`${source.name} is not a valid policy: ${problems.join('; ')}`);
}
