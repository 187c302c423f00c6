#!/usr/bin/env node
import { register } from 'tsx/esm/api';

register();
const { crosswind } = await import('./main.ts');
const { processIo } = await import('./process-io.ts');
process.exitCode = await crosswind(process.argv.slice(2), processIo());
