import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../src/cases/judge.ts';
import { readCases } from '../src/cases/read-cases.ts';
import type { ApplicablePolicies } from '../src/applicable-policies.ts';
import { authorize } from '../src/authorize.ts';
import type { Decision } from '../src/decision.ts';
import type { PolicySource, StatementJson } from '../src/policy-document.ts';
import type { PolicyType } from '../src/statement.ts';
import { matchesWildcard } from '../src/wildcard.ts';
import { policies, requests, statements } from './arbitraries.ts';
import { policy } from './actors.ts';

const { seed } = fc.readConfigureGlobal();

const kindOf = (decision: Decision): string => (decision.allowed ? 'allowed' : decision.kind);
const statementsIn = ({ document }: PolicySource): readonly StatementJson[] => [document.Statement].flat();

/** The policies with the statements of each document changed. */
function changed(
  all: ApplicablePolicies,
  change: (statements: readonly StatementJson[], type: PolicyType) => readonly StatementJson[],
): ApplicablePolicies {
  const alter = (type: PolicyType) => (source: PolicySource) =>
    policy(source.name, ...change(statementsIn(source), type));
  const { identity, resource, boundary, session, scps, rcps } = all;
  return {
    identity: identity.map(alter('identity')),
    ...(resource && { resource: alter('resource')(resource) }),
    ...(boundary && { boundary: alter('boundary')(boundary) }),
    ...(session && { session: session.map(alter('session')) }),
    ...(scps && { scps: scps.map((level) => level.map(alter('scp'))) }),
    ...(rcps && { rcps: rcps.map((level) => level.map(alter('rcp'))) }),
  };
}

describe(`for whatever is asked and written (seed ${seed})`, () => {
  test('there is a decision with a reason', () => {
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        expect(authorize(request, all).reason).not.toBe('');
      }),
    );
  });

  test('the order of statements and policies does not matter', () => {
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        const reversed = changed(all, (each) => [...each].reverse());
        const other = { ...reversed, identity: [...reversed.identity].reverse() };
        expect(kindOf(authorize(request, other))).toBe(kindOf(authorize(request, all)));
      }),
    );
  });

  test('a denial of everything, anywhere, lets nothing through', () => {
    const deny: StatementJson = { Effect: 'Deny', Action: '*', Resource: '*' };
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        expect(authorize(request, { ...all, identity: [policy('denial', deny)] }).allowed).toBe(false);
        const resource = policy('denial', { ...deny, Principal: '*' });
        expect(authorize(request, { ...all, resource }).allowed).toBe(false);
      }),
    );
  });

  test('another denial never lets more through', () => {
    fc.assert(
      fc.property(requests, policies, statements('attached'), statements('control'), (request, all, one, other) => {
        const deny: StatementJson = { ...one, Effect: 'Deny' };
        const control: StatementJson = { ...other, Effect: 'Deny' };
        fc.pre(!authorize(request, all).allowed);
        const stricter = changed(all, (each, type) =>
          type === 'resource' ? each : [...each, type === 'rcp' ? control : deny],
        );
        expect(authorize(request, stricter).allowed).toBe(false);
      }),
    );
  });

  test('an allow less never lets more through', () => {
    fc.assert(
      fc.property(requests, policies, fc.nat(4), (request, all, nth) => {
        fc.pre(!authorize(request, all).allowed);
        // A resource control policy without an Allow has RCPFullAWSAccess with it.
        const less = changed(all, (each, type) =>
          type === 'rcp' ? each : each.filter(({ Effect }, at) => Effect === 'Deny' || at !== nth),
        );
        expect(authorize(request, less).allowed).toBe(false);
      }),
    );
  });

  test('what is decided without knowing a key stays so, whatever its value', () => {
    const keys = fc.constantFrom<Readonly<Record<string, string>>>(
      { 'aws:SourceIp': '10.1.2.3' },
      { 'aws:SourceIp': '2001:db8::1' },
      { 'aws:SecureTransport': 'false' },
      { 'aws:userid': 'a' },
      { 'aws:Mood': 'a' },
    );
    fc.assert(
      fc.property(requests, policies, keys, (request, all, told) => {
        const before = kindOf(authorize(request, all));
        fc.pre(before !== 'undecidable' && !Object.keys(told).some((key) => key in request.context));
        // For other principals some of these keys are known even if the request does not give them.
        fc.pre(['role', 'user'].includes(request.principal.kind));
        const after = authorize({ ...request, context: { ...request.context, ...told } }, all);
        expect(after.allowed).toBe(before === 'allowed');
      }),
    );
  });
});

describe(`a file of cases (seed ${seed})`, () => {
  test('that holds anything at all is an empty list or refused with a place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        const read = readCases(document);
        if (read.ok) {
          expect(document).toEqual([]);
          return;
        }
        expect(read.problems).not.toEqual([]);
        for (const { path, message } of read.problems) {
          expect(message).not.toBe('');
          expect(path.slice(0, 1)).toEqual(Array.isArray(document) ? [expect.any(Number)] : []);
        }
      }),
    );
  });

  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('*', 'arn:aws:iam::444444444444:role/x'));
  const odd = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.oneof(fc.constant('s3:*'), fc.string()),
    Resource: fc.oneof(
      fc.constant('*'),
      fc.string().map((text) => `arn:aws:s3:::${text}`),
    ),
    Condition: fc.dictionary(
      fc.constantFrom('StringLike', 'ArnLike', 'IpAddress', 'DateLessThan', 'BinaryEquals', 'Null'),
      fc.dictionary(fc.string(), fc.string()),
    ),
  });
  const mostly = (valid: fc.Arbitrary<unknown>, rarely: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 12, arbitrary: valid }, { weight: 1, arbitrary: rarely });
  const document = (on: 'attached' | 'resource'): fc.Arbitrary<unknown> =>
    mostly(
      fc.record({ Statement: mostly(fc.array(mostly(statements(on), odd), { minLength: 1, maxLength: 3 }), anything) }),
      anything,
    );
  const broken = fc.record({
    name: fc.string(),
    request: fc.record({
      principal: mostly(fc.constantFrom('*', 'arn:aws:iam::444444444444:role/x', 's3.amazonaws.com'), anything),
      action: fc.oneof(fc.string(), fc.constantFrom('s3:GetObject', '../x:y', 'constructor:x', '__proto__:y')),
      resource: fc.constantFrom('*', 'arn:aws:s3:::b/k', 'arn:::::x'),
      context: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))),
    }),
    policies: fc.record(
      {
        identity: fc.array(document('attached'), { maxLength: 2 }),
        resource: document('resource'),
        scps: fc.array(mostly(fc.array(document('attached'), { minLength: 1, maxLength: 2 }), anything), {
          maxLength: 2,
        }),
      },
      { requiredKeys: ['identity'] },
    ),
  });

  test('whose policies hold anything is judged or refused with a place', () => {
    let drawn = 0;
    let judged = 0;
    fc.assert(
      fc.property(fc.array(broken, { minLength: 1, maxLength: 3 }), (cases) => {
        drawn += 1;
        const read = readCases(cases);
        if (read.ok) {
          judged += 1;
          expect(read.cases.map((each) => judge(each).name)).toEqual(cases.map(({ name }) => name));
          return;
        }
        expect(read.problems).not.toEqual([]);
        for (const { path, message } of read.problems) {
          expect(message).not.toBe('');
          expect(Object.keys(cases).map(Number)).toContain(path[0]);
          expect(['request', 'policies']).toContain(path[1]);
        }
      }),
    );
    expect(judged / drawn).toBeGreaterThan(0.1);
    expect(judged).toBeLessThan(drawn);
  });
});

test('wildcards match as a regular expression would', () => {
  const letters = (...all: readonly string[]) => fc.string({ unit: fc.constantFrom(...all), maxLength: 9 });
  fc.assert(
    fc.property(letters('a', 'b', '.', '*', '?'), letters('a', 'b', '.'), (pattern, text) => {
      const expression = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesWildcard(pattern, text)).toBe(new RegExp(`^${expression}$`).test(text));
    }),
  );
});
