import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { language } from './eslint.language.js';

export default defineConfig(
  globalIgnores(['**/node_modules/', '**/cdk.out*/', 'out/']),
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only: a name is the same wherever it is used.',
        },
        {
          selector: "ImportDeclaration[source.value='aws-cdk-lib']",
          message: "Import from 'aws-cdk-lib/core' or 'aws-cdk-lib/aws-…': the root loads 500 modules.",
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML'], [property.name=/^(inner|outer)HTML$/]",
          message: 'Names are text: render them as children, never as HTML.',
        },
        {
          selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']",
          message: 'The content security policy blocks it: set the property of the style.',
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    plugins: { language },
    rules: { 'language/plain': 'error' },
  },
  {
    // Titles of tests quote what they try.
    files: ['**/test/**'],
    rules: { 'language/plain': ['error', { text: false }] },
  },
  {
    files: ['vitest.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
