import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { TemplateResource } from '@crosswind/assembly/template';
import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import type { JudgeInputs } from '../../../cli/check/judge-inputs.ts';

type Stacks = readonly AssembledStack[];

/** A change of the example: of its templates, of its files, or of what the judge knows besides. */
export interface Mutation {
  readonly stacks?: (stacks: Stacks) => Stacks;
  readonly files?: (directory: string) => void;
  readonly inputs?: (inputs: JudgeInputs) => JudgeInputs;
}

/** The stack of the workload's stage, in which violations are made. */
export const stage = 'Crosswind/dev-word-count/Child';

const changed = (stacks: Stacks, path: string, change: (resource: TemplateResource) => TemplateResource): Stacks => {
  let changes = 0;
  const result = stacks.map((stack) => {
    const resources = Object.entries(stack.template.Resources).map(([id, resource]): [string, TemplateResource] => {
      if (resource.Metadata?.['aws:cdk:path'] !== path) return [id, resource];
      const after = change(resource);
      if (JSON.stringify(after) !== JSON.stringify(resource)) changes += 1;
      return [id, after];
    });
    return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
  });
  // A change that changes nothing would prove nothing.
  if (changes !== 1) throw new Error(`expected to change one resource at ${path}, changed ${changes}`);
  return result;
};

/** Changes the properties of the resource at a construct path. */
export const withProperties = (path: string, change: (properties: JsonObject) => JsonObject): Mutation => ({
  stacks: (stacks) =>
    changed(stacks, path, (resource) => ({ ...resource, Properties: change(resource.Properties ?? {}) })),
});

/** Changes the metadata of the resource at a construct path. */
export const withMetadata = (path: string, metadata: JsonObject): Mutation => ({
  stacks: (stacks) =>
    changed(stacks, path, (resource) => ({ ...resource, Metadata: { ...resource.Metadata, ...metadata } })),
});

/** Adds a resource to the stack of the stage. */
export const withResource = (id: string, Type: string, Properties: JsonObject, path = stage): Mutation => ({
  stacks: (stacks) =>
    stacks.map((stack) =>
      stack.path === path
        ? {
            ...stack,
            template: {
              ...stack.template,
              Resources: {
                ...stack.template.Resources,
                [id]: { Type, Properties, Metadata: { 'aws:cdk:path': `${path}/${id}` } },
              },
            },
          }
        : stack,
    ),
});

/** Adds a statement to a policy or a trust policy. */
export const withStatement = (path: string, document: string, statement: JsonObject): Mutation =>
  withStatements(path, document, (statements) => [...statements, statement]);

export const withStatements = (
  path: string,
  document: string,
  rewrite: (statements: readonly JsonObject[]) => readonly Json[],
): Mutation =>
  withProperties(path, (properties) => {
    const policy = objectOf(properties[document]);
    return { ...properties, [document]: { ...policy, Statement: rewrite(listOf(policy['Statement']).map(objectOf)) } };
  });

/** The mutation with another one after it. */
export const both = (one: Mutation, other: Mutation): Mutation => ({
  stacks: (stacks) => (other.stacks ?? same)((one.stacks ?? same)(stacks)),
  inputs: (inputs) => (other.inputs ?? same)((one.inputs ?? same)(inputs)),
  ...((one.files ?? other.files) && {
    files: (directory) => {
      one.files?.(directory);
      other.files?.(directory);
    },
  }),
});

export const same = <Value>(value: Value): Value => value;

/** A role of the stage that has its boundary. */
export const role = (id: string, trust: JsonObject, properties: JsonObject = {}): Mutation =>
  withResource(id, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...trust }] },
    PermissionsBoundary: 'arn:aws:iam::444444444444:policy/crosswind-boundary',
    ...properties,
  });

/** The workflow of the stage with another definition. */
export const withDefinition = (definition: JsonObject): Mutation =>
  withProperties(`${stage}/Years/Workflow/Resource/Resource`, (properties) => ({
    ...properties,
    DefinitionString: JSON.stringify({ TimeoutSeconds: 300, ...definition }),
  }));

export const appended = (file: string, text: string): Mutation => ({
  files: (directory) => {
    appendFileSync(join(directory, file), text);
  },
});

export const rewritten = (file: string, rewrite: (text: string) => string): Mutation => ({
  files: (directory) => {
    const path = join(directory, file);
    writeFileSync(path, rewrite(readFileSync(path, 'utf8')));
  },
});

export const removed = (file: string): Mutation => ({
  files: (directory) => {
    rmSync(join(directory, file));
  },
});
