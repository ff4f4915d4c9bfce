import { batchCommand } from './commands/batch/command.js';
import type { Program } from './program.js';

/** The batch command as a program. */
export const AETHER_BATCH: Program = {
  name: 'aether-batch',
  usage: '$0 [options] [manifests..]\n\nRun scenarios from manifests and keep their artefacts.',
  commands: (context) => [batchCommand(context, 'aether-batch')],
};
