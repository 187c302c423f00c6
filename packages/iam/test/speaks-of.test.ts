import { describe, expect, test } from 'vitest';
import type { StatementJson } from '../src/policy-document.ts';
import type { AccessRequest, RequestContext } from '../src/request.ts';
import { concerns, meetsConditionsOn, speaksOf } from '../src/speaks-of.ts';
import { type Statement, statementsOf } from '../src/statement.ts';
import { UNKNOWN } from '../src/truth.ts';

const compiled = (rest: Partial<StatementJson> = {}): Statement => {
  const Statement: StatementJson = { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...rest };
  const [statement] = statementsOf({ name: 'P', document: { Statement } }, 'identity');
  if (!statement) throw new Error('expected a statement');
  return statement;
};
const request = (resource: string, context: RequestContext = {}): AccessRequest => ({
  principal: { kind: 'service', service: 's3.amazonaws.com' },
  ...{ action: 's3:GetObject', resource, resourceAccount: '111111111111', context },
});
const fromHere = compiled({ Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } });

describe('a statement', () => {
  test.each<[string, Statement, AccessRequest, ReturnType<typeof speaksOf>, boolean]>([
    ['applies', compiled(), request('arn:aws:s3:::b/x'), true, true],
    ['is about another resource', compiled(), request('arn:aws:s3:::c/x'), false, false],
    ['asks for another key', fromHere, request('arn:aws:s3:::b/x'), false, true],
    [
      'asks for a key that is sent',
      fromHere,
      request('arn:aws:s3:::b/x', { 'aws:SourceAccount': '111111111111' }),
      true,
      true,
    ],
    [
      'asks for a key that is not told',
      compiled({ Condition: { StringEquals: { 'aws:UserAgent': 'x' } } }),
      request('arn:aws:s3:::b/x'),
      UNKNOWN,
      true,
    ],
  ])('that %s', (_, statement, asked, speaks, concerned) => {
    expect(speaksOf(statement, asked)).toBe(speaks);
    expect(concerns(statement, asked)).toBe(concerned);
  });

  test('has its conditions on a key met or not, whatever the other keys are', () => {
    const two = compiled({ Condition: { StringEquals: { 'aws:SourceAccount': '111111111111', 's3:prefix': 'x' } } });
    const sent = request('arn:aws:s3:::b/x', { 'aws:SourceAccount': '111111111111' });
    expect(meetsConditionsOn(two, 'aws:sourceaccount', sent)).toBe(true);
    expect(meetsConditionsOn(two, 's3:prefix', sent)).toBe(false);
  });
});
