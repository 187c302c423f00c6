import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Files, type Repository, cloneOf, newRepository, repositoryAt } from './repositories.ts';

const root = join(import.meta.dirname, '../../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const generated = /^(\.git|\.cache|node_modules|cdk\.out[^/]*|out)(\/|$)/;

/** The files of this template as version 0.2.0 in a repository of its own, and a clone of it. */
export function templateAndClone(): { readonly template: Repository; readonly clone: Repository } {
  const template = newRepository({});
  cpSync(root, template.path, { recursive: true, filter: (file) => !generated.test(relative(root, file)) });
  // The clone that these tests run in may be an adopter's.
  template.commit(
    { 'platform.yaml': text('test/platform.yaml'), 'package.json': manifestOf('0.2.0') },
    'version 0.2.0',
  );
  const clone = cloneOf(template);
  symlinkSync(join(root, 'node_modules'), join(clone.path, 'node_modules'));
  repositoryAt(join(clone.path, '.git/info')).write({ exclude: 'node_modules\n' });
  return { template, clone };
}

function manifestOf(version: string): string {
  const manifest = JSON.parse(text('package.json')) as Readonly<Record<string, unknown>>;
  return `${JSON.stringify({ ...manifest, version, crosswind: { template: version } }, null, 2)}\n`;
}

/** Files of an adopter's: forty accounts, a tenant, a workload, a rule with its waiver. */
export const adopted: Files = {
  'platform.yaml': text('test/platform.yaml')
    .replace(
      /\n\ntenants:\n/,
      `${Array.from({ length: 40 }, (_, index) => accountText(index)).join('')}\n\ntenants:\n${tenantText()}`,
    )
    .replace(/\n*$/, '\n'),
  'policies/own-rules.ts': `import type { Rule } from './rules/rule.ts';
import { topicHasDisplayName } from './rules/topic-has-display-name.ts';

export const ownRules: readonly Rule[] = [topicHasDisplayName];
`,
  'policies/rules/topic-has-display-name.ts': `import { type Rule, findingAt, resourcesOfType } from './rule.ts';

export const topicHasDisplayName: Rule = {
  id: 'OWN-1',
  severity: 'error',
  requires: 'Every topic has a name that people read.',
  because: 'Mail without a name of its sender looks like an attack.',
  fix: 'Set \`displayName\` on the topic.',
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::SNS::Topic')
      .filter(({ resource }) => resource.properties['DisplayName'] === undefined)
      .map((topic) => findingAt(topic, { property: 'Properties.DisplayName', message: 'it has no display name' })),
};
`,
  'test/policies/rules/topic-has-display-name.test.ts': `import { topicHasDisplayName } from '../../../policies/rules/topic-has-display-name.ts';
import { resource, testRule } from './test-rule.ts';

testRule(topicHasDisplayName, {
  valid: { 'a topic with a name': resource('AWS::SNS::Topic', 'Topic', { DisplayName: 'alarms' }) },
  invalid: {
    'a topic without a name': {
      given: resource('AWS::SNS::Topic', 'Topic', {}),
      message: 'it has no display name',
      at: 'Topic',
      property: 'Properties.DisplayName',
    },
  },
});
`,
  'policies/waivers.yaml': `waivers:
  - rule: OWN-1
    path: '*'
    reason: the topics of this platform are read by machines only
    owner: platform-team
    until: '2999-12-31'
`,
};

function accountText(index: number): string {
  const name = `rain-${index % 2 === 0 ? 'parent' : 'child'}-${Math.floor(index / 2)}`;
  const id = String(100_000_000_000 + index);
  return `
  - name: ${name}
    id: '${id}'
    email: aws+${name}@example.com
    organizationalUnit: Workloads # account ${index + 1} of ours`;
}

function tenantText(): string {
  return `  - name: rain
    workload: word-count
    owner: rain-team
    waves:
      dev:
        parent: rain-parent-0
        child: rain-child-0
        settings:
          years: [2021]
`;
}

const moved = (file: string): string => text(file).replace('./top-stack.ts', './stacks/top-stack.ts');

/** A later commit of the template, which changes, moves and removes files of the template and of packages. */
export const later: Files = {
  'package.json': manifestOf('0.3.0'),
  'CHANGELOG.md': text('CHANGELOG.md').replace(
    '\n## ',
    '\n## 0.3.0\n\n### You must do\n\n- Read the contract again.\n\n## ',
  ),
  'blocks/contract.ts': text('blocks/contract.ts').replace(' */', ', as of version 0.3.0 */'),
  'policies/rules/index.ts': text('policies/rules/index.ts').replace('/** ', '/** Version 0.3.0. '),
  'policies/waivers.yaml': '# Another text of the template.\nwaivers: []\n',
  'platform.yaml': `${text('test/platform.yaml')}# Another text of the template.\n`,
  'policies/top-stack.ts': null,
  'policies/stacks/top-stack.ts': `${text('policies/top-stack.ts')}\n// Moved.\n`,
  'policies/loud.ts': moved('policies/loud.ts'),
  'policies/waivers-plugin.ts': moved('policies/waivers-plugin.ts'),
  'packages/aws/package.json': text('packages/aws/package.json').replace('./src/problem.ts', './src/errors/problem.ts'),
  'packages/aws/src/problem.ts': null,
  'packages/aws/src/errors/problem.ts': `${text('packages/aws/src/problem.ts')}\n// Moved.\n`,
  'packages/aws/test/problem.test.ts': null,
  'test/bench/command-line.test.ts': null,
};
