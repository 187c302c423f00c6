import { platformText } from '../../synthesized.ts';
import {
  type Changeable,
  type Changes,
  assemblyOf,
  changedAssembly,
  removeResource,
  resourceOf,
} from './assemblies.ts';

/** Accounts that the platform of the base has and that nothing uses. */
const spare = ['word-old', 'word-spare'];

const accountText = (name: string, id: string): string =>
  `  - { name: ${name}, id: '${id}', email: aws+${name}@example.com, organizationalUnit: Workloads }\n`;

/** The text with a piece of it replaced, which must be there. */
function replaced(text: string, piece: string, replacement: string): string {
  if (!text.includes(piece)) throw new Error(`the platform has no ${JSON.stringify(piece)}`);
  return text.replace(piece, replacement);
}

const [old = '', other = ''] = spare.map((name, index) => accountText(name, `70000000000${index}`));

const baseText = replaced(platformText, '\ntenants:\n', `\n${old}${other}\ntenants:\n`);

const addedAccount = (text: string): string =>
  replaced(text, '\ntenants:\n', `\n${accountText('word-new', '800000000000')}\ntenants:\n`);
const removedAccount = (text: string): string => replaced(text, old, '');
const movedTenant = (text: string): string => replaced(text, 'child: word-child-prod', 'child: word-spare');

const child = 'Crosswind/dev-word-count/Child';

function withTable(template: Changeable): void {
  template.Resources['ChildTable12345678'] = {
    Type: 'AWS::DynamoDB::Table',
    Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
    Metadata: { 'aws:cdk:path': `${child}/Child/Table/Resource` },
  };
}

/** The definition of a state machine with a piece of it replaced. */
function redefine(template: Changeable, machine: string, piece: RegExp, replacement: string): void {
  const { Properties } = resourceOf(template, machine);
  const text = JSON.stringify(Properties['DefinitionString']);
  if (!piece.test(text)) throw new Error(`${machine} has no ${String(piece)}: ${text}`);
  Properties['DefinitionString'] = JSON.parse(text.replace(piece, replacement)) as unknown;
}

/** Changes of templates, each on its own. */
export const templateChanges: Readonly<Record<string, Changes>> = {
  'role renamed': {
    [child]: (template) => {
      const { Properties } = resourceOf(template, 'Runner9164646D');
      Properties['RoleName'] = `${String(Properties['RoleName'])}-two`;
    },
  },
  'bucket policy widened': {
    [child]: (template) => {
      const { PolicyDocument } = resourceOf(template, 'ChildResultsPolicy').Properties;
      const { Statement } = PolicyDocument as { Statement: unknown[] };
      Statement.push({
        Effect: 'Allow',
        Action: 's3:GetObject',
        Principal: { AWS: 'arn:aws:iam::900000000000:root' },
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['ChildResults64773063', 'Arn'] }, '/*']] },
      });
    },
  },
  'bucket replaced': {
    [child]: (template) => {
      resourceOf(template, 'ChildSourceE').Properties['BucketName'] = 'crosswind-word-count-source';
    },
  },
  'table removed': {},
  'MaxConcurrency changed': {
    [child]: (template) => {
      redefine(template, 'ChildWorkflowEEED', /\\"MaxConcurrency\\":\d+/, '\\"MaxConcurrency\\":7');
    },
  },
  'timeout removed': {
    [child]: (template) => {
      redefine(template, 'YearsWorkflow7', /,?\\"TimeoutSeconds\\":\d+/, '');
    },
  },
  'alarm deleted': {
    'Crosswind/observability/Tenant-word-count': (template) => {
      removeResource(template, 'wordcountdevchildaborted');
    },
  },
};

/** Changes of `platform.yaml`, each on its own. */
export const platformChanges: Readonly<Record<string, (text: string) => string>> = {
  'account added': addedAccount,
  'account removed': removedAccount,
  'tenant moved': movedTenant,
};

/** The base of all changes: the example with two accounts more, and with a table. */
export const base = (): string => changedAssembly(assemblyOf(baseText), { [child]: withTable });

/** The head with one of the changes, or with all of them. */
export function headWith(names: readonly string[]): string {
  const text = names.reduce((rest, name) => platformChanges[name]?.(rest) ?? rest, baseText);
  const planted = names.includes('table removed')
    ? assemblyOf(text)
    : changedAssembly(assemblyOf(text), { [child]: withTable });
  return names.reduce((directory, name) => changedAssembly(directory, templateChanges[name] ?? {}), planted);
}

export const allChanges: readonly string[] = [
  'role renamed',
  'bucket policy widened',
  'bucket replaced',
  'table removed',
  'MaxConcurrency changed',
  'timeout removed',
  'account added',
  'account removed',
  'alarm deleted',
  'tenant moved',
];
