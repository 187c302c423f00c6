import type { ESLint } from 'eslint';

export const language: ESLint.Plugin;

/** Problems of a text, each as a sentence. */
export function wordProblems(text: string): readonly string[];
