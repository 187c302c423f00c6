import type { IncomingMessage } from 'node:http';
import { type Json, type JsonObject, isObject } from '../../assembly/template.ts';
import { AwsJsonError } from './aws-json-error.ts';

/** A request of Step Functions is at most 1 MB (AWS: "Step Functions service quotas"). */
const maximumBytes = 1_048_576;

/** The JSON object that a request carries; fields that are null count as absent, as the JSON protocol has it. */
export async function jsonBody(incoming: IncomingMessage): Promise<JsonObject> {
  const body = parsed(await textOf(incoming));
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) {
      const message = `the request has more than ${maximumBytes} bytes`;
      throw new AwsJsonError('RequestEntityTooLargeException', message, 413);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): JsonObject {
  let body: Json;
  try {
    body = JSON.parse(text === '' ? '{}' : text) as Json;
  } catch (error) {
    throw new AwsJsonError('SerializationException', `the body of the request is not JSON: ${String(error)}`);
  }
  if (isObject(body)) return body;
  throw new AwsJsonError('SerializationException', 'the body of the request is not a JSON object');
}
