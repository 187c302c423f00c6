import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { WrongInput } from '../../../cli/failure.ts';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { shippedPlatform } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A directory with this platform.yaml. */
function assemblyWith(text: string): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'platform.yaml'), text);
  return directory;
}

describe('the platform in an assembly', () => {
  test('is the one that it was synthesized from, without what only contracts know', () => {
    const { accounts, waves, organization, tenants } = platformIn(inject('assembly'));
    expect({ accounts, waves, organization }).toEqual({
      accounts: shippedPlatform.accounts,
      waves: shippedPlatform.waves,
      organization: shippedPlatform.organization,
    });
    expect(tenants.map(({ name }) => name)).toEqual(shippedPlatform.tenants.map(({ name }) => name));
  });

  test.each<[string, () => string, string]>([
    ['a directory without one', () => temporaryDirectory(), 'name a platform.yaml, or the output of `cdk synth`'],
    ['a file that is no platform', () => assemblyWith('accounts: []\n'), 'platform.yaml:1'],
    ['a file that is no text', () => assemblyWith('\u0000'), 'platform.yaml'],
  ])('is wrong input: %s', (_, directory, message) => {
    const read = (): unknown => platformIn(directory());
    expect(read).toThrow(WrongInput);
    expect(read).toThrow(message);
  });
});
