/** Entry of `aether-batch`. */
import { BATCH_OPTIONS, batchCommand } from './commands/batch.js';
import { runProgram } from './program.js';

await runProgram(
  {
    name: 'aether-batch',
    usage: '$0 [options] [manifests..]\n\nRun scenarios from manifests and keep their artefacts.',
    commands: (context) => [batchCommand(context, 'aether-batch') as never],
    options: ['help', 'version', ...Object.keys(BATCH_OPTIONS)],
    words: ['completion'],
  },
  process.argv.slice(2),
);
