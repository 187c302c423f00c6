import { type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { isJudgedRule, ruleOf } from './judged-rule.ts';
import { sourcePlace } from './source-place.ts';
import { topStackPath } from './top-stack.ts';

/**
 * Findings that code acknowledges, as findings. An acknowledgement hides findings of everything in its construct from the
 * owners of `waivers.yaml`. These are fatal, since the CDK lets nobody acknowledge what is. It runs first: the plugins
 * after it acknowledge what a waiver accepts.
 */
export const acknowledgementsPlugin = (): IPolicyValidationPlugin => ({
  name: 'Acknowledgements',
  ruleIds: ['WAIVER-3'],
  validate({ appConstruct }) {
    const violations = appConstruct.node.findAll().flatMap((construct) =>
      acknowledgedIn(construct).map(({ rule, place }) => ({
        ruleName: 'WAIVER-3',
        severity: 'fatal',
        description: `Only a waiver accepts a finding: ${construct.node.path || 'the app'} acknowledges ${rule} in code${place}`,
        fix: 'Remove it, and write a waiver into waivers.yaml of the workload or of policies/.',
        violatingResources: [{ constructPath: pathInStack(construct, appConstruct), locations: [] }],
      })),
    );
    return { success: violations.length === 0, violations };
  },
});

interface Acknowledged {
  readonly rule: string;
  /** Line of the source, in brackets; nothing if it is not known. */
  readonly place: string;
}

const acknowledgedIn = ({ node }: IConstruct): readonly Acknowledged[] =>
  node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data, trace }) =>
      Object.keys(data as Readonly<Record<string, string>>)
        .filter(isJudgedRule)
        .map((id) => ({ rule: ruleOf(id), place: placeOf(trace) })),
    );

function placeOf(trace: readonly string[] = []): string {
  const place = sourcePlace(trace, process.cwd());
  return place === undefined ? '' : ` (${place.file}:${place.line}:${place.column})`;
}

/** The construct's path if it is in a stack, else that of the first stack in it. */
const pathInStack = (construct: IConstruct, app: IConstruct): string =>
  construct.node.scopes.some((scope) => Stack.isStack(scope)) ? construct.node.path : stackIn(construct, app);

const stackIn = (construct: IConstruct, app: IConstruct): string =>
  construct.node.findAll().find((inner) => Stack.isStack(inner))?.node.path ?? topStackPath(app);
