import { awsJsonService } from '../aws-json/aws-json-service.ts';
import type { HttpService } from '../endpoint.ts';
import { readOperations } from './read-operations.ts';
import type { SsmServicePorts } from './ssm-ports.ts';
import { writeOperations } from './write-operations.ts';

/** Systems Manager over HTTP, the JSON protocol: Parameter Store. */
export const ssmService = (ports: SsmServicePorts): HttpService =>
  awsJsonService({
    title: 'Systems Manager',
    signingName: 'ssm',
    target: 'AmazonSSM',
    version: '1.1',
    operations: new Map(Object.entries({ ...readOperations(ports), ...writeOperations(ports) })),
  });
