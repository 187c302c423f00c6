import { createHmac } from 'node:crypto';
import { isSame } from '../signatures/signature.ts';

/** Temporary credentials of a role session, as STS gives them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const TOKEN = /^simulated-([\w-]+)\.([\w-]+)$/;

/**
 * Credentials of a session. They depend on its ARN and the key alone. The token contains the ARN, so that every holder
 * of the key recognizes credentials that another holder gave out.
 */
export function credentialsFor(key: Buffer, sessionArn: string): Credentials {
  return {
    // Of the form that STS gives: ASIA and 16 characters, 40 characters.
    accessKeyId: `ASIA${mac(key, 'access key', sessionArn).toString('hex').toUpperCase().slice(0, 16)}`,
    secretAccessKey: mac(key, 'secret', sessionArn).toString('base64').slice(0, 40),
    sessionToken: `simulated-${Buffer.from(sessionArn).toString('base64url')}.${seal(key, sessionArn)}`,
  };
}

/** The ARN of the session that a token was made for, if it was made with the key. */
export function sessionArnIn(key: Buffer, sessionToken: string): string | undefined {
  const [, encoded = '', sealed = ''] = TOKEN.exec(sessionToken) ?? [];
  const sessionArn = Buffer.from(encoded, 'base64url').toString();
  return isSame(seal(key, sessionArn), sealed) ? sessionArn : undefined;
}

const seal = (key: Buffer, sessionArn: string): string => mac(key, 'token', sessionArn).toString('base64url');

const mac = (key: Buffer, purpose: string, sessionArn: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}\n${sessionArn}`).digest();
