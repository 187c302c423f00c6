import { type Json, type JsonObject, textOf } from '../json.ts';

/** An update that CloudFormation tries and that fails, although the schema says that it replaces or updates. */
interface RefusedUpdate {
  readonly properties: Readonly<Record<string, Json | undefined>>;
  /** The reason in the event of the resource. */
  readonly reason: (type: string, identifier: string) => string;
}

/** Words of the exception NotUpdatable in the handlers of resource types (cloudformation-cli-java-plugin). */
const notUpdatable = (type: string, identifier: string): string =>
  `Resource of type '${type}' with identifier '${identifier}' is not updatable with parameters provided.`;

/** Properties whose change fails, each with the value that it has where it is not given. */
const refusedUpdates = new Map<string, RefusedUpdate>(
  Object.entries({
    // Template Reference, "AWS::KMS::Key": if you change one of these, the update request fails, regardless of the
    // UpdateReplacePolicy.
    'AWS::KMS::Key': {
      properties: {
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        MultiRegion: false,
        Origin: 'AWS_KMS',
      },
      reason: notUpdatable,
    },
    // Template Reference, "AWS::Logs::LogGroup": updates of LogGroupClass are not supported. The words are assumed.
    'AWS::Logs::LogGroup': { properties: { LogGroupClass: 'STANDARD' }, reason: notUpdatable },
    // Template Reference, "AWS::CloudFormation::CustomResource": updates of ServiceToken are not supported.
    'AWS::CloudFormation::CustomResource': {
      properties: { ServiceToken: undefined },
      reason: () => 'Modifying service token is not allowed.',
    },
  }),
);

/** Why an update of a resource fails, as a function of its physical id; undefined for one that does not. */
export function refusalOf(
  type: string,
  before: JsonObject,
  after: JsonObject,
): ((identifier: string) => string) | undefined {
  const refused = refusedUpdates.get(type);
  if (refused === undefined) return undefined;
  const { properties, reason } = refused;
  const isChanged = Object.entries(properties).some(
    ([name, usual]) => textOf(before[name] ?? usual) !== textOf(after[name] ?? usual),
  );
  return isChanged ? (identifier) => reason(type, identifier) : undefined;
}
