import { readFileSync } from 'node:fs';
import type { ResourceType } from './schema.ts';

/** Type that only the CDK writes; it has no published schema. */
const metadata: ResourceType = { type: 'AWS::CDK::Metadata', properties: { Analytics: 'string', Modules: 'string' } };

let text: string | undefined;
const read = new Map<string, ResourceType>([[metadata.type, metadata]]);

/** The schema of a type, undefined for one that is not known; only its own line of the data is parsed. */
export function readSchema(type: string): ResourceType | undefined {
  const known = read.get(type);
  if (known !== undefined) return known;
  // ASCII, which is read as Latin-1 in half the time of UTF-8.
  text ??= `\n${readFileSync(new URL('../../data/resource-types.jsonl', import.meta.url), 'latin1')}`;
  const start = text.indexOf(`\n{"type":${JSON.stringify(type)},`) + 1;
  if (start === 0) return undefined;
  const schema = JSON.parse(text.slice(start, text.indexOf('\n', start))) as ResourceType;
  read.set(type, schema);
  return schema;
}
