import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { crosswindIn } from './crosswind.ts';
import { pushedPlatform, type PushedPlatform } from './pushed-platform.ts';

const page = 'arn:aws:sns:us-east-1:222222222222:crosswind-page';
const onCall = { protocol: 'email', endpoint: 'on-call@example.com' };
const endpoint = { protocol: 'https', endpoint: 'https://alerts.example.com/crosswind' };

const asked = ({ environment }: PushedPlatform, ...args: readonly string[]) =>
  crosswindIn(environment, 'subscriptions', '--file', platformFile, ...args);

/** States by receiver, as the command prints them as JSON. */
async function states(pushed: PushedPlatform) {
  const { code, stdout } = await asked(pushed, '--json');
  const { subscriptions } = JSON.parse(stdout) as {
    readonly subscriptions: readonly {
      readonly receiver: string;
      readonly topic: string;
      readonly state: string;
      readonly fix?: string;
    }[];
  };
  return { code, subscriptions };
}

describe('crosswind subscriptions', () => {
  let pushed: PushedPlatform;
  beforeAll(async () => {
    pushed = await pushedPlatform();
  });
  afterAll(() => pushed.sandbox.close());

  test('lists each receiver that has confirmed', async () => {
    const { code, stdout, stderr } = await asked(pushed);
    expect(stdout).toBe(
      [
        'confirmed: on-call@example.com at crosswind-page in us-east-1\n',
        'confirmed: platform-team@example.com at crosswind-ticket in us-east-1\n',
      ].join(''),
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  test('fails while a receiver is absent, with the command that subscribes it', async () => {
    const { topics } = pushed.sandbox;
    topics.unsubscribe(page, onCall);
    const { code, stdout, stderr } = await asked(pushed);
    topics.subscribe(page, onCall);
    topics.confirm(page, onCall);
    expect(code).toBe(2);
    expect(stdout).toContain(
      `  fix  aws sns subscribe --region us-east-1 --topic-arn ${page} --protocol email --notification-endpoint on-call@example.com # in account 222222222222`,
    );
    expect(stderr).toBe(
      'expected 2 confirmed subscriptions, got 1:\non-call@example.com at crosswind-page in us-east-1 is absent\n',
    );
  });

  test.each([
    [
      'has confirmed',
      true,
      /^aws sns unsubscribe --region us-east-1 --subscription-arn arn:aws:sns:\S+ # in account 2{12}/,
    ],
    ['is pending', false, /^wait some days until SNS forgets it/],
  ])('fails while there is a receiver that the file does not name and that %s', async (_, isConfirmed, fix) => {
    const { topics } = pushed.sandbox;
    topics.subscribe(page, endpoint);
    if (isConfirmed) topics.confirm(page, endpoint);
    const { code, subscriptions } = await states(pushed);
    topics.unsubscribe(page, endpoint);
    expect(code).toBe(2);
    expect(subscriptions.filter(({ state }) => state !== 'confirmed')).toEqual([
      {
        topic: 'crosswind-page',
        region: 'us-east-1',
        receiver: endpoint.endpoint,
        state: 'extra',
        fix: expect.stringMatching(fix) as string,
      },
    ]);
  });
});

test('subscriptions that nobody has confirmed are pending, with the command that sends the link again', async () => {
  const pushed = await pushedPlatform({ leavesPending: true });
  try {
    const { code, subscriptions } = await states(pushed);
    expect(code).toBe(2);
    expect(subscriptions.map(({ receiver, state }) => [receiver, state])).toEqual([
      ['on-call@example.com', 'pending'],
      ['platform-team@example.com', 'pending'],
    ]);
    expect(subscriptions[0]?.fix).toContain(`aws sns subscribe --region us-east-1 --topic-arn ${page}`);
  } finally {
    await pushed.sandbox.close();
  }
});

test.each([['without the observability stage', { isPushed: false }, `there is no topic ${page}: expected it after`]])(
  '%s the command says what is missing',
  async (_, props, message) => {
    const pushed = await pushedPlatform(props);
    try {
      const { code, stderr } = await asked(pushed);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    } finally {
      await pushed.sandbox.close();
    }
  },
);
