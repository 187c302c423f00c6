import { text } from 'node:stream/consumers';
import { partitionOf } from '../../aws/partition.ts';
import type { AccessRequest } from '../../policies/iam/request.ts';
import { denialMessage } from '../../policies/iam/denial-message.ts';
import { credentialsOf, type Service, signedFor } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { Parameters } from './parameters.ts';

export interface SsmServicePorts {
  readonly parameters: Parameters;
  readonly sessions: Sessions;
  readonly authorize: Authorize;
}

/** Systems Manager over HTTP, the JSON protocol: GetParameter. */
export function ssmService({ parameters, sessions, authorize }: SsmServicePorts): Service {
  return {
    handles: (request) => signedFor(request) === 'ssm',
    answer: async (request, response) => {
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      };
      const target = request.headers['x-amz-target']?.toString() ?? '';
      const { Name: name = '' } = JSON.parse(await text(request)) as { readonly Name?: string };
      const { accessKeyId, token, region } = credentialsOf(request);
      const principal = sessions.authenticate(accessKeyId, token);
      if (!principal) {
        answer(400, {
          __type: 'UnrecognizedClientException',
          message: 'The security token included in the request is invalid.',
        });
        return;
      }
      if (target !== 'AmazonSSM.GetParameter') {
        answer(501, { __type: 'NotImplemented', message: `the simulated Systems Manager does not know ${target}` });
        return;
      }
      const resource = `arn:${partitionOf(region)}:ssm:${region}:${principal.account}:parameter/${name.replace(/^\//, '')}`;
      const wanted: AccessRequest = {
        principal,
        action: 'ssm:GetParameter',
        resource,
        resourceAccount: principal.account,
        context: { 'aws:RequestedRegion': region },
      };
      const decision = authorize(wanted);
      const value = parameters.get(resource);
      if (!decision.allowed) answer(400, { __type: 'AccessDeniedException', message: denialMessage(wanted, decision) });
      else if (value === undefined) answer(400, { __type: 'ParameterNotFound', message: name });
      else answer(200, { Parameter: { Name: name, Type: 'String', Value: value, ARN: resource, Version: 1 } });
    },
  };
}
