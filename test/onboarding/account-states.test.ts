import { describe, expect, test } from 'vitest';
import { withoutAccount } from '../../onboarding/account-edits.ts';
import { platformOf, platformText, shippedPlatform, synthesize, synthesized } from '../synthesized.ts';

const id = '666666666666';
const withState = (state: string) =>
  platformOf(platformText.replace(`id: '${id}'`, `id: '${id}'\n    state: ${state}`));

const templatesWith = (platform: typeof shippedPlatform): readonly string[] =>
  synthesize(platform).assembled.map(({ account, template }) => `${account} ${JSON.stringify(template)}`);

describe('the id of an account', () => {
  test('that is active is in templates, its own and others', () => {
    const naming = synthesized().assembled.filter((stack) => JSON.stringify(stack).includes(id));
    expect(naming.some(({ account }) => account === id)).toBe(true);
    expect(naming.some(({ account }) => account !== id)).toBe(true);
  });

  test.each(['pending', 'detached'])('that is %s is in no template', (state) => {
    expect(templatesWith(withState(state)).filter((template) => template.includes(id))).toEqual([]);
  });

  test('that is removed is in no template', () => {
    const edited = withoutAccount(platformText, shippedPlatform, 'word-child-prod');
    const templates = templatesWith(platformOf(edited.ok ? edited.text : ''));
    expect(templates.length).toBeGreaterThan(0);
    expect(templates.filter((template) => template.includes(id))).toEqual([]);
  });
});
