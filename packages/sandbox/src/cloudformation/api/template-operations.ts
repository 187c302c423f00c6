import type { StackInput } from '../stacks/stack-input.ts';
import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import { permit } from '../../aws-json/permit.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { parseTemplate } from '../templates/parse-template.ts';
import { answered, type CloudFormationApi, type CloudFormationOperation, stackAt } from './cloudformation-api.ts';
import { templateBodyOf } from './input.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html */
const getTemplate: CloudFormationOperation = (api, call) => {
  const stack = stackAt(api, call, 'GetTemplate');
  const { ChangeSetName: name } = call.body;
  const input = name === undefined ? stack.input : stack.changeSets.get(textOf(name))?.input;
  // A stack with nothing but a change set has no template yet.
  if (!input) return { TemplateBody: '', StagesAvailable: [] };
  const body = input.templateBody === '' ? JSON.stringify(input.template) : input.templateBody;
  return { TemplateBody: body, StagesAvailable: ['Original', 'Processed'] };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html */
const getTemplateSummary: CloudFormationOperation = async (api, call) => {
  const { StackName: name } = call.body;
  if (name === undefined) permit(api.authorize, call, 'cloudformation:GetTemplateSummary', '*');
  const stack = name === undefined ? undefined : stackAt(api, call, 'GetTemplateSummary');
  const template = stack?.input?.template ?? (await validated(api, call));
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
  return defined({ Parameters: declaredParameters(template), Description: template.Description, ResourceTypes: types });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html */
const validateTemplate: CloudFormationOperation = async (api, call) => {
  permit(api.authorize, call, 'cloudformation:ValidateTemplate', '*');
  const template = await validated(api, call);
  const parameters = declaredParameters(template).map((parameter) =>
    defined({ ...parameter, ParameterType: undefined }),
  );
  return defined({ Parameters: parameters, Description: template.Description });
};

async function validated(api: CloudFormationApi, call: AwsJsonCall): Promise<StackInput['template']> {
  const text = await templateBodyOf(api, call, undefined);
  return answered(() => parseTemplate(text));
}

const declaredParameters = ({ Parameters = {} }: StackInput['template']): readonly JsonObject[] =>
  Object.entries(Parameters).map(([name, { Type, Default, Description, NoEcho }]) =>
    defined({
      ParameterKey: name,
      DefaultValue: Default === undefined ? undefined : textOf(Default),
      ParameterType: Type,
      NoEcho: NoEcho === true || NoEcho === 'true',
      Description,
    }),
  );

export const templateOperations: readonly (readonly [string, CloudFormationOperation])[] = [
  ['GetTemplate', getTemplate],
  ['GetTemplateSummary', getTemplateSummary],
  ['ValidateTemplate', validateTemplate],
];
