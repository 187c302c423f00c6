import { type Json, type JsonObject, isObject, listOf, objectOf } from '@crosswind/aws/json';

/**
 * Shape of a template: its text without the differences that no rule looks at. Templates of one shape are valid
 * together. These differences are removed:
 * - account ids;
 * - names of the same length, since lengths have limits;
 * - file names of the templates that a pipeline deploys;
 * - actions of a pipeline's stage that are then equal: one of them is kept.
 */
export function templateShape(template: string, names: readonly string[]): string {
  let text = template
    .replace(/\b\d{12}\b/g, '000000000000')
    .replace(/[\w-]+(\/\w+)?\.template\.json/g, 'some.template.json');
  for (const name of names) text = text.replaceAll(name, 'x'.repeat(name.length));
  return text.includes('AWS::CodePipeline::Pipeline') ? withDistinctActions(text) : text;
}

function withDistinctActions(text: string): string {
  const template = JSON.parse(text) as JsonObject;
  const resources = Object.entries(objectOf(template['Resources'])).map(([id, resource]): [string, Json] => {
    const { Type: type, Properties: properties } = objectOf(resource);
    if (type !== 'AWS::CodePipeline::Pipeline' || !isObject(properties)) return [id, resource];
    const stages = listOf(properties['Stages']).map((stage) => {
      const { Actions: actions } = objectOf(stage);
      return {
        ...objectOf(stage),
        Actions: [...new Map(listOf(actions).map((it) => [JSON.stringify(it), it])).values()],
      };
    });
    return [id, { ...objectOf(resource), Properties: { ...properties, Stages: stages } }];
  });
  return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) });
}
