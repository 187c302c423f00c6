import { describe } from 'vitest';
import { inSandbox } from './organization-laboratories.ts';
import { testOrganizationCheck } from './test-organization-check.ts';

describe('the check of an organization against the sandbox', () => {
  testOrganizationCheck(inSandbox, 1_000);
});
