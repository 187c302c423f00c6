import type { StackInput } from '../stacks/stack-input.ts';
import { accountOf } from '@crosswind/aws/arn';
import { textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { denialMessage } from '@crosswind/iam/denial-message';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import type { Actor } from '../operations/permissions.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import { parameterValues } from '../templates/parameters.ts';
import { parseTemplate } from '../templates/parse-template.ts';
import { checkRules } from '../templates/rules.ts';
import {
  answered,
  type CloudFormationApi,
  objectsOf,
  placeOf,
  textsOf,
  validationError,
} from './cloudformation-api.ts';
import { storedFor } from './stored-parameters.ts';
import { templateAt } from './template-location.ts';

/** Types whose creation must be acknowledged (User Guide: "Acknowledging IAM resources in CloudFormation templates"). */
const iamTypes = /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|User|UserToGroupAddition)$/;

/** The names of IAM resources, which need a capability of their own. */
const iamNames = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName'];

/**
 * The input of a stack's operation, as a request gives it.
 * @param readers those who read the parameters of Parameter Store that it names
 */
export async function inputOf(
  api: CloudFormationApi,
  call: AwsJsonCall,
  stack: DeployedStack | undefined,
  readers: readonly Actor[],
): Promise<StackInput> {
  const { body } = call;
  const templateBody = await templateBodyOf(api, call, stack);
  const template = answered(() => parseTemplate(templateBody));
  const given = objectsOf(body['Parameters']).map(({ ParameterKey, ParameterValue, UsePreviousValue }) => ({
    name: textOf(ParameterKey),
    value: ParameterValue === undefined ? undefined : textOf(ParameterValue),
    keeps: UsePreviousValue === true,
  }));
  const { account, region } = placeOf(call);
  const stored = storedFor(api, call, readers);
  const { values, resolved } = answered(() =>
    parameterValues(template, given, stack?.input?.parameters ?? new Map(), stored),
  );
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Partition': partitionOf(region),
    'AWS::Region': region,
  };
  answered(() => {
    checkRules(template, (name) => resolved.get(name) ?? values.get(name) ?? pseudo[name]);
  });
  const tags = body['Tags'] === undefined ? (stack?.input?.tags ?? {}) : tagsIn(body['Tags']);
  const capabilities = textsOf(body['Capabilities']);
  checkCapabilities(template.Resources, capabilities);
  return { templateBody, template, parameters: values, resolvedParameters: resolved, tags, capabilities };
}

/** The text of the template that a request gives, or that the stack keeps. */
export async function templateBodyOf(
  api: CloudFormationApi,
  call: AwsJsonCall,
  stack: DeployedStack | undefined,
): Promise<string> {
  const { TemplateBody: text, TemplateURL: url, UsePreviousTemplate: keeps } = call.body;
  if (text !== undefined && url !== undefined)
    throw validationError('only one of TemplateBody and TemplateURL may be given');
  if (typeof text === 'string') {
    const { longestBody = 51_200 } = api;
    if (Buffer.byteLength(text) <= longestBody) return text;
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${longestBody}`,
    );
  }
  if (typeof url === 'string') return templateAt(api, call, url);
  if (keeps === true && stack?.input) return stack.input.templateBody;
  throw validationError('Either Template URL or Template Body must be specified.');
}

const tagsIn = (tags: AwsJsonCall['body'][string]): Readonly<Record<string, string>> =>
  Object.fromEntries(objectsOf(tags).map(({ Key, Value }) => [textOf(Key), textOf(Value)]));

function checkCapabilities(resources: StackInput['template']['Resources'], capabilities: readonly string[]): void {
  const ofIam = Object.values(resources).filter(({ Type }) => iamTypes.test(Type));
  if (ofIam.length === 0 || capabilities.includes('CAPABILITY_NAMED_IAM')) return;
  const isNamed = ofIam.some(({ Properties = {} }) => iamNames.some((name) => name in Properties));
  if (!isNamed && capabilities.includes('CAPABILITY_IAM')) return;
  const wanted = isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  throw new AwsJsonError('InsufficientCapabilitiesException', `Requires capabilities : [${wanted}]`);
}

/** The service that assumes the role of a stack. */
const service = 'cloudformation.amazonaws.com';

/**
 * Who acts for a stack: the role that the request hands over, else the one that the stack has, else the caller.
 * @param roleArn the role that the request hands over
 */
export function actorOf(
  { authorize, sessions }: CloudFormationApi,
  { principal, region }: AwsJsonCall,
  stack: Pick<DeployedStack, 'roleArn'>,
  roleArn: string | undefined,
): Actor {
  if (roleArn !== undefined) {
    const context = { 'aws:RequestedRegion': region, 'iam:PassedToService': service };
    const request = {
      principal,
      action: 'iam:PassRole',
      resource: roleArn,
      resourceAccount: accountOf(roleArn),
      context,
    };
    const decision = authorize(request);
    if (!decision.allowed)
      throw new AwsJsonError('AccessDeniedException', denialMessage(request, decision), 400, decision);
  }
  const acting = roleArn ?? stack.roleArn;
  if (acting === undefined) return { principal, isCaller: true };
  const assumed = sessions.assumeRole({ kind: 'service', service }, acting, 'AWSCloudFormation');
  if (assumed.ok) return { principal: assumed.session, isCaller: false };
  throw validationError(`Role ${acting} is invalid or cannot be assumed`, assumed.denied);
}
