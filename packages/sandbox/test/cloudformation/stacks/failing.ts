import {
  type CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { Template, TemplateResource } from '@crosswind/assembly/template';
import { type Json, type JsonObject, textOf } from '@crosswind/aws/json';
import { isDeepStrictEqual } from 'node:util';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, arnOf, stacksOf, type Resources } from '../../../src/testing/literals.ts';
import { account, addRole, cloudFormation, notValidated, region, templateOf } from './client.ts';
import type { Step, Version } from './failures.ts';
import type { Subject } from './subjects.ts';

const place = { account, region };

/** Everything that a step leaves behind, in the form of the table. */
export type Outcome = Required<Omit<Step, 'asks' | 'denied' | 'clashes'>>;

/** A client and its sandbox, with what a subject needs. */
export async function grounded({ ground, exported = [] }: Subject, more: Resources = {}) {
  const opened = await cloudFormation();
  const [stack] = stacksOf({ account, resources: { ...ground, ...more } });
  if (!stack) throw new Error('there is no ground');
  const exports = exported.map((id) => [id, { Value: arnOf(id), Export: { Name: id } }] as const);
  const template = { ...stack.template, Outputs: Object.fromEntries(exports) } as Template;
  await opened.sandbox.deploy({ ...stack, template });
  return opened;
}

/** A stack with a subject between two others, and the role that deploys it. */
export class FailingStack {
  readonly #type: string;
  readonly #subject: Subject;
  readonly #client: CloudFormationClient;
  readonly #sandbox: Sandbox;
  readonly #roleArn: string;
  /** Verbs that are denied from a status of the stack on. */
  #denied: NonNullable<Step['denied']> = {};
  #stackId: string | undefined;
  #known = 0;
  #deployed: Resource | undefined;
  /** Version that the function of a custom resource was asked for last. */
  #asked: Version = 'gone';

  private constructor(type: string, subject: Subject, opened: Awaited<ReturnType<typeof cloudFormation>>) {
    this.#type = type;
    this.#subject = subject;
    this.#client = opened.client;
    this.#sandbox = opened.sandbox;
    this.#roleArn = addRole(opened.sandbox, 'deployer', [allow('*')]);
    this.#watch();
    this.#listen();
  }

  static async open(type: string, subject: Subject): Promise<FailingStack> {
    return new FailingStack(type, subject, await grounded(subject, { Taken: neighbor(type, 'taken', 'one') }));
  }

  /** Makes one request and waits until it is done. */
  async take({ asks, denied = {}, clashes = false }: Step): Promise<Outcome> {
    this.#denied = denied;
    this.#deny('start');
    await this.#ask(asks, clashes);
    await this.#sandbox.cloudFormation.settled();
    return this.#outcome();
  }

  async #ask(asks: Step['asks'], clashes: boolean): Promise<void> {
    const client = this.#client;
    const StackName = this.#stackId;
    const input = { TemplateBody: this.#template(asks, clashes), RoleARN: this.#roleArn, ...notValidated };
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    if (asks.startsWith('create')) {
      const { StackId } = await client.send(new CreateStackCommand({ ...input, Capabilities, StackName: 'letters' }));
      this.#stackId = StackId;
      this.#known = 0;
    } else if (asks === 'update' || asks === 'remove') {
      await client.send(new UpdateStackCommand({ ...input, Capabilities, StackName }));
    } else if (asks.startsWith('delete')) {
      const RetainResources = asks === 'delete' ? undefined : ['Subject'];
      await client.send(new DeleteStackCommand({ StackName, RetainResources }));
    } else {
      const ResourcesToSkip = asks === 'continue' ? undefined : ['Subject'];
      await client.send(new ContinueUpdateRollbackCommand({ StackName, ResourcesToSkip }));
    }
  }

  #template(asks: Step['asks'], clashes: boolean): string {
    const version = asks.startsWith('create') ? 'one' : 'two';
    const subject: TemplateResource = { Type: this.#type, Properties: this.#subject[version], DependsOn: 'Before' };
    const hasSubject = asks === 'create' || asks === 'update';
    const after = neighbor(this.#type, clashes ? 'taken' : 'after', version);
    const resources: Resources = {
      After: { ...after, DependsOn: hasSubject ? 'Subject' : 'Before' },
      ...(hasSubject && { Subject: subject }),
      Before: neighbor(this.#type, 'before', version),
    };
    return templateOf(resources);
  }

  /** Changes the policy of the role when the stack has another status, and keeps the resource as it was deployed. */
  #watch(): void {
    const { stacks } = this.#sandbox.cloudFormation;
    const add = stacks.add.bind(stacks);
    stacks.add = (...args) => {
      const stack = add(...args);
      const push = stack.events.push.bind(stack.events);
      stack.events.push = (...events) => {
        this.#deployed = stack.resources.get('Subject')?.deployed ?? this.#deployed;
        for (const { type, status } of events) if (type === 'AWS::CloudFormation::Stack') this.#deny(status);
        return push(...events);
      };
      return stack;
    };
  }

  /** Notes what the function of a custom resource is asked. */
  #listen(): void {
    const { functions } = this.#sandbox;
    const invoke = functions.invoke.bind(functions);
    functions.invoke = (arn, event, ...rest) => {
      const { RequestType, ResourceProperties } = JSON.parse(event) as {
        readonly RequestType: string;
        readonly ResourceProperties: { readonly Version: 'one' | 'two' };
      };
      this.#asked = RequestType === 'Delete' ? 'gone' : ResourceProperties.Version;
      return invoke(arn, event, ...rest);
    };
  }

  #deny(status: string): void {
    const verbs = this.#denied[status] ?? (status === 'start' ? [] : undefined);
    if (!verbs) return;
    const policies = this.#sandbox.identities.role(this.#roleArn)?.policies ?? [];
    const Statement = verbs.map(
      (verb) => ({ Effect: 'Deny', Action: this.#subject.needs[verb], Resource: '*' }) as const,
    );
    policies.splice(1, policies.length - 1);
    if (Statement.length > 0) policies.push({ name: 'denied', document: { Version: '2012-10-17', Statement } });
  }

  #outcome(): Outcome {
    const stack = this.#sandbox.cloudFormation.stacks.find(place, this.#stackId ?? '');
    if (!stack) throw new Error('there is no stack');
    const events = stack.events.map(
      ({ logicalId, status }) => `${logicalId === 'letters' ? 'stack' : logicalId} ${status}`,
    );
    const known = this.#known;
    this.#known = events.length;
    return {
      status: stack.status,
      resources: Object.fromEntries([...stack.resources].map(([id, { status }]) => [id, status])),
      before: this.#beforeNow(),
      subject: this.subjectNow() ?? 'gone',
      events: events.slice(known),
    };
  }

  #beforeNow(): Version {
    const { parameters, logGroups } = this.#sandbox;
    const value = usesLogs(this.#type)
      ? { 7: 'one', 14: 'two' }[textOf(logGroups.settings(logArn('before'))?.['RetentionInDays'])]
      : parameters.get(`arn:aws:ssm:${region}:${account}:parameter/before`);
    return value === 'one' || value === 'two' ? value : 'gone';
  }

  /** The version that the service has; undefined for a type that no service of the sandbox has. */
  subjectNow(): Version | undefined {
    if (this.#type.startsWith('Custom::')) return this.#asked;
    const { read } = this.#sandbox.handlers.get(this.#type) ?? {};
    if (!read) return undefined;
    const resource = this.#deployed;
    if (!resource) return 'gone';
    const live = read(resource, { ...place, name: 'letters', resources: [] } as unknown as Stack)?.[
      this.#subject.differs
    ];
    const found = (['one', 'two'] as const).find((version) =>
      isDeepStrictEqual(live, this.#resolved(this.#subject[version][this.#subject.differs])),
    );
    return found ?? 'gone';
  }

  #resolved(value: Json | undefined): Json | undefined {
    const name = (value as JsonObject | undefined)?.['Fn::ImportValue'];
    if (name === undefined) return value;
    return this.#sandbox.cloudFormation.stacks.exports(place).find((each) => each.name === name)?.value;
  }
}

/** A resource of another type than the subject, so that nothing is denied to it. */
function neighbor(type: string, name: string, version: 'one' | 'two'): TemplateResource {
  return usesLogs(type)
    ? { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name, RetentionInDays: version === 'one' ? 7 : 14 } }
    : { Type: 'AWS::SSM::Parameter', Properties: { Name: `/${name}`, Type: 'String', Value: version } };
}

const usesLogs = (type: string): boolean => type === 'AWS::SSM::Parameter';

const logArn = (name: string): string => `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
