import { randomUUID } from 'node:crypto';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { HttpService } from '../endpoint.ts';
import { notSupported } from '../lambda/execution-environment.ts';
import type { Functions } from '../lambda/functions.ts';
import { lackOf } from '../lambda/runtime-modules.ts';
import type { Attributes, Creator, SandboxService } from '../service.ts';
import type { OnlyOnAws } from './only-on-aws.ts';
import type { OpaqueResources } from './opaque-resources.ts';
import { DeploymentRefused } from './refusal.ts';

/** Answer of a function to CloudFormation (AWS: "Custom resource response objects"). */
interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly Data?: Readonly<Record<string, unknown>>;
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

  readonly resources: Readonly<Record<string, Creator>> = {
    [customResource]: async (resource, stack, answer) => {
      answer(await this.#create(resource, stack));
    },
  };

  /** Creates the resource and returns its attributes; refuses what its function refuses. */
  async #create(resource: Resource, stack: Stack): Promise<Attributes> {
    const { functions, opaque, onlyOnAws } = this.#ports;
    const functionArn = providerArn(textOf(resource.properties['ServiceToken']));
    if (opaque.at(functionArn)) throw new DeploymentRefused('NotSupported', 'its function is opaque');
    if (!functions.has(functionArn)) {
      const refused = new DeploymentRefused('InvalidServiceToken', `there is no function ${functionArn}`);
      throw onlyOnAws.refusal('function', functionArn, refused);
    }
    const reached = opaque.reached;
    const requestId = `request-${(this.#requests += 1)}`;
    const address = randomUUID();
    const event = {
      RequestType: 'Create',
      ResponseURL: `${this.#ports.endpointUrl}${path}${address}`,
      StackId: `arn:${partitionOf(stack.region)}:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/simulated`,
      RequestId: requestId,
      ResourceType: resource.type,
      LogicalResourceId: resource.logicalId,
      ResourceProperties: resource.properties,
    };
    const answer = await this.#ask(functionArn, address, JSON.stringify(event));
    if (answer.Status === 'FAILED') {
      const reason = answer.Reason ?? 'the function gave no reason';
      // On AWS the call or the import that failed here would have been answered.
      const isOurs = opaque.reached > reached || lackOf(reason) !== undefined || this.#mayNeedMore(reason);
      throw new DeploymentRefused(isOurs ? 'NotSupported' : 'CustomResourceFailed', lackOf(reason) ?? reason);
    }
    return Object.fromEntries(Object.entries(answer.Data ?? {}).map(([name, value]) => [name, String(value)]));
  }

  /** True if a function may have looked for something outside the assembly, such as a parameter, and was not denied. */
  #mayNeedMore(reason: string): boolean {
    return this.#ports.onlyOnAws.isOpen && !/AccessDenied|not authorized/.test(reason);
  }

  /** CloudFormation invokes asynchronously, so Lambda tries a failed invocation twice more (invocation-async-error-handling). */
  async #ask(functionArn: string, address: string, event: string): Promise<Answer> {
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
      throw new DeploymentRefused(code, `CloudFormation waits for an hour and gives up: ${why}`);
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
