import { type Json, type JsonObject, isObject } from '@crosswind/aws/json';
import { AwsJsonError } from './aws-json-error.ts';

/** The JSON object that a request carries, without its nulls. */
export const jsonBody = (bytes: Buffer): JsonObject => withoutNulls(parsed(bytes.toString()));

/** Fields that are null count as absent, as the JSON protocol has it. */
export const withoutNulls = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

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
