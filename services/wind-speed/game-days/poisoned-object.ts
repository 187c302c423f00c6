import type { GameDay } from '../../../blocks/game-day.ts';
import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { generateObject } from '../sample/generate-objects.ts';
import { weatherKey } from '../sample/weather-key.ts';
import { weather } from './weather.ts';

/** The policy with one more statement, as somebody adds it who looks into an object that is suspicious. */
const quarantined = ({ Bucket: bucket, PolicyDocument: document }: JsonObject): JsonObject => {
  const { key } = generateObject(42, { objects: 100, years: [2022] });
  const denied = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${textOf(bucket)}/${weatherKey(key)}`,
  };
  return { PolicyDocument: { Statement: [...[objectOf(document)['Statement'] ?? []].flat(), denied] } };
};

/** One object takes its whole batch with it, and the run succeeds without it. */
export const poisonedObject: GameDay = {
  name: 'poisoned-object',
  title: 'the policy of the source bucket denies one object, so its batch of four is lost',
  fix: 'take the statement out of the policy of the bucket, and run again',
  steps: [
    { minute: 0, does: weather({ objects: 100 }) },
    {
      minute: 0,
      does: {
        kind: 'change',
        in: { stage: 'child' },
        path: 'Weather/Source/Policy',
        properties: quarantined,
        title: 'one weather object is quarantined',
      },
    },
    { minute: 1, does: { kind: 'start', input: { batchSize: 4 } } },
    { minute: 5, does: { kind: 'restore', in: { stage: 'child' }, path: 'Weather/Source/Policy' } },
    { minute: 6, does: { kind: 'start', input: { batchSize: 4 } } },
  ],
  faultAt: 1,
  fixedAt: 5,
  minutes: 30,
  raises: [{ alarm: { stage: 'child', signal: 'objects-failing' }, fires: [1, 2], clears: [2, 3] }],
  because: 'poisoned-object',
};
