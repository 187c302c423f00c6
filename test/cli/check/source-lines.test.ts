import { expect, test } from 'vitest';
import { sourceLines } from '../../../cli/check/source-lines.ts';

const trace = (path: string, ...frames: readonly string[]) => ({ path, type: 'aws:cdk:creationStack', data: frames });
const at = (line: number): string => `build (/clone/services/orders/workload.ts:${line}:5)`;
const hidden = ['...aws-cdk-lib...', '(no user code in 10 frames, use --stack-trace-limit to capture more)'];

const lineOf = sourceLines(
  [
    trace('App/dev/Child', 'stage (/clone/stages/stage.ts:1:1)'),
    trace(
      'App/dev/Child/Bucket/Resource',
      '...new Bucket in aws-cdk-lib...',
      at(10),
      'app (/clone/pipeline/app.ts:1:1)',
    ),
    trace('App/dev/Child/Count/Role/Resource', at(20)),
    trace('App/dev/Child/Count/Role/DefaultPolicy/Resource', ...hidden),
    trace('App/dev/Child/Lonely/Resource', ...hidden),
    trace('App/dev/Child/Package/Resource', 'x (/clone/node_modules/some/index.js:1:1)', at(30)),
    trace('App/dev/Child/Elsewhere/Resource', 'x (/other/workload.ts:1:1)'),
    { path: 'App/dev/Child/Bucket/Resource', type: 'aws:cdk:logicalId', data: 'Bucket' },
  ],
  new Set(['App/dev/Child', 'App/dev/Parent']),
  '/clone',
);

test.each<[string, string, number | undefined]>([
  ['the first line of ours in its trace', 'Bucket/Resource', 10],
  ['that of its nearest relative, where its trace ends before', 'Count/Role/DefaultPolicy/Resource', 20],
  ['that of a construct in it, for a construct without a trace', 'Count', 20],
  ['no line of a package', 'Package/Resource', 30],
  ['none, where only its stack has one', 'Lonely/Resource', undefined],
  ['none, where the source is elsewhere', 'Elsewhere/Resource', undefined],
  ['none, where nobody knows it', 'Nothing', undefined],
])('a construct has %s', (_, path, line) => {
  const file = 'services/orders/workload.ts';
  expect(lineOf(`App/dev/Child/${path}`)).toEqual(line === undefined ? undefined : { file, line, column: 5 });
});

test('a construct of another stack has no line of this one', () => {
  expect(lineOf('App/dev/Parent/Count')).toBeUndefined();
});
