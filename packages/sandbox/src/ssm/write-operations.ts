import { defined, isObject, type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonCall, AwsJsonOperation } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import { namedParameter, validation } from './parameter-arn.ts';
import type { Parameter } from './parameters.ts';
import { notKnown } from './read-operations.ts';
import type { SsmServicePorts } from './ssm-ports.ts';

/** Operations that change parameters. */
export const writeOperations = (ports: SsmServicePorts): Readonly<Record<string, AwsJsonOperation>> => ({
  PutParameter: putParameter(ports),
  DeleteParameter: deleteParameter(ports),
  DeleteParameters: deleteParameters(ports),
  AddTagsToResource: addTagsToResource(ports),
  RemoveTagsFromResource: removeTagsFromResource(ports),
});

/** Fields of PutParameter that are kept as they are, under the name that a template has for them. */
const kept = ['AllowedPattern', 'Description', 'Policies', 'Tier'];

const putParameter =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const { body } = call;
    const name = textOf(body['Name']);
    const { arn } = namedParameter(name, call);
    if (name === '') throw validation("Parameter name: can't be null or empty");
    permit(authorize, call, 'ssm:PutParameter', arn);
    const before = parameters.parameter(arn);
    if (before && body['Overwrite'] !== true) {
      const message =
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
      throw new AwsJsonError('ParameterAlreadyExists', message);
    }
    const tags = listOf(body['Tags']).filter(isObject);
    if (before && tags.length > 0) {
      const message =
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.";
      throw validation(message);
    }
    const type = textOf(body['Type'] ?? before?.type);
    if (type === '') throw validation('A parameter type is required when you create a parameter.');
    if (type === 'SecureString') {
      throw new AwsJsonError('UnknownOperationException', notKnown('parameters of type SecureString'));
    }
    const given = kept.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]] as const]));
    const version = parameters.put(arn, {
      name: before?.name ?? name,
      value: textOf(body['Value']),
      type,
      dataType: textOf(body['DataType'] ?? before?.dataType ?? 'text'),
      tags: before?.tags ?? tagsIn(tags),
      details: { ...before?.details, ...Object.fromEntries(given) },
    });
    return { Version: version, Tier: textOf(body['Tier'] ?? 'Standard') };
  };

const deleteParameter =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const { arn } = namedParameter(textOf(call.body['Name']), call);
    permit(authorize, call, 'ssm:DeleteParameter', arn);
    if (!parameters.remove(arn)) throw new AwsJsonError('ParameterNotFound', '');
    return {};
  };

const deleteParameters =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const asked = listOf(call.body['Names']).map((name) => ({
      name: textOf(name),
      ...namedParameter(textOf(name), call),
    }));
    for (const { arn } of asked) permit(authorize, call, 'ssm:DeleteParameters', arn);
    const removed = asked.map(({ name, arn }) => ({ name, isGone: parameters.remove(arn) }));
    const namesOf = (isGone: boolean) => {
      const names = removed.filter((each) => each.isGone === isGone).map(({ name }) => name);
      return names.length > 0 ? names : undefined;
    };
    return defined({ DeletedParameters: namesOf(true), InvalidParameters: namesOf(false) });
  };

const addTagsToResource =
  (ports: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const { arn, parameter } = tagged(ports, call, 'ssm:AddTagsToResource');
    ports.parameters.tag(arn, { ...parameter.tags, ...tagsIn(listOf(call.body['Tags']).filter(isObject)) });
    return {};
  };

const removeTagsFromResource =
  (ports: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const { arn, parameter } = tagged(ports, call, 'ssm:RemoveTagsFromResource');
    const gone = new Set(listOf(call.body['TagKeys']).map(textOf));
    ports.parameters.tag(arn, Object.fromEntries(Object.entries(parameter.tags).filter(([key]) => !gone.has(key))));
    return {};
  };

/** The parameter whose tags a call changes. */
function tagged(
  { parameters, authorize }: SsmServicePorts,
  call: AwsJsonCall,
  action: string,
): { readonly arn: string; readonly parameter: Parameter } {
  const type = textOf(call.body['ResourceType']);
  if (type !== 'Parameter') {
    throw new AwsJsonError('UnknownOperationException', notKnown(`tags of resources of type ${type}`));
  }
  const { arn } = namedParameter(textOf(call.body['ResourceId']), call);
  permit(authorize, call, action, arn);
  const parameter = parameters.parameter(arn);
  if (!parameter) throw new AwsJsonError('InvalidResourceId', 'The resource ID is not valid.');
  return { arn, parameter };
}

const tagsIn = (tags: readonly JsonObject[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [textOf(Key), textOf(Value)]));
