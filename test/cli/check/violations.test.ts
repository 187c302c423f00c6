import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type AssembledStack, readAssembly } from '@crosswind/assembly/read-assembly';
import { checkJudged } from '../../../cli/check/check-assembly.ts';
import type { CheckFinding, CheckReport } from '../../../cli/check/check-report.ts';
import { type JudgeInputs, judgeInputs } from '../../../cli/check/judge-inputs.ts';
import { limitNames, limits } from '@crosswind/aws/quotas';
import { rules } from '../../../policies/rules/index.ts';
import { platformFile } from '../../platform-file.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { clone } from '../../workloads.ts';
import { holdings } from '../../policies/limits/holding.ts';
import { both, type Mutation, same, withProperties } from './mutations.ts';
import { target, violations, waived, waiver } from './violations.ts';

let assembled: readonly AssembledStack[];
let inputs: JudgeInputs;
beforeAll(() => {
  assembled = readAssembly(inject('assembly'));
  inputs = judgeInputs({ clone, file: platformFile, now: new Date('2026-11-30') });
});

/** Checks a mutated copy of the example. Only mutations of files copy it on the disk. */
function checked({ stacks = same, files, inputs: changeInputs = same }: Mutation): CheckReport {
  let directory = inject('assembly');
  if (files) {
    directory = join(temporaryDirectory(), 'assembly');
    cpSync(inject('assembly'), directory, { recursive: true });
    files(directory);
  }
  return checkJudged({ directory, assembled: stacks(assembled) }, changeInputs(inputs));
}

const errorsOf = ({ findings }: CheckReport) => findings.filter(({ severity }) => severity === 'error');

/** Ids that `crosswind check` gives without a rule in the list of rules. POLICY-3 is about files, not the assembly. */
const others = ['REACH-2', 'REACH-3', 'WAIVER-1', 'WAIVER-2', 'WAIVER-3', 'POLICY-1', 'POLICY-2', 'POLICY-4'];

test('every rule has a violation', () => {
  const ids = new Set([...rules.map(({ id }) => id), ...others]);
  expect(violations.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test('the example is green', () => {
  expect(errorsOf(checked({}))).toEqual([]);
});

describe.each(violations)('$id: $what', ({ id, broken }) => {
  test('turns the check red', () => {
    const errors = errorsOf(checked(broken));
    expect(errors.map((error) => error.id)).toContain(id);
    for (const { message, fix } of errors) {
      expect(message.length).toBeGreaterThan(20);
      expect(fix).toMatch(/^[A-Z].{10,}/s);
    }
  });
});

test.each(violations)('$id: without the violation, the change is green', ({ repaired }) => {
  expect(errorsOf(checked(repaired)).map(({ id, message }) => `${id} ${message}`)).toEqual([]);
});

test('a resource that is not to be deployed has one finding, not one for each call of its deployment', () => {
  const { broken } = violations.find(({ id }) => id === 'DEPLOY-1') ?? {};
  expect(errorsOf(checked(broken ?? {})).map(({ id }) => id)).toEqual(['DEPLOY-1']);
});

test('the calls that CloudFormation may not make for one resource are one finding with every statement', () => {
  const { broken } = violations.find(({ id }) => id === 'ACCESS-5') ?? {};
  const denied = errorsOf(checked(broken ?? {})).filter(({ id }) => id === 'REACH-1');
  expect(denied.map(({ paths: [path = ''], message }) => ({ path, message }))).toEqual([
    {
      path: 'Crosswind/dev-word-count/Child/Target/Resource/Resource',
      message: expect.stringMatching(/iam:CreateRole.* 2 more of it: iam:/) as string,
    },
    {
      path: 'Crosswind/dev-word-count/Child/Target/Resource/DefaultPolicy/Resource',
      message: expect.stringContaining('iam:PutRolePolicy') as string,
    },
  ]);
});

test('a denied call of a start in another account is one finding, at the role that lacks the statement', () => {
  const { broken } = violations.find(({ id }) => id === 'REACH-1') ?? {};
  const denied = errorsOf(checked(broken ?? {})).filter(({ id }) => id === 'REACH-1');
  expect(denied.map(({ paths, fix }) => ({ paths, fix }))).toEqual([
    {
      paths: [target],
      fix: expect.stringContaining('"Action":"states:DescribeExecution"') as string,
    },
  ]);
});

test('a waiver of the rule accepts the denied call of such a start, and no other one', () => {
  const { broken = {} } = violations.find(({ id }) => id === 'REACH-1') ?? {};
  const isWaived = waived(waiver('REACH-1', '2099-01-01', 'Target/Resource/Resource'));
  const { waived: accepted, findings } = checked(both(broken, isWaived));
  expect(findings.filter(({ id }) => id === 'REACH-1')).toEqual([]);
  expect(accepted.filter(({ id }) => id === 'REACH-1').map(({ paths }) => paths)).toEqual([[target]]);

  // The boundary of its account denies it, too: the rule does not look at that, and nothing accepts it.
  const bounded = withProperties(target, (properties) => ({
    ...properties,
    PermissionsBoundary: 'arn:aws:iam::444444444444:policy/crosswind-nobody',
  }));
  expect(errorsOf(checked(both(both(broken, bounded), isWaived))).map(({ id }) => id)).toContain('REACH-2');
});

describe('every limit of AWS', () => {
  const names = Object.keys(holdings) as (keyof typeof holdings)[];
  /** Limits that take minutes to pass here: test/policies/limits/measures.test.ts passes them. */
  const elsewhere = ['linksOfSink', 'inputArtifact'];

  /** The example with a stack in the stage of the workload for each limit, in an account of its own. */
  const findingsAt = (used: (limit: keyof typeof holdings) => number): readonly CheckFinding[] => {
    const stacks = names.flatMap((limit, index) =>
      holdings[limit](used(limit)).map((stack): AssembledStack => {
        const template = JSON.stringify(stack.template).replaceAll('App/One', placeOf(limit));
        const account = String(900_000_000_000 + index);
        return {
          ...stack,
          path: placeOf(limit),
          account,
          template: JSON.parse(template) as AssembledStack['template'],
        };
      }),
    );
    return errorsOf(checked({ stacks: (before) => [...before, ...stacks] })).filter(({ id }) => id === 'LIMIT-1');
  };
  const placeOf = (limit: string): string => `Crosswind/dev-word-count/Limit-${limit}`;
  const isAbout =
    (limit: keyof typeof holdings) =>
    ({ message, paths }: CheckFinding): boolean =>
      message.includes(`: ${limits[limit].what}: expected`) && paths.some((path) => path.startsWith(placeOf(limit)));

  let [passed, met]: [readonly CheckFinding[], readonly CheckFinding[]] = [[], []];
  beforeAll(() => {
    passed = findingsAt((limit) => limits[limit].most + 1);
    // The paths of the stage make a template a little longer.
    met = findingsAt((limit) => limits[limit].most - (limit === 'templateBytes' ? 200 : 0));
  });

  test('has a stack that passes it', () => {
    expect([...names, ...elsewhere].sort()).toEqual([...limitNames].sort());
  });

  test.each(names)('%s turns the check red where it is passed, and not where it is just met', (limit) => {
    expect(passed.filter(isAbout(limit))).toHaveLength(1);
    expect(met.filter(isAbout(limit))).toEqual([]);
  });
});
