import { type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonOperation } from '../aws-json/aws-json-service.ts';
import { pager } from '../aws-json/pager.ts';
import { permit } from '../aws-json/permit.ts';
import { arnIn, namedParameter, validation } from './parameter-arn.ts';
import type { Parameter } from './parameters.ts';
import type { SsmServicePorts } from './ssm-ports.ts';

/** Names in one request, and parameters on a page (AWS Systems Manager API: "GetParameters", "GetParametersByPath"). */
const most = 10;

const { pageOf } = pager('NextToken', () => new AwsJsonError('InvalidNextToken', 'The specified token is not valid.'));

/** Operations that read parameters. */
export const readOperations = (ports: SsmServicePorts): Readonly<Record<string, AwsJsonOperation>> => ({
  GetParameter: getParameter(ports),
  GetParameters: getParameters(ports),
  GetParametersByPath: getParametersByPath(ports),
  ListTagsForResource: listTagsForResource(ports),
});

const getParameter =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const name = textOf(call.body['Name']);
    const { arn, selector } = namedParameter(name, call);
    permit(authorize, call, 'ssm:GetParameter', arn);
    const newest = parameters.parameter(arn);
    if (newest === undefined) throw new AwsJsonError('ParameterNotFound', '');
    const parameter = parameters.parameter(arn, versionIn(selector));
    if (!parameter) {
      const message = `Systems Manager could not find version ${selector?.slice(1) ?? ''} of ${newest.name}. Verify the version and try again.`;
      throw new AwsJsonError('ParameterVersionNotFound', message);
    }
    return { Parameter: shown(parameter, arn, selector) };
  };

const getParameters =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const names = listOf(call.body['Names']).map(textOf);
    if (names.length < 1 || names.length > most) {
      const constraint = `Member must have length ${names.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`}`;
      throw validation(
        `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: ${constraint}`,
      );
    }
    const asked = names.map((name) => ({ name, ...namedParameter(name, call) }));
    for (const { arn } of asked) permit(authorize, call, 'ssm:GetParameters', arn);
    const found = asked.flatMap(({ name, arn, selector }) => {
      const parameter = parameters.parameter(arn, versionIn(selector));
      return parameter ? [{ name, shown: shown(parameter, arn, selector) }] : [];
    });
    const known = new Set(found.map(({ name }) => name));
    return {
      Parameters: found.map((each) => each.shown),
      InvalidParameters: names.filter((name) => !known.has(name)),
    };
  };

const getParametersByPath =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const { body } = call;
    const path = textOf(body['Path']);
    if (!path.startsWith('/')) {
      const message = `The parameter path must begin with a forward slash "/". It can't be prefixed with "aws" or "ssm" (case-insensitive).`;
      throw validation(message);
    }
    if (listOf(body['ParameterFilters']).length > 0) {
      throw new AwsJsonError('UnknownOperationException', notKnown('GetParametersByPath with ParameterFilters'));
    }
    permit(authorize, call, 'ssm:GetParametersByPath', arnIn(call, path.replace(/\/$/, '')));
    const prefix = arnIn(call, path.replace(/\/?$/, '/'));
    const all = parameters
      .under(prefix)
      .filter(({ arn }) => body['Recursive'] === true || !arn.slice(prefix.length).includes('/'));
    const size = typeof body['MaxResults'] === 'number' ? body['MaxResults'] : most;
    const token = body['NextToken'] === undefined ? undefined : textOf(body['NextToken']);
    const { items, next } = pageOf(all, { of: [prefix, call.principal.account], size, token });
    return { Parameters: items.map((parameter) => shown(parameter, parameter.arn)), ...next };
  };

const listTagsForResource =
  ({ parameters, authorize }: SsmServicePorts): AwsJsonOperation =>
  (call) => {
    const { arn } = namedParameter(textOf(call.body['ResourceId']), call);
    permit(authorize, call, 'ssm:ListTagsForResource', arn);
    const parameter = parameters.parameter(arn);
    if (!parameter) throw new AwsJsonError('InvalidResourceId', 'The resource ID is not valid.');
    return { TagList: Object.entries(parameter.tags).map(([Key, Value]) => ({ Key, Value })) };
  };

/** True unless another version than the newest is asked for; the sandbox keeps that one and no labels. */
/** The version that a selector asks for; none for one that is no number, as the sandbox has no labels. */
const versionIn = (selector: string | undefined): number | undefined =>
  selector === undefined ? undefined : Number(selector.slice(1));

const shown = (parameter: Parameter, arn: string, selector?: string): JsonObject => ({
  Name: parameter.name,
  Type: parameter.type,
  Value: parameter.value,
  ARN: arn,
  Version: parameter.version,
  DataType: parameter.dataType,
  LastModifiedDate: parameter.lastModified / 1_000,
  ...(selector !== undefined && { Selector: selector }),
});

/** The refusal of what only the sandbox does not know. */
export const notKnown = (what: string): string =>
  `the simulated Systems Manager does not know ${what} (see docs/sandbox-support.md)`;
