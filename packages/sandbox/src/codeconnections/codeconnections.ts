import { accountOf } from '@crosswind/aws/arn';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, awsJsonService } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { SandboxService } from '../service.ts';
import { Connections } from './connections.ts';

export interface CodeConnectionsPorts {
  readonly authorize: Authorize;
  /** Answers the other operations. */
  readonly absent: HttpService;
}

/** The service by its two names, each with the prefix of its operations; an ARN with the old name stays valid. */
const names = {
  codeconnections: 'com.amazonaws.codeconnections.CodeConnections_20231201',
  'codestar-connections': 'com.amazonaws.codestar.connections.CodeStar_connections_20191201',
} as const;

/** CodeConnections: the status of connections. */
export function codeConnections({ authorize, absent }: CodeConnectionsPorts) {
  const connections = new Connections();
  const services = Object.entries(names).map(([signingName, target]): SandboxService => ({
    endpoint: awsJsonService({
      title: 'CodeConnections',
      signingName,
      target,
      version: '1.0',
      absent,
      operations: new Map([['GetConnection', (call) => getConnection(authorize, connections, call)]]),
    }),
  }));
  return { connections, services };
}

/** https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_GetConnection.html */
function getConnection(authorize: Authorize, connections: Connections, call: AwsJsonCall): JsonObject {
  const arn = textOf(call.body['ConnectionArn'] ?? '');
  const [, , service = ''] = arn.split(':');
  permit(authorize, call, `${service === '' ? 'codeconnections' : service}:GetConnection`, arn);
  const found = connections.at(arn);
  if (!found) throw new AwsJsonError('ResourceNotFoundException', `Connection not found: ${arn}`);
  const { name, provider, status } = found;
  return {
    Connection: {
      ConnectionArn: arn,
      ConnectionName: name,
      ConnectionStatus: status,
      OwnerAccountId: accountOf(arn),
      ProviderType: provider,
    },
  };
}
