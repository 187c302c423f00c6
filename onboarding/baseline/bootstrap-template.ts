import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import type { Template } from './template.ts';

/**
 * The template that `cdk bootstrap --show-template` prints, from the CDK's command line that is installed. It has no
 * short forms of functions.
 */
export const cdkBootstrapTemplate = (): Template =>
  parse(
    readFileSync(createRequire(import.meta.url).resolve('aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'), 'utf8'),
  ) as Template;
