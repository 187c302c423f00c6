import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { language } from '../eslint.language.js';

/** Messages of the rule about a source. */
function messagesFor(source: string): readonly string[] {
  const config = { plugins: { language }, rules: { 'language/plain': 'error' } } as const;
  return new Linter().verify(source, config).map(({ message }) => message);
}

describe('the rule about language', () => {
  test.each([
    ['/** What a tenant has. */', 'What'],
    ['/** Whether it is deployed. */', 'Whether'],
    ['/**\n * What a tenant has.\n */', 'What'],
    ['function f() {\n  /** Whether it is. */\n  const a = 1;\n}', 'Whether'],
  ])('refuses the docstring of %j', (source, word) => {
    expect(messagesFor(source)).toEqual([
      `A docstring begins with a noun or a verb, got "${word} …": say what the thing is.`,
    ]);
  });

  test.each([
    ['/** Settings of a tenant. */'],
    ['/** True if it is deployed. */'],
    ['/** Returns what a tenant has. */'],
    ['/** Whatever came. */'],
    ['/* What a tenant has: no docstring. */'],
    ['// Whether it is.'],
    ["const text = '/** What a tenant has. */';"],
  ])('accepts %j', (source) => {
    expect(messagesFor(source)).toEqual([]);
  });

  test.each([
    ['// To mend it.', '"mend": use fix.'],
    ['/** Tells the reason. */', '"Tells": use report or say.'],
    ['/* At that moment. */', '"moment": use timestamp.'],
    ['// A dear call.', '"dear": use expensive.'],
    ['// The role beside it.', '"beside": use besides, or next to.'],
    ['// It stands in the file.', '"stands in": use is or contains.'],
    ['// As reckoned.', '"reckoned": use estimate.'],
    ['// A file of which one is left.', '"of which": use whose, or a second sentence.'],
    ['// Whoever is on call.', '"Whoever": use the role of the person, or anyone who.'],
    ['// An organisation.', '"organisation": use the spelling with z.'],
    ['// Its behaviour.', '"behaviour": use the spelling with or.'],
    ['// Its licence.', '"licence": use license.'],
    ["throw new Error('mend this first');", '"mend": use fix.'],
    ['const text = `the role beside ${name}`;', '"beside": use besides, or next to.'],
  ])('names the better word for %j', (source, message) => {
    expect(messagesFor(source)).toEqual([message]);
  });

  test.each([
    ['// To fix it; besides, a placeholder that stands for a name.'],
    ['// The key `moment` and the value "told".'],
    ['// Organization, behavior, license, amend, hotel, momentary.'],
    ['const mend = whoever(beside);'],
    ["const key = 'moment';"],
  ])('passes over %j', (source) => {
    expect(messagesFor(source)).toEqual([]);
  });
});
