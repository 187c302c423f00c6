import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crosswind } from '../../../cli/main.ts';
import { adopted, later, templateAndClone } from './adopted-clone.ts';
import { type Repository, stateOf, upgrade } from './repositories.ts';

/** The plan of a clone's own platform, whose workloads are those of the tests, as `crosswind config` prints it. */
async function planOf({ path: directory }: Repository): Promise<{ accounts: readonly object[]; code: number }> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const io = {
    stdout: { write: (text: string) => stdout.push(text) },
    stderr: { write: (text: string) => stderr.push(text) },
    signals: process,
    exit: () => undefined,
  };
  const code = await crosswind(['config', join(directory, 'platform.yaml'), '--json'], io, {
    root: directory,
    services: 'test/services',
  });
  expect(stderr.join('')).toBe('');
  const { plan } = JSON.parse(stdout.join('')) as { plan: { accounts: readonly object[] } };
  return { accounts: plan.accounts, code };
}

test('a clone with 40 accounts, a tenant, a rule and waivers is brought to a later commit, its files byte for byte the same', async () => {
  const { template, clone } = templateAndClone();
  clone.commit(adopted);
  const before = clone.tree();
  template.commit(later);
  const { code, stdout, stderr } = await upgrade(clone, '--from', template.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('files: 7 changed, 2 moved, 2 removed on the branch upgrade/0.3.0');
  expect(stdout).toContain('- Read the contract again. (0.3.0)');
  const after = clone.tree();
  for (const file of Object.keys(adopted)) expect([file, after.get(file)]).toEqual([file, before.get(file)]);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  const ofTemplate = Object.keys(later).filter((file) => !Object.hasOwn(adopted, file));
  expect(changed.sort()).toEqual(ofTemplate.sort());
  for (const file of ofTemplate.filter((each) => each !== 'package.json')) {
    expect([file, after.get(file)]).toEqual([file, template.tree().get(file)]);
  }
  const { accounts, code: valid } = await planOf(clone);
  expect(valid).toBe(0);
  expect(accounts).toHaveLength(46);
});

test('a change to a template file that the adopter edited is listed as a conflict, and nothing is half-applied', async () => {
  const { template, clone } = templateAndClone();
  const edited = clone.read('blocks/contract.ts').replace(' */', ', edited by us */');
  clone.commit({ ...adopted, 'blocks/contract.ts': edited });
  const before = stateOf(clone);
  template.commit(later);
  const { code, stdout, stderr } = await upgrade(clone, '--from', template.path);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('1 conflict between your changes and the template');
  expect(stderr).toContain('  blocks/contract.ts: you and the template changed the same lines; ');
  expect(stateOf(clone)).toBe(before);
  expect(clone.read('blocks/contract.ts')).toBe(edited);
  expect(clone.read('policies/loud.ts')).toContain("'./top-stack.ts'");
});
