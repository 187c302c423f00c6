import { type Json, textOf } from '@crosswind/aws/json';
import { secretsIn } from '../secrets/secrets-in.ts';
import { type Finding, type Rule, findingAt, resources } from './rule.ts';

export const templateHoldsNoSecret: Rule = {
  id: 'SECRET-1',
  severity: 'error',
  requires: 'No template holds a secret, in an environment variable or anywhere else.',
  because:
    'Everyone who may read the repository, the stack or the function has it, and it stays in the history for ever.',
  fix: 'Replace the secret where it is valid, since it is known now. Keep the new one in Secrets Manager, and read it there by its ARN.',
  check: ({ stacks, templates }) => [
    ...resources(stacks).flatMap((at) =>
      secretsIn(at.resource.properties, 'Properties').map((found) => findingAt(at, found)),
    ),
    ...templates.flatMap(({ path, templateFile, template }) => {
      const { Resources, Parameters = {}, ...others } = template;
      const metadata = Object.entries(Resources).map(([id, { Metadata = {} }]) => [id, Metadata] as const);
      const places: readonly (readonly [logicalId: string, value: Json, property: string, path: string])[] = [
        ...metadata.map(([id, value]) => [id, value, 'Metadata', textOf(value['aws:cdk:path']) || path] as const),
        ...Object.entries(Parameters).map(
          ([id, { Default = '' }]) => [id, { [id]: Default }, 'Parameters', path] as const,
        ),
        ...Object.entries(others).map(([id, value]) => [id, value as unknown as Json, id, path] as const),
      ];
      return places.flatMap(([logicalId, value, property, at]) =>
        secretsIn(value, property).map((found): Finding => ({ path: at, logicalId, templateFile, ...found })),
      );
    }),
  ],
};
