import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApplicablePolicies } from '../src/applicable-policies.ts';
import { authorize } from '../src/authorize.ts';
import type { StatementJson } from '../src/policy-document.ts';
import type { RequestContext } from '../src/request.ts';
import { ask, CHILD, PARENT, policy, role } from './actors.ts';

const { numRuns = 0, seed } = fc.readConfigureGlobal();

/** A statement without anything but lists of patterns and one condition, which a short program can read. */
interface Plain {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  /** Who a resource policy speaks of. */
  readonly account?: string;
  readonly team?: string;
}

const asked = {
  action: fc.constantFrom('s3:GetObject', 's3:PutObject'),
  resource: fc.constantFrom('arn:aws:s3:::winds/a', 'arn:aws:s3:::winds/b/c', 'arn:aws:s3:::rains/a'),
  team: fc.constantFrom(undefined, 'wind', 'rain'),
  account: fc.constantFrom(CHILD, PARENT),
};

const plain = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  Action: fc.uniqueArray(fc.constantFrom('s3:GetObject', 's3:Put*', 's3:*', '*', 'S3:getobject', 'kms:*'), {
    minLength: 1,
    maxLength: 2,
  }),
  Resource: fc.uniqueArray(
    fc.constantFrom('*', 'arn:aws:s3:::winds/*', 'arn:aws:s3:::winds/?', 'arn:aws:s3:::rains/a', 'arn:aws:s3:::*/a'),
    { minLength: 1, maxLength: 2 },
  ),
  account: asked.account,
  team: asked.team,
});
const several = fc.array(plain, { maxLength: 3 });

const world = fc.record({
  identity: several,
  resource: fc.option(several, { nil: undefined }),
  boundary: fc.option(several, { nil: undefined }),
  session: fc.option(several, { nil: undefined }),
  scps: fc.option(fc.array(several, { minLength: 1, maxLength: 2 }), { nil: undefined }),
});

const written = ({ account, team, ...rest }: Plain, type: 'resource' | 'other'): StatementJson => ({
  ...rest,
  ...(type === 'resource' && { Principal: { AWS: `arn:aws:iam::${account ?? ''}:root` } }),
  ...(team !== undefined && { Condition: { StringEquals: { 'aws:PrincipalTag/team': team } } }),
});

describe(`policies of plain statements (seed ${seed})`, () => {
  const like = (pattern: string, text: string): boolean =>
    new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(text);

  test('are decided as AWS describes it in a few sentences', () => {
    const question = fc.record(asked);
    fc.assert(
      fc.property(question, world, ({ action, resource, team, account }, drawn) => {
        const applies = (statement: Plain, effect: Plain['Effect']): boolean =>
          statement.Effect === effect &&
          statement.Action.some((pattern) => like(pattern, action)) &&
          statement.Resource.some((pattern) => like(pattern, resource)) &&
          (statement.team === undefined || statement.team === team);
        const { identity, session, boundary, scps } = drawn;
        const aboutCaller = (drawn.resource ?? []).filter((each) => each.account === account);
        const own = [identity, session ?? [], boundary ?? [], ...(scps ?? []), aboutCaller];
        const allows = (list: readonly Plain[] | undefined): boolean =>
          list === undefined || list.some((each) => applies(each, 'Allow'));
        const denied = own.flat().some((each) => applies(each, 'Deny'));
        const permitted =
          allows(identity) &&
          allows(session) &&
          allows(boundary) &&
          (scps ?? [[]]).every((level) => (scps === undefined ? true : allows(level)));
        const byResource = aboutCaller.some((each) => applies(each, 'Allow'));
        // The root principal of an account delegates to that account's policies, its own account's included.
        const expected = !denied && permitted && (account === CHILD || byResource);

        const texts = (name: string, list: readonly Plain[]) =>
          policy(name, ...list.map((each) => written(each, 'other')));
        const policies: ApplicablePolicies = {
          identity: [texts('identity', identity)],
          ...(drawn.resource && {
            resource: policy('resource', ...drawn.resource.map((each) => written(each, 'resource'))),
          }),
          ...(boundary && { boundary: texts('boundary', boundary) }),
          ...(session && { session: [texts('session', session)] }),
          ...(scps && { scps: scps.map((level) => [texts('scp', level)]) }),
        };
        const context: RequestContext = team === undefined ? {} : { 'aws:PrincipalTag/team': team };
        const request = ask(action, resource, { principal: role('worker', account), resourceAccount: CHILD, context });
        expect(authorize(request, policies).allowed).toBe(expected);
      }),
      { numRuns: 5 * numRuns },
    );
  });
});
