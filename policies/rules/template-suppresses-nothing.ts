import { type Json, isObject } from '@crosswind/aws/json';
import { type Finding, type Rule } from './rule.ts';

/** Metadata that makes checkers of templates pass over findings (documentation of cdk-nag, cfn_nag, cfn-lint, Checkov, CloudFormation Guard). */
const suppressing = ['cdk_nag', 'cfn_nag', 'cfn-lint', 'checkov', 'guard'];

export const templateSuppressesNothing: Rule = {
  id: 'WAIVER-4',
  severity: 'error',
  requires: 'No template makes a checker pass over a finding.',
  because: 'Code would accept its own findings, without an owner and for ever.',
  fix: 'Remove the metadata, and write a waiver into waivers.yaml of the workload or of policies/.',
  check: ({ templates }) =>
    templates.flatMap(({ path, templateFile, template }) => {
      const { Metadata: ofTemplate = {} } = template as { readonly Metadata?: Json };
      const places = Object.entries(template.Resources).map(([logicalId, { Metadata: metadata = {} }]) => {
        const at = metadata['aws:cdk:path'];
        return { logicalId, metadata, path: typeof at === 'string' ? at : path };
      });
      return [{ logicalId: 'Metadata', metadata: ofTemplate, path }, ...places].flatMap(({ metadata, ...place }) =>
        suppressionsIn(metadata).map((found): Finding => ({ ...place, templateFile, ...found })),
      );
    }),
};

const suppressionsIn = (metadata: Json): readonly Pick<Finding, 'property' | 'message'>[] =>
  isObject(metadata)
    ? Object.entries(metadata)
        .filter(([key]) => suppressing.includes(key))
        .map(([key, value]) => ({
          property: `Metadata.${key}`,
          message: `its metadata makes ${key} pass over ${JSON.stringify(value).slice(0, 300)}`,
        }))
    : [];
