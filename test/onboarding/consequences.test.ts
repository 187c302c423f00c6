import { describe, expect, test } from 'vitest';
import { consequences } from '../../onboarding/consequences.ts';
import { usesOf, useText } from '../../onboarding/uses.ts';
import { platformOf, platformText, shippedPlatform } from '../synthesized.ts';

const withState = (state: string) =>
  platformOf(platformText.replace("id: '666666666666'", `id: '666666666666'\n    state: ${state}`));

const trust = [
  'word-child-prod 666666666666 lets the parent workflow of word-count in word-parent-prod 555555555555 start, describe and stop its child',
  'word-parent-prod 555555555555 and word-child-prod 666666666666 let tooling 111111111111 run word-count and watch it',
];
const stacks = [
  'parent workflow of word-count in word-parent-prod 555555555555 (wave prod)',
  'child workflow of word-count in word-child-prod 666666666666 (wave prod)',
];
const nothing = { deployed: [], trusted: [], removed: [] };

describe('the consequences', () => {
  test('of an account that becomes active are its stacks, their trust, and that of its bootstrap', () => {
    expect(consequences(withState('pending'), shippedPlatform)).toEqual({
      deployed: stacks,
      trusted: [
        'word-child-prod 666666666666 lets tooling 111111111111 deploy to it, once it is bootstrapped',
        ...trust,
      ],
      removed: [],
    });
  });

  test('of an account that is detached are that all of this goes', () => {
    expect(consequences(shippedPlatform, withState('detached'))).toEqual({
      deployed: [],
      trusted: [],
      removed: [
        ...stacks,
        ...trust.map((sentence) => `trust: ${sentence}`),
        'word-child-prod 666666666666 is not deployed to any more',
      ],
    });
  });

  test.each([
    ['nothing changed', shippedPlatform],
    ['an account is draining', withState('draining')],
  ])('are none where %s', (_, after) => {
    expect(consequences(shippedPlatform, after)).toEqual(nothing);
  });
});

test.each([
  ['tooling', ['pipeline']],
  ['monitoring', ['monitoring']],
  ['word-child-prod', ['child of word-count in wave prod']],
  ['nobody', []],
])('%s is used as %j', (name, uses) => {
  expect(usesOf(shippedPlatform, name).map(useText)).toEqual(uses);
});
