import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import type { Template } from './template.ts';

/** Text of the template that `cdk bootstrap --show-template` prints, from the CDK's command line that is installed. */
export const cdkBootstrapTemplateText = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');

/** That template as data. It has no short forms of functions. */
export const cdkBootstrapTemplate = (): Template => parse(cdkBootstrapTemplateText()) as Template;
