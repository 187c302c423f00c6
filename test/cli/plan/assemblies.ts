import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import type { Template } from '@crosswind/assembly/template';
import { platformFile } from '../../../config/platform-file.ts';
import { writeBaseline } from '../../../onboarding/baseline/baseline-files.ts';
import { PipelineStack } from '../../../pipeline/pipeline-stack.ts';
import { bareApp } from '../../pipeline/pipeline-app.ts';
import { platformOf } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { workloads } from '../../workloads.ts';

const made = new Map<string, string>();

/** The assembly of a platform's text as `cdk synth` leaves it, without bundled functions; made once for each text. */
export function assemblyOf(text: string): string {
  const known = made.get(text);
  if (known !== undefined) return known;
  const directory = temporaryDirectory();
  const platform = platformOf(text);
  const app = bareApp(directory);
  app.node.setContext('aws:cdk:enable-path-metadata', true);
  new PipelineStack(app, 'Crosswind', {
    platform,
    workloads,
    env: { account: '111111111111', region: platform.region },
  });
  app.synth();
  writeBaseline(directory, platform);
  writeFileSync(join(directory, platformFile), text);
  made.set(text, directory);
  return directory;
}

/** A template that a test may change. */
export type Changeable = {
  -readonly [Section in keyof Template]: Section extends 'Resources'
    ? Record<string, { Type: string; Properties: Record<string, unknown>; [attribute: string]: unknown }>
    : Template[Section];
};

/** Changes of templates by the construct paths of their stacks. */
export type Changes = Readonly<Record<string, (template: Changeable) => void>>;

/** A copy of an assembly with changed templates. */
export function changedAssembly(assembly: string, changes: Changes): string {
  const directory = temporaryDirectory();
  cpSync(assembly, directory, { recursive: true });
  const stacks = readAssembly(directory);
  for (const [path, change] of Object.entries(changes)) {
    const stack = stacks.find((each) => each.path === path);
    if (!stack) throw new Error(`no stack at ${path}, only at ${stacks.map((each) => each.path).join(', ')}`);
    const template = JSON.parse(readFileSync(stack.templateFile, 'utf8')) as Changeable;
    change(template);
    writeFileSync(stack.templateFile, JSON.stringify(template));
  }
  return directory;
}

/** The resource of a template whose logical id begins with these letters. */
export function resourceOf(template: Changeable, beginning: string): Changeable['Resources'][string] {
  const [id] = Object.keys(template.Resources).filter((each) => each.startsWith(beginning));
  const resource = template.Resources[id ?? ''];
  if (!resource) throw new Error(`no ${beginning}, only ${Object.keys(template.Resources).join(', ')}`);
  return resource;
}

/** Removes the resource of a template whose logical id begins with these letters. */
export function removeResource(template: Changeable, beginning: string): void {
  const resource = resourceOf(template, beginning);
  template.Resources = Object.fromEntries(Object.entries(template.Resources).filter(([, each]) => each !== resource));
}
