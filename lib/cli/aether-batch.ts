/** Entry of `aether-batch`. */
import { batchCommand } from './commands/batch.js';
import { runProgram } from './program.js';

await runProgram(
  {
    name: 'aether-batch',
    usage: '$0 [options] [manifests..]\n\nRun scenarios from manifests and keep their artefacts.',
    commands: (context) => [batchCommand(context, 'aether-batch') as never],
  },
  process.argv.slice(2),
);
