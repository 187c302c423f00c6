import { type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { restJsonProtocol } from '../protocols/rest-json-protocol.ts';
import type { Identities } from '../iam/identities.ts';
import type { Link, Observability, Sink } from './observability.ts';

export interface OamServicePorts {
  readonly authorize: Authorize;
  readonly observability: Observability;
  readonly identities: Pick<Identities, 'removeResourcePolicy'>;
}

/** Observability Access Manager over HTTP: an account has one sink and at most five links, so that a page holds all. */
export const oamService = (ports: OamServicePorts): HttpService =>
  awsJsonService({
    title: 'CloudWatch Observability Access Manager',
    signingName: 'oam',
    target: 'oam',
    version: '1.1',
    operations: new Map<string, AwsJsonOperation>([
      ['DeleteLink', (call) => deleteLink(ports, call)],
      ['DeleteSink', (call) => deleteSink(ports, call)],
      ['GetSink', (call) => getSink(ports, call)],
      ['ListLinks', (call) => listLinks(ports, call)],
      ['ListSinks', (call) => listSinks(ports, call)],
    ]),
    others: [restJsonProtocol],
  });

/** https://docs.aws.amazon.com/OAM/latest/APIReference/API_ListLinks.html */
function listLinks({ authorize, observability }: OamServicePorts, call: AwsJsonCall): JsonObject {
  permit(authorize, call, 'oam:ListLinks', '*');
  const links = observability.links.filter(
    ({ account, arn }) => account === call.principal.account && regionOf(arn) === call.region,
  );
  return {
    Items: links.map(({ arn, sinkArn, resourceTypes, properties }) => ({
      Arn: arn,
      Id: idOf(arn),
      Label: textOf(properties['LabelTemplate'] ?? ''),
      ResourceTypes: [...resourceTypes],
      SinkArn: sinkArn,
    })),
  };
}

/** https://docs.aws.amazon.com/OAM/latest/APIReference/API_ListSinks.html */
function listSinks({ authorize, observability }: OamServicePorts, call: AwsJsonCall): JsonObject {
  permit(authorize, call, 'oam:ListSinks', '*');
  const sinks = observability.sinksOf(call.principal.account).filter(({ region }) => region === call.region);
  return { Items: sinks.map(shown) };
}

/** https://docs.aws.amazon.com/OAM/latest/APIReference/API_GetSink.html */
function getSink({ authorize, observability }: OamServicePorts, call: AwsJsonCall): JsonObject {
  const arn = identifierOf(call);
  permit(authorize, call, 'oam:GetSink', arn);
  const sink = observability.sink(arn);
  if (sink) return shown(sink);
  throw notFound('sink', arn);
}

/** https://docs.aws.amazon.com/OAM/latest/APIReference/API_DeleteLink.html */
function deleteLink({ authorize, observability }: OamServicePorts, call: AwsJsonCall): JsonObject {
  const arn = identifierOf(call);
  permit(authorize, call, 'oam:DeleteLink', arn);
  if (!observability.links.some((link) => link.arn === arn)) throw notFound('link', arn);
  observability.removeLink(arn);
  return {};
}

/** https://docs.aws.amazon.com/OAM/latest/APIReference/API_DeleteSink.html: "You must delete all links to a sink before" */
function deleteSink({ authorize, observability, identities }: OamServicePorts, call: AwsJsonCall): JsonObject {
  const arn = identifierOf(call);
  permit(authorize, call, 'oam:DeleteSink', arn);
  if (!observability.sink(arn)) throw notFound('sink', arn);
  const links = observability.linksTo(arn);
  if (links.length > 0) throw new AwsJsonError('ConflictException', sinkHasLinks(arn, links), 409);
  observability.removeSink(arn);
  identities.removeResourcePolicy(arn);
  return {};
}

function identifierOf({ body: { Identifier: identifier } }: AwsJsonCall): string {
  if (identifier === undefined) throw new AwsJsonError('MissingRequiredParameterException', 'Identifier is missing');
  return textOf(identifier);
}

const notFound = (kind: string, arn: string): AwsJsonError =>
  new AwsJsonError('ResourceNotFoundException', `there is no ${kind} ${arn}`, 404);

/** Why a sink cannot be deleted. */
export const sinkHasLinks = (arn: string, links: readonly Link[]): string =>
  `the sink ${arn} has links, from ${[...new Set(links.map(({ account }) => account))].join(', ')}`;

const shown = ({ arn, name }: Sink): JsonObject => ({ Arn: arn, Id: idOf(arn), Name: name });

const idOf = (arn: string): string => arn.split('/').at(-1) ?? '';
const regionOf = (arn: string): string => arn.split(':')[3] ?? '';
