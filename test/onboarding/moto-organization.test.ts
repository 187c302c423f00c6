import { describe } from 'vitest';
import { hasMoto } from '../moto-server.ts';
import { inMoto } from './moto-organization.ts';
import { testOrganizationCheck } from './test-organization-check.ts';

describe.runIf(hasMoto)(
  `the check of an organization against ${hasMoto ? 'moto_server' : 'moto_server, which is not on this machine: skipped'}`,
  () => {
    // Three pages, since moto takes long for each account.
    testOrganizationCheck(inMoto, 60);
  },
);
