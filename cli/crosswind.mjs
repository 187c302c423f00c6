#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// The versions of the AWS SDK are pinned: that later ones drop Node.js 20 helps nobody who runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

register();
const { crosswind } = await import('./main.ts');
const { processIo } = await import('./process-io.ts');
process.exitCode = await crosswind(process.argv.slice(2), processIo());
