import { App } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { judgingProblems } from '../../pipeline/judging.ts';

const strict = '@aws-cdk/core:validateAgainstDefaultRules';
const ofCdk = { CDK_CLI_VERSION: '2.1148.1' };

/** Problems of an app with this context; the flag is on unless it says otherwise. */
const problemsOf = (context: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = ofCdk) =>
  judgingProblems(new App({ context: { [strict]: true, ...context } }), env);

describe('an app that the command line of the CDK runs', () => {
  test('may not leave out the policies, whatever the value', () => {
    for (const value of [true, 'true', 1, false, 'no']) {
      const got = `switches the policies off, which only the sandbox does for itself: expected none, got ${JSON.stringify(value)}`;
      expect(problemsOf({ quick: value })).toEqual([expect.stringContaining(got)]);
    }
  });

  test.each([
    ['false', false, 'false'],
    ['a text, as an option of the command gives it', 'false', '"false"'],
    ['a text that says yes', 'true', '"true"'],
    ['not set', undefined, 'none'],
  ])('may not make findings of the validation warnings: %s', (_, value, shown) => {
    expect(problemsOf({ [strict]: value })).toEqual([
      `context "${strict}" makes findings of CloudFormation's validation errors: expected true, got ${shown}; set it in cdk.json, and remove it from the options of the command`,
    ]);
  });

  test('may not let cdk pass with findings', () => {
    expect(problemsOf({}, { ...ofCdk, CDK_IGNORE_ERRORS: 'true' })).toEqual([
      'CDK_IGNORE_ERRORS lets cdk pass with findings: expected none, got "true"; unset it',
    ]);
  });

  test('has no problem with settings that switch nothing off', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({}, { ...ofCdk, CDK_IGNORE_ERRORS: 'false' })).toEqual([]);
  });

  test('has every problem at once', () => {
    expect(problemsOf({ quick: true, [strict]: false }, { ...ofCdk, CDK_IGNORE_ERRORS: '1' })).toHaveLength(3);
  });
});

test('the sandbox alone, which runs the app without that command line, may leave out the policies', () => {
  expect(problemsOf({ quick: true, [strict]: false }, {})).toEqual([]);
});
