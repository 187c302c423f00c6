import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Resource, Stack } from '../resolve.ts';
import type { PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';

/** Properties that name the role with which the code of a resource runs. */
const roleProperties: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::CodeBuild::Project': 'ServiceRole',
};

/** Calls that the metadata of resources declares. */
export const codeCalls = (stack: Stack, places: Places): readonly PlannedCall[] =>
  stack.resources.flatMap((resource) =>
    (resource.declaredCalls ?? []).flatMap(({ actions, resources, context }) =>
      listOf(actions).flatMap((action) =>
        listOf(resources)
          .flatMap((arn) => places.meant(textOf(arn)))
          .map((arn) => ({
            caller: { kind: 'role', arn: roleOf(resource) } as const,
            action: textOf(action),
            resource: arn,
            resourceAccount: places.accountOf(arn) || (arn === '*' ? stack.account : ''),
            context: textsOf(context),
            by: { path: resource.path, part: 'code' },
          })),
      ),
    ),
  );

const roleOf = ({ type, arn = '', properties }: Resource): string => {
  const property = roleProperties[type];
  return property === undefined ? arn : textOf(properties[property]);
};

const textsOf = (context: Parameters<typeof objectOf>[0]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(objectOf(context)).map(([key, value]) => [key, textOf(value)]));
