import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { manyTexts, oneDuration, oneInteger, oneMemory, oneSize } from '../../option-values.js';
import { GOLDEN, MANIFESTS, ROOT, STORE, text } from '../../options/common-options.js';
import type { ServeArguments } from './action.js';

const LISTENING = 'Listening:';
const RUNS = 'Runs:';

const SERVE_OPTIONS = {
  host: {
    ...text,
    default: '127.0.0.1',
    group: LISTENING,
    describe: 'Address to listen on; other addresses than loopback need a token',
  },
  port: {
    ...text,
    group: LISTENING,
    describe: 'Port; 0 lets the system choose',
    defaultDescription: '8787',
    coerce: oneInteger('--port', 0),
  },
  token: {
    ...text,
    group: LISTENING,
    describe: 'Token that every request must carry',
    defaultDescription: 'AETHER_TOKEN',
  },
  'allow-host': {
    ...text,
    group: LISTENING,
    describe: 'Additional name of the service in the Host header; may be repeated',
    repeats: true,
    coerce: manyTexts,
  },
  store: STORE,
  root: ROOT,
  manifests: MANIFESTS,
  state: {
    ...text,
    describe: 'Directory of the state of the service',
    defaultDescription: '<store>/.service',
    path: 'directory',
  },
  golden: GOLDEN,
  'max-active': {
    ...text,
    group: RUNS,
    describe: 'Runs computed at once',
    defaultDescription: '1',
    coerce: oneInteger('--max-active', 1),
  },
  'max-work': {
    ...text,
    group: RUNS,
    describe: 'Largest run allowed, as ticks x (nodes + edges)',
    defaultDescription: '1000000000000',
    coerce: oneInteger('--max-work', 1),
  },
  'max-bytes': {
    ...text,
    group: RUNS,
    describe: 'Largest estimated size of the artefacts of one run, such as 20GiB',
    defaultDescription: '1TiB',
    coerce: oneSize('--max-bytes'),
  },
  'max-memory': {
    ...text,
    group: RUNS,
    describe: 'Heap of each worker, such as 512MiB; a run that needs more fails alone',
    coerce: oneMemory('--max-memory'),
  },
  jobs: {
    ...text,
    alias: 'j',
    group: RUNS,
    describe: 'Runs of a batch computed at once',
    defaultDescription: 'the number of cores',
    coerce: oneInteger('--jobs', 1),
  },
  'max-connections': {
    ...text,
    group: LISTENING,
    describe: 'Maximum of open connections; idle connections are closed for new ones',
    defaultDescription: '512',
    coerce: oneInteger('--max-connections', 8),
  },
  'max-streams': {
    ...text,
    group: LISTENING,
    describe: 'Maximum of log streams and exports at once',
    defaultDescription: '256',
    coerce: oneInteger('--max-streams', 1),
  },
  'stall-timeout': {
    ...text,
    group: RUNS,
    describe: 'Time without a tick after which a run counts as stuck',
    defaultDescription: '5m',
    coerce: oneDuration('--stall-timeout'),
  },
} as const;

/** Runs the operator service until it is stopped. */
export function serveCommand(context: CommandContext): CommandModule<object, ServeArguments> {
  return {
    command: 'serve',
    describe: 'Start the operator service: HTTP over the scenarios and the artefact tree',
    builder: (yargs) =>
      yargs
        .options(SERVE_OPTIONS)
        .example('aether serve', 'On http://127.0.0.1:8787, over manifests/*.yaml and artefacts/')
        .example(
          'aether serve --port 0 --store /tmp/tree',
          'On a free port, which the first line of output names',
        )
        .example('AETHER_TOKEN=… aether serve --host 0.0.0.0', 'For other machines, with a token')
        .epilogue(EPILOGUE) as never,
    handler: async (args) => {
      const { serve } = await import('./action.js');
      context.exit(await serve(args, context));
    },
  };
}

const EPILOGUE = `The first SIGINT, SIGTERM or SIGHUP stops all runs at their next tick, keeps their results and exits; the second exits at once.`;
