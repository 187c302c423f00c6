import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

interface Operation {
  readonly id: string;
  /** How often it is described as running. */
  polls: number;
  readonly failed: readonly string[];
}

/** StackSets of CloudFormation, as far as AWS's documentation says what they do. They deploy nothing. */
export interface ServedStackSets {
  readonly url: string;
  /** Accounts of each unit. */
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** Accounts in which every stack fails. */
  readonly broken: Set<string>;
  /** Templates by the name of the StackSet. */
  readonly templates: Map<string, string>;
  /** Status of each stack, by its account. */
  readonly stacks: Map<string, 'CURRENT' | 'OUTDATED'>;
  /** Names of the operations that changed something. */
  readonly changes: string[];
  /** Begins an operation that is described as running so often. */
  begin(polls: number): void;
}

class Refused extends Error {}

/**
 * Serves one StackSet in the query protocol.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html,
 * API_UpdateStackSet.html ("Repeating this StackSet operation … retries all stack instances whose status is OUTDATED"),
 * API_DeploymentTargets.html
 */
export async function servedStackSets(units: ServedStackSets['units']): Promise<ServedStackSets> {
  const operations: Operation[] = [];
  const stacks: ServedStackSets['stacks'] = new Map();
  const [templates, broken, changes] = [new Map<string, string>(), new Set<string>(), [] as string[]];

  const deployed = (accounts: readonly string[]): string => {
    if (operations.some(({ polls }) => polls > 0)) throw new Refused('OperationInProgressException');
    const failed = accounts.filter((account) => broken.has(account));
    for (const account of accounts) stacks.set(account, broken.has(account) ? 'OUTDATED' : 'CURRENT');
    operations.push({ id: `operation-${operations.length}`, polls: 1, failed });
    return `<OperationId>${operations.at(-1)?.id ?? ''}</OperationId>`;
  };
  const operationIn = (form: URLSearchParams): Operation => {
    const found = operations.find(({ id }) => id === form.get('OperationId'));
    if (!found) throw new Refused('OperationNotFoundException');
    return found;
  };
  const statusOf = ({ polls, failed }: Operation) => {
    if (polls > 0) return 'RUNNING';
    return failed.length > 0 ? 'FAILED' : 'SUCCEEDED';
  };

  const answers: Readonly<Record<string, (form: URLSearchParams) => string>> = {
    ListStackSets: () => listOf([...templates.keys()].map((name) => `<StackSetName>${name}</StackSetName>`)),
    CreateStackSet: (form) => {
      const name = form.get('StackSetName') ?? '';
      if (templates.has(name)) throw new Refused('NameAlreadyExistsException');
      templates.set(name, form.get('TemplateBody') ?? '');
      changes.push('CreateStackSet');
      return '<StackSetId>set</StackSetId>';
    },
    UpdateStackSet: (form) => {
      if (valuesOf(form, 'DeploymentTargets').length > 0) throw new Refused('InvalidOperationException');
      const id = deployed([...stacks.keys()]);
      templates.set(form.get('StackSetName') ?? '', form.get('TemplateBody') ?? '');
      changes.push('UpdateStackSet');
      return id;
    },
    CreateStackInstances: (form) => {
      const given = valuesOf(form, 'DeploymentTargets.Accounts');
      if (form.get('DeploymentTargets.AccountFilterType') !== 'INTERSECTION') throw new Refused('ValidationError');
      const inUnits = valuesOf(form, 'DeploymentTargets.OrganizationalUnitIds').flatMap((unit) => units[unit] ?? []);
      const id = deployed(inUnits.filter((account) => given.includes(account)));
      changes.push(`CreateStackInstances ${given.join(' ')}`);
      return id;
    },
    ListStackInstances: () =>
      listOf([...stacks.keys()].map((account) => `<Account>${account}</Account><Region>us-east-1</Region>`)),
    ListStackSetOperations: () =>
      listOf(operations.map((each) => `<OperationId>${each.id}</OperationId><Status>${statusOf(each)}</Status>`)),
    DescribeStackSetOperation: (form) => {
      const operation = operationIn(form);
      const status = statusOf(operation);
      operation.polls -= 1;
      return `<StackSetOperation><Status>${status}</Status></StackSetOperation>`;
    },
    ListStackSetOperationResults: (form) =>
      listOf(
        operationIn(form).failed.map(
          (account) =>
            `<Account>${account}</Account><Region>us-east-1</Region><Status>FAILED</Status><StatusReason>role exists</StatusReason>`,
        ),
      ),
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const form = new URLSearchParams(body);
      const action = form.get('Action') ?? '';
      try {
        const answer = answers[action];
        if (!answer) throw new Refused('InvalidAction');
        response.end(
          `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${answer(form)}</${action}Result></${action}Response>`,
        );
      } catch (error) {
        const code = error instanceof Refused ? error.message : 'InternalFailure';
        response.writeHead(400).end(`<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ units, broken, templates, stacks, changes },
    begin: (polls) => operations.push({ id: `operation-${operations.length}`, polls, failed: [] }),
  };
}

const valuesOf = (form: URLSearchParams, name: string): readonly string[] =>
  [...form].flatMap(([key, value]) => (key.startsWith(`${name}.`) ? [value] : []));

const listOf = (members: readonly string[]): string =>
  `<Summaries>${members.map((member) => `<member>${member}</member>`).join('')}</Summaries>`;
