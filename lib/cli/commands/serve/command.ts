import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { SERVE_OPTIONS } from './options.js';

/** Runs the operator service until it is stopped. */
export function serveCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'serve',
    describe: 'Start the operator service: HTTP over the scenarios and the artefact tree',
    options: SERVE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether serve', 'On http://127.0.0.1:8787, over manifests/*.yaml and artefacts/')
        .example(
          'aether serve --port 0 --store /tmp/tree',
          'On a free port, which the first line of output names',
        )
        .example('AETHER_TOKEN=… aether serve --host 0.0.0.0', 'For other machines, with a token')
        .epilogue(EPILOGUE),
    handler: acting(context, async () => (await import('./action.js')).serve),
  });
}

const EPILOGUE = `The first SIGINT, SIGTERM or SIGHUP stops all runs at their next tick, keeps their results and exits; the second exits at once.`;
