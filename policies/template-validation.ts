import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyValidationStack,
} from 'aws-cdk-lib/core';
import { templateShape } from './template-shape.ts';

/**
 * CloudFormation's validation, run once for each shape of template instead of once for each template.
 *
 * Two hundred accounts have six hundred templates, but only a few dozen of them really differ. Validating each takes
 * most of a synth (docs/performance.md). If a shape is not valid, all its templates are validated as they are, so that
 * every finding is reported where it is.
 */
export class TemplateValidation extends CloudFormationValidatePlugin {
  readonly #names: readonly string[];

  /** `names` are those of accounts and tenants: what one template has where another has something else. */
  constructor(names: readonly string[]) {
    super();
    // A name that contains another one is replaced first.
    this.#names = [...names].sort((a, b) => b.length - a.length);
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const groups = new Map<string, PolicyValidationStack[]>();
    for (const stack of context.stackTemplates) {
      const shape = `${stack.region ?? ''}\n${this.#shapeOf(stack)}`;
      const alike = groups.get(shape);
      if (alike) alike.push(stack);
      else groups.set(shape, [stack]);
    }
    const suspects = this.#invalidShapes(context, groups);
    return super.validate({ ...context, stackTemplates: suspects });
  }

  /** The templates whose shape is not valid. */
  #invalidShapes(
    context: IPolicyValidationContext,
    groups: ReadonlyMap<string, readonly PolicyValidationStack[]>,
  ): PolicyValidationStack[] {
    const directory = mkdtempSync(join(tmpdir(), 'crosswind-shapes-'));
    try {
      const shapes = [...groups].flatMap(([shape, [first]], index) => {
        const templatePath = join(directory, `${index}.template.json`);
        writeFileSync(templatePath, shape.slice(shape.indexOf('\n') + 1));
        return first ? [{ ...first, templatePath }] : [];
      });
      const { violations } = super.validate({ ...context, stackTemplates: shapes });
      const invalid = new Set(
        violations.flatMap(({ violatingResources }) => violatingResources.map(({ templatePath }) => templatePath)),
      );
      return [...groups.values()].filter((_, index) => invalid.has(shapes[index]?.templatePath)).flat();
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  /** Stages are called after what they deploy, so a template under a name holds that name alone. */
  #shapeOf({ stackConstructPath, templatePath }: PolicyValidationStack): string {
    const own = this.#names.filter((name) => stackConstructPath.includes(name));
    return templateShape(readFileSync(templatePath, 'utf8'), own.length > 0 ? own : this.#names);
  }
}
