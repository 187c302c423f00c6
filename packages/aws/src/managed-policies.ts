import { readFileSync } from 'node:fs';
import type { JsonObject } from './json.ts';

/** A policy document of AWS. */
export interface ManagedPolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: ManagedPolicyStatement | readonly ManagedPolicyStatement[];
}

interface ManagedPolicyStatement extends JsonObject {
  readonly Effect: 'Allow' | 'Deny';
}

/** Lines of the data, by the path and name in the ARN of a policy (`service-role/AWSLambdaBasicExecutionRole`). */
let lines: ReadonlyMap<string, string> | undefined;
const read = new Map<string, ManagedPolicyDocument>();

/**
 * The document of an AWS managed policy; undefined for one whose statements are not known here. A policy of another
 * partition is assumed to be that of partition `aws` with its own ARNs.
 */
export function managedPolicy(arn: string): ManagedPolicyDocument | undefined {
  const known = read.get(arn);
  if (known !== undefined) return known;
  const [, partition = '', name = ''] = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  const line = (lines ??= linesByName()).get(name);
  if (line === undefined) return undefined;
  const text = line.replaceAll('"arn:aws:', `"arn:${partition}:`);
  const { document } = JSON.parse(text) as { readonly document: ManagedPolicyDocument };
  read.set(arn, document);
  return document;
}

/** The policies of data/managed-policies.jsonl, whose source and date data/README.md gives. */
function linesByName(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('../data/managed-policies.jsonl', import.meta.url), 'utf8');
  const named = text.split('\n').map((line) => [/^\{"name":"([^"]+)"/.exec(line)?.[1] ?? '', line] as const);
  return new Map(named.filter(([name]) => name !== ''));
}
