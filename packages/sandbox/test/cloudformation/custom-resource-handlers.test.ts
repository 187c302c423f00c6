import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { customResource } from '../../src/cloudformation/custom-resources.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import type { Answered } from '../../src/service.ts';
import { lambda, lambdaFunction, type LiteralStack, role, sandboxWith, stacksOf } from '../../src/testing/literals.ts';
import { refusal } from '../handling.ts';
import { account } from './refusals.ts';

const tried = `arn:aws:lambda:us-east-1:${account}:function:tried`;
const stack = (properties: JsonObject): LiteralStack => ({
  account,
  resources: { Asked: { Type: 'Custom::Asked', Properties: { ServiceToken: tried, ...properties } } },
});

/** Code of a function that answers `answer`, a JavaScript expression over `event`; nothing if that is undefined. */
const answering = (answer: string): string =>
  `export const handler = async (event) => {
    const answer = ${answer};
    if (answer) await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  };`;
/** An answer with the event itself in it. */
const echo = (answer = ''): string =>
  `({ Status: 'SUCCESS', PhysicalResourceId: 'mine', Data: { Event: JSON.stringify(event) }, ${answer} })`;

/** The operations of CloudFormation on a custom resource, by the id that it has; each with all that was answered. */
async function asked(answer: string) {
  const resources = { FunctionRole: role('function', lambda), Tried: lambdaFunction('tried', answering(answer)) };
  const sandbox = await sandboxWith([{ account, resources }]);
  const handler = handlerIn(sandbox);
  const of = (properties: JsonObject, name = 'Asked') => {
    const [deployed] = stacksOf(stack(properties));
    const resource = deployed?.resources[0];
    if (!deployed || !resource) throw new Error('there is no resource');
    return { resource: { ...resource, name }, deployed };
  };
  const answers: Answered[] = [];
  const tell = (answered: Answered) => void answers.push(answered);
  return {
    answers,
    create: (properties: JsonObject) => {
      const { resource, deployed } = of(properties);
      return handler.create(resource, deployed, tell);
    },
    update: (id: string, before: JsonObject, after: JsonObject) => {
      const { resource, deployed } = of(after, id);
      return handler.update(resource, of(before, id).resource, deployed, tell);
    },
    remove: (id: string, properties: JsonObject) => {
      const { resource, deployed } = of(properties, id);
      return handler.delete(resource, deployed);
    },
  };
}

function handlerIn({ handlers }: Sandbox) {
  const handler = handlers.get(customResource);
  if (!handler) throw new Error('there is no handler');
  return handler;
}

const eventIn = (answers: readonly Answered[]): unknown => JSON.parse(answers.at(-1)?.attributes['Event'] ?? '');

describe('the request to a custom resource', () => {
  test('on an update has its id and its properties as they were', async () => {
    const { answers, update } = await asked(echo());
    await update('mine', { Flavor: 'sour' }, { Flavor: 'sweet' });
    expect(eventIn(answers)).toMatchObject({
      RequestType: 'Update',
      LogicalResourceId: 'Asked',
      ResourceType: 'Custom::Asked',
      PhysicalResourceId: 'mine',
      ResourceProperties: { ServiceToken: tried, Flavor: 'sweet' },
      OldResourceProperties: { ServiceToken: tried, Flavor: 'sour' },
    });
  });

  test('on a deletion has its id and no properties as they were', async () => {
    const expected = `event.RequestType === 'Delete' && event.PhysicalResourceId === 'mine' && event.ResourceProperties.Flavor === 'sour' && !('OldResourceProperties' in event)`;
    const { remove } = await asked(`({ Status: ${expected} ? 'SUCCESS' : 'FAILED', Reason: JSON.stringify(event) })`);
    expect(await refusal(() => remove('mine', { Flavor: 'sour' }))).toBeUndefined();
    expect(await refusal(() => remove('mine', { Flavor: 'sweet' }))).toContain('CustomResourceFailed');
  });

  test('has numbers and booleans as text, however deep', async () => {
    const { answers, create } = await asked(echo());
    await create({ Count: 1, Deep: { List: [true, { Ratio: 0.5 }] } });
    expect(eventIn(answers)).toMatchObject({
      RequestType: 'Create',
      ResourceProperties: { Count: '1', Deep: { List: ['true', { Ratio: '0.5' }] } },
    });
    expect(eventIn(answers)).not.toHaveProperty('PhysicalResourceId');
  });

  test('cannot go to another function by an update', async () => {
    const { update } = await asked(echo());
    expect(await refusal(() => update('mine', { ServiceToken: `${tried}-2` }, {}))).toBe(
      'InvalidRequest: Modifying service token is not allowed.',
    );
    expect(await refusal(() => update('mine', {}, {}))).toBeUndefined();
  });
});

describe('the answer of a custom resource', () => {
  test.each<[string, string, string]>([
    ['gives it an id', echo(), 'mine'],
    ['gives it no id, so that CloudFormation generates one', `({ Status: 'SUCCESS' })`, 'Stack0-Asked-'],
  ])('%s', async (_, answer, id) => {
    const { answers, create } = await asked(answer);
    await create({});
    expect(answers).toHaveLength(1);
    expect(answers[0]?.physicalId).toContain(id);
  });

  test.each<[string, string, string]>([
    ['keeps its id', echo(), 'mine'],
    ['keeps its id without naming it', `({ Status: 'SUCCESS' })`, 'mine'],
    ['gives it another id, so that the old one is to be deleted', echo(`PhysicalResourceId: 'other'`), 'other'],
  ])('to an update %s', async (_, answer, id) => {
    const { answers, update } = await asked(answer);
    await update('mine', {}, {});
    expect(answers.map(({ physicalId }) => physicalId)).toEqual([id]);
  });

  test.each([
    ['true', true],
    ['"true"', true],
    ['false', false],
  ])('says with NoEcho %s whether its attributes are secret', async (NoEcho, expected) => {
    const { answers, create } = await asked(echo(`NoEcho: ${NoEcho}`));
    await create({});
    expect(answers).toMatchObject([{ noEcho: expected }]);
  });

  test.each([
    ['empty', `''`],
    ['a number', '1'],
    ['longer than 1 KB', `'x'.repeat(1_025)`],
  ])('is refused if the id is %s', async (_, id) => {
    const { create } = await asked(echo(`PhysicalResourceId: ${id}`));
    expect(await refusal(() => create({}))).toBe('CustomResourceFailed: Invalid PhysicalResourceId');
  });
});

describe('a custom resource fails', () => {
  const received = 'CustomResourceFailed: Received response status [FAILED] from custom resource. Message returned:';
  const silent =
    'CustomResourceTimeout: CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [request-1]. (the function sent no answer)';

  test.each<[string, string, string, string]>([
    [
      'with the id that it answers',
      `({ Status: 'FAILED', Reason: 'no', PhysicalResourceId: 'half' })`,
      `${received} no (RequestId: request-1)`,
      'half',
    ],
    [
      'with an id that is generated',
      `({ Status: 'FAILED', Reason: 'no' })`,
      `${received} no (RequestId: request-1)`,
      'Stack0-Asked-',
    ],
    ['without an answer', 'undefined', silent, 'Stack0-Asked-'],
  ])('on its creation, and is deleted %s', async (_, answer, expected, id) => {
    const { answers, create } = await asked(answer);
    expect(await refusal(() => create({}))).toBe(expected);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.physicalId).toContain(id);
  });

  test.each<[string, string, string, string]>([
    ['and keeps its id', `({ Status: 'FAILED', Reason: 'no' })`, `${received} no (RequestId: request-1)`, 'mine'],
    [
      'with a new id, which is to be deleted',
      `({ Status: 'FAILED', Reason: 'no', PhysicalResourceId: 'other' })`,
      `${received} no (RequestId: request-1)`,
      'other',
    ],
    ['without an answer', 'undefined', silent, 'mine'],
  ])('on an update %s', async (_, answer, expected, id) => {
    const { answers, update } = await asked(answer);
    expect(await refusal(() => update('mine', {}, { Flavor: 'sweet' }))).toBe(expected);
    expect(answers).toEqual([{ physicalId: id, attributes: {} }]);
  });

  test.each<[string, string, string]>([
    ['for a reason', `({ Status: 'FAILED', Reason: 'not empty' })`, `${received} not empty (RequestId: request-1)`],
    ['without an answer', 'undefined', silent],
  ])('on its deletion %s', async (_, answer, expected) => {
    const { remove } = await asked(answer);
    expect(await refusal(() => remove('mine', {}))).toBe(expected);
  });
});
