import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { Caller } from '../aws-json/aws-json-service.ts';
import type { CloudFormationApi } from './api/cloudformation-api.ts';
import { cloudFormationOperations } from './api/cloudformation-service.ts';
import { DeploymentRefused } from './refusal.ts';

/** CloudFormation without HTTP, for what deploys within the sandbox; permissions are checked as over HTTP. */
export class StackCalls {
  readonly api: CloudFormationApi;

  constructor(api: CloudFormationApi) {
    this.api = api;
  }

  /**
   * One call.
   * @throws AwsJsonError if it is refused
   */
  async send(caller: Caller, operation: string, body: JsonObject): Promise<JsonObject> {
    const answer = cloudFormationOperations.get(operation);
    if (!answer) throw new Error(`CloudFormation has no operation ${operation}`);
    return answer(this.api, { ...caller, body });
  }

  /** A stack as `DescribeStacks` gives it; undefined if there is none of that name. */
  async describe(caller: Caller, stackName: string): Promise<JsonObject | undefined> {
    try {
      const { Stacks } = await this.send(caller, 'DescribeStacks', { StackName: stackName });
      return listOf(Stacks).map(objectOf)[0];
    } catch (error) {
      if (error instanceof AwsJsonError && error.message.endsWith('does not exist')) return undefined;
      throw error;
    }
  }

  /**
   * Waits for the end of an operation on a stack.
   * @throws DeploymentRefused if it failed, with the first resource that did
   */
  async ended(caller: Caller, stackName: string): Promise<void> {
    await this.api.cloudFormation.settled();
    const { StackStatus: status, StackId: id } = (await this.describe(caller, stackName)) ?? {};
    if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') return;
    const events = await this.#events(caller, textOf(id ?? stackName));
    throw new DeploymentRefused(
      textOf(status ?? 'DELETE_COMPLETE'),
      `${stackName} is in ${textOf(status ?? '')}${causeIn(events)}`,
    );
  }

  /** All events of a stack, the newest first, page after page. */
  async #events(caller: Caller, StackName: string): Promise<readonly JsonObject[]> {
    const events: JsonObject[] = [];
    let NextToken: Json | undefined;
    do {
      const page = await this.send(caller, 'DescribeStackEvents', { StackName, ...(NextToken && { NextToken }) });
      events.push(...listOf(page['StackEvents']).map(objectOf));
      NextToken = page['NextToken'];
    } while (NextToken !== undefined && NextToken !== null);
    return events;
  }
}

/**
 * The first failure of the latest operation in a stack's history, which has the newest event first. Early validation
 * refuses a stack before any of its resources.
 */
function causeIn(events: readonly JsonObject[]): string {
  const begin = events.findIndex(({ ResourceStatusReason: reason }) => reason === 'User Initiated');
  const latest = events.slice(0, begin + 1).reverse();
  const failed = latest.find(({ ResourceStatus: status }) => /^(CREATE|UPDATE|DELETE)_FAILED$/.test(textOf(status)));
  if (failed) {
    const { LogicalResourceId: id, ResourceType: type, ResourceStatusReason: reason } = failed;
    return `: ${textOf(id)} (${textOf(type)}): ${textOf(reason ?? '')}`;
  }
  const refused = latest.slice(1).find(({ ResourceStatusReason: reason }) => reason !== undefined);
  return refused ? `: ${textOf(refused['ResourceStatusReason'])}` : '';
}
