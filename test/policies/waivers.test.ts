import { describe, expect, test } from 'vitest';
import { templateWaivers as waivers } from '../../policies/waivers.ts';

describe('the waivers of the template', () => {
  test('are answered for by these teams', () => {
    expect([...new Set(waivers.map(({ owner }) => owner))]).toEqual(['platform']);
  });

  test('say why', () => {
    expect(waivers.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  test('are looked at again before the template calls itself finished', () => {
    expect(waivers.filter(({ reviewAt }) => reviewAt !== '1.0.0')).toEqual([]);
  });

  test('accept no family of actions of a whole service, and no pattern of anything', () => {
    expect(waivers.filter(({ rule }) => /Action::(\w+:)?\\?\*|IAM5\[\*|^\*/.test(rule))).toEqual([]);
  });

  test('name the actions that they accept on resource *, and no pattern among them', () => {
    const onEverything = waivers.filter(({ rule }) => rule.includes('[Resource::\\*]'));
    expect(onEverything.length).toBeGreaterThan(0);
    const actions = onEverything.flatMap((waiver) => waiver.actions ?? ['none']);
    expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(action))).toEqual([]);
  });
});
