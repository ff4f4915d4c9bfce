import { manyTexts, oneDuration, oneInteger, oneMemory, oneSize } from '../../option-values.js';
import { GOLDEN, MANIFESTS, ROOT, STORE, text } from '../../options/common-options.js';
import type { Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Limits of the service when they are not given. */
export const MAX_CONNECTIONS = 512;
export const MAX_STREAMS = 256;

const LISTENING = 'Listening:';

const RUNS = 'Runs:';

export const SERVE_OPTIONS = {
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
    defaultDescription: String(MAX_CONNECTIONS),
    coerce: oneInteger('--max-connections', 8),
  },
  'max-streams': {
    ...text,
    group: LISTENING,
    describe: 'Maximum of log streams and exports at once',
    defaultDescription: String(MAX_STREAMS),
    coerce: oneInteger('--max-streams', 1),
  },
  'stall-timeout': {
    ...text,
    group: RUNS,
    describe: 'Time without a tick after which a run counts as stuck',
    defaultDescription: '5m',
    coerce: oneDuration('--stall-timeout'),
  },
} as const satisfies Options;

export type ServeArguments = Parsed<typeof SERVE_OPTIONS>;
