import type { z } from 'zod';
import { type Json, type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import { statesError } from './states-error.ts';

type Issue = z.core.$ZodIssue;

/** Fields whose values AWS does not repeat in messages. */
const sensitive = ['input', 'error', 'cause'];

/** The request in its shape; refuses, in AWS's words, what is of a wrong type or breaks a constraint. */
export function requested<Shape extends z.ZodType>(shape: Shape, body: JsonObject): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  for (const issue of issues) {
    const field = issue.path.join('.');
    if (issue.code === 'invalid_type' && body[field] !== undefined) {
      const message = `${field} must be of type ${issue.expected}, got ${typeof body[field]}`;
      throw new AwsJsonError('SerializationException', message);
    }
  }
  const detected = `${issues.length} validation error${issues.length > 1 ? 's' : ''} detected`;
  const problems = issues.map((issue) => problem(issue, issue.path.join('.'), body));
  throw statesError('ValidationException', `${detected}: ${problems.join('; ')}`);
}

function problem(issue: Issue, field: string, body: JsonObject): string {
  const value: Json | undefined = body[field];
  const shown = value === undefined ? ' null' : ` '${textOf(value)}'`;
  const named = sensitive.includes(field) ? '' : shown;
  return `Value${named} at '${field}' failed to satisfy constraint: Member must ${constraint(issue)}`;
}

function constraint(issue: Issue): string {
  if (issue.code === 'too_big') return `have ${measure(issue)} less than or equal to ${issue.maximum}`;
  if (issue.code === 'too_small') return `have ${measure(issue)} greater than or equal to ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
  return issue.code === 'invalid_type' ? 'not be null' : issue.message;
}

const measure = ({ origin }: Extract<Issue, { code: 'too_big' | 'too_small' }>): string =>
  origin === 'string' ? 'length' : 'value';
