import { z } from 'zod';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';

/** Fields that many requests have, with the limits of the API reference. */
export const groupFields = {
  logGroupName: z.string().min(1).max(512).optional(),
  logGroupIdentifier: z.string().min(1).max(2_048).optional(),
};
export const nextToken = z.string().min(1).optional();
export const time = z.number().int().min(0).optional();

/** The request in its shape; refuses what breaks a constraint, as CloudWatch Logs does. */
export function requested<Shape extends z.ZodType>(shape: Shape, body: JsonObject): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const problems = issues.map(({ path, message }) => {
    const field = path.join('.');
    return `Value '${textOf(body[field] ?? 'null')}' at '${field}' failed to satisfy constraint: ${message}`;
  });
  const count = `${issues.length} validation error${issues.length > 1 ? 's' : ''} detected`;
  throw invalidParameter(`${count}: ${problems.join('; ')}`);
}

export const invalidParameter = (message: string): AwsJsonError =>
  new AwsJsonError('InvalidParameterException', message);
