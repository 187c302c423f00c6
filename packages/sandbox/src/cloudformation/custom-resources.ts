import { createHash, randomUUID } from 'node:crypto';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isArray, isObject, type Json, type JsonObject, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { HttpService } from '../endpoint.ts';
import { notSupported } from '../lambda/execution-environment.ts';
import type { Functions } from '../lambda/functions.ts';
import { lackOf } from '../lambda/runtime-modules.ts';
import type { Answered, ResourceHandler, SandboxService } from '../service.ts';
import type { OnlyOnAws } from './only-on-aws.ts';
import type { OpaqueResources } from './opaque-resources.ts';
import { DeploymentRefused } from './refusal.ts';

/** Answer of a function to CloudFormation (AWS: "Custom resource response objects"). */
interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: unknown;
  readonly NoEcho?: unknown;
  readonly Data?: Readonly<Record<string, unknown>>;
}

/** A resource that a function is asked about, with the id that it has until the function answers another one. */
interface Asked {
  readonly resource: Resource;
  readonly stack: Stack;
  readonly physicalId: string;
}

interface Request {
  /** Where the answer arrives. */
  readonly address: string;
  readonly requestId: string;
}

const path = '/cloudformation-response/';

/** The type under which every custom resource is created, whatever its own name (AWS: "Custom resources"). */
export const customResource = 'AWS::CloudFormation::CustomResource';

export interface CustomResourcesPorts {
  readonly functions: Functions;
  readonly endpointUrl: string;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** CloudFormation's side of custom resources: runs the function behind one and waits for its answer. */
export class CustomResources implements SandboxService {
  readonly #ports: CustomResourcesPorts;
  /** Addresses at which an answer is expected. */
  readonly #expected = new Set<string>();
  readonly #answers = new Map<string, Answer>();
  #requests = 0;

  constructor(ports: CustomResourcesPorts) {
    this.#ports = ports;
  }

  /** Receives the answers of functions, at an address that is random for each request. */
  readonly endpoint: HttpService = {
    signingName: '',
    // An answer is at most 4,096 bytes (AWS: "Custom resource response objects").
    maximumBytes: 4_096,
    handles: ({ method, url = '' }) => method === 'PUT' && url.startsWith(path),
    answer: ({ incoming, body }, response) => {
      const address = (incoming.url ?? '').slice(path.length);
      const answer = this.#expected.has(address) ? answerIn(body) : undefined;
      if (answer) this.#answers.set(address, answer);
      response.writeHead(answer ? 200 : 403).end();
      return Promise.resolve();
    },
  };

  readonly resources: Readonly<Record<string, ResourceHandler>> = {
    [customResource]: {
      create: async (resource, stack, answer) => {
        const physicalId = generatedId(resource, stack);
        await this.#ask({ RequestType: 'Create' }, { resource, stack, physicalId }, answer);
      },
      update: async (resource, before, stack, answer) => {
        if (before.properties['ServiceToken'] !== resource.properties['ServiceToken']) {
          throw new DeploymentRefused('InvalidRequest', 'Modifying service token is not allowed.');
        }
        const request = {
          RequestType: 'Update',
          PhysicalResourceId: before.name,
          OldResourceProperties: asText(before.properties),
        };
        await this.#ask(request, { resource, stack, physicalId: before.name }, answer);
      },
      delete: async (resource, stack) => {
        const request = { RequestType: 'Delete', PhysicalResourceId: resource.name };
        await this.#ask(request, { resource, stack, physicalId: resource.name }, () => undefined);
      },
    },
  };

  /** Sends a request to the function of a resource and passes on what it answers; refuses what the function refuses. */
  async #ask(
    request: JsonObject,
    { resource, stack, physicalId }: Asked,
    tell: (answered: Answered) => void,
  ): Promise<void> {
    const { opaque } = this.#ports;
    const functionArn = this.#provider(resource);
    const reached = opaque.reached;
    const requestId = `request-${(this.#requests += 1)}`;
    const address = randomUUID();
    const event = {
      ...request,
      ResponseURL: `${this.#ports.endpointUrl}${path}${address}`,
      StackId: stackIdOf(stack),
      RequestId: requestId,
      ResourceType: resource.type,
      LogicalResourceId: resource.logicalId,
      ResourceProperties: asText(resource.properties),
    };
    let id = physicalId;
    try {
      const answer = await this.#answerOf(functionArn, { address, requestId }, JSON.stringify(event));
      const { PhysicalResourceId: answeredId = physicalId, Data = {}, NoEcho } = answer;
      if (isPhysicalId(answeredId)) id = answeredId;
      if (answer.Status === 'FAILED') throw this.#failure(answer, requestId, opaque.reached > reached);
      if (id !== answeredId) throw new DeploymentRefused('CustomResourceFailed', 'Invalid PhysicalResourceId');
      const attributes = Object.fromEntries(Object.entries(Data).map(([name, value]) => [name, String(value)]));
      tell({ physicalId: id, attributes, noEcho: String(NoEcho) === 'true' });
    } catch (error) {
      const isFailed = error instanceof DeploymentRefused && error.code !== 'NotSupported';
      // A resource whose creation failed is deleted by this id.
      if (isFailed) tell({ physicalId: id, attributes: {} });
      throw error;
    }
  }

  /** The function behind a resource, if it is there. */
  #provider({ properties }: Resource): string {
    const { functions, opaque, onlyOnAws } = this.#ports;
    const functionArn = providerArn(textOf(properties['ServiceToken']));
    if (opaque.at(functionArn)) throw new DeploymentRefused('NotSupported', 'its function is opaque');
    if (functions.has(functionArn)) return functionArn;
    const refused = new DeploymentRefused('InvalidServiceToken', `there is no function ${functionArn}`);
    throw onlyOnAws.refusal('function', functionArn, refused);
  }

  /** The refusal of a function; only the sandbox's, where the call or import that failed would have worked on AWS. */
  #failure({ Reason: reason = 'the function gave no reason' }: Answer, requestId: string, isReached: boolean): Error {
    const lack = lackOf(reason);
    if (isReached || lack !== undefined || this.#mayNeedMore(reason)) {
      return new DeploymentRefused('NotSupported', lack ?? reason);
    }
    const message = `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${requestId})`;
    return new DeploymentRefused('CustomResourceFailed', message);
  }

  /** True if a function may have looked for something outside the assembly, such as a parameter, and was not denied. */
  #mayNeedMore(reason: string): boolean {
    return this.#ports.onlyOnAws.isOpen && !/AccessDenied|not authorized/.test(reason);
  }

  /** CloudFormation invokes asynchronously, so Lambda tries a failed invocation twice more (invocation-async-error-handling). */
  async #answerOf(functionArn: string, { address, requestId }: Request, event: string): Promise<Answer> {
    let why = 'the function sent no answer';
    this.#expected.add(address);
    try {
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const result = await this.#ports.functions.invoke(functionArn, event, () => undefined);
        const answer = this.#answers.get(address);
        if (answer) return answer;
        if (result.ok) break;
        if (result.error.errorType === notSupported)
          throw new DeploymentRefused('NotSupported', result.error.errorMessage);
        why = result.error.errorMessage;
      }
      const code = this.#mayNeedMore(why) ? 'NotSupported' : 'CustomResourceTimeout';
      const message = `CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [${requestId}]. (${why})`;
      throw new DeploymentRefused(code, message);
    } finally {
      this.#expected.delete(address);
      this.#answers.delete(address);
    }
  }
}

/**
 * The function behind a custom resource, without version or alias.
 * @throws DeploymentRefused for a topic, to which the sandbox sends no requests
 */
function providerArn(token: string): string {
  if (token.split(':')[2] !== 'sns') return token.replace(/(:function:[^:]+):.*/, '$1');
  throw new DeploymentRefused(
    'NotSupported',
    `the sandbox sends requests to functions only, not to the topic ${token}`,
  );
}

/** The answer that a function sent; undefined if it is none. */
function answerIn(body: Buffer): Answer | undefined {
  try {
    const sent = JSON.parse(body.toString()) as Partial<Answer> | null;
    return sent?.Status === 'SUCCESS' || sent?.Status === 'FAILED' ? { ...sent, Status: sent.Status } : undefined;
  } catch {
    return undefined;
  }
}

/** An id is a text of up to 1 KB (AWS: "Custom resource response objects"). */
const isPhysicalId = (id: unknown): id is string =>
  typeof id === 'string' && id !== '' && Buffer.byteLength(id) <= 1_024;

/** The id of a resource whose function answers none: stack, logical id and a suffix, as CloudFormation generates names. */
function generatedId({ logicalId }: Resource, { account, region, name }: Stack): string {
  const digest = createHash('sha256').update([account, region, name, logicalId, 'physical id'].join('/')).digest('hex');
  return `${name}-${logicalId}-${digest.slice(0, 12).toUpperCase()}`;
}

/** Properties as CloudFormation sends them: numbers and booleans are texts. */
const asText = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, valueAsText(value)]));

function valueAsText(value: Json): Json {
  if (isArray(value)) return value.map(valueAsText);
  return isObject(value) ? asText(value) : textOf(value);
}

/** Id of a stack that a client deploys; one of an assembly has no id before its deployment. */
const stackIdOf = ({ id, name, account, region }: Stack): string =>
  id.startsWith('arn:') ? id : `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/simulated`;
