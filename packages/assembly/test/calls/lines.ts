import type { JsonObject } from '@crosswind/aws/json';
import { plannedCalls } from '../../src/calls/planned-calls.ts';
import { resolvePartly } from '../../src/resolve.ts';
import { assembled } from '../../src/testing/assembled.ts';
import type { TemplateResource } from '../../src/template.ts';

export const role = 'arn:aws:iam::111111111111:role/own';
export const machine = 'arn:aws:states:eu-west-1:111111111111:stateMachine:it';
export const execution = 'arn:aws:states:eu-west-1:111111111111:execution:it';

export const callsIn = (Resources: Readonly<Record<string, TemplateResource>>) =>
  plannedCalls(resolvePartly([assembled({ Resources })]).stacks);

/** The calls as lines; those of a role of its own without its name, and without the trust of services. */
export const linesOf = (Resources: Readonly<Record<string, TemplateResource>>): readonly string[] =>
  callsIn(Resources)
    .filter(({ by }) => by.part !== 'role')
    .map(({ caller, action, resource, doubt }) => {
      const by = caller.kind === 'service' ? `${caller.service}: ` : caller.arn === role ? '' : `${caller.arn}: `;
      return `${by}${action} ${resource}${doubt === undefined ? '' : ` (${doubt})`}`;
    });

export const workflow = (States: JsonObject, rest: JsonObject = {}): Readonly<Record<string, TemplateResource>> => ({
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { StateMachineName: 'it', RoleArn: role, Definition: { StartAt: 'A', States }, ...rest },
  },
});
export const fn = 'arn:aws:lambda:eu-west-1:111111111111:function:f';
