import type { Labels } from '../../../base/label.js';
import type { Shard } from '../../../batch/index.js';
import type { ReporterName } from '../../../config/reporter-names.js';
import type { UpdateMode } from '../../../golden/check/update-mode.js';

/** The parsed arguments of the batch command. */
export interface BatchArguments {
  readonly globs?: readonly string[];
  readonly manifests?: readonly string[];
  readonly root?: string;
  readonly grep?: string;
  readonly tag?: readonly string[];
  readonly profile?: string;
  readonly 'last-failed'?: boolean;
  readonly set?: readonly string[];
  readonly store: string;
  readonly jobs?: number;
  readonly force?: boolean;
  readonly 'repeat-each'?: number;
  readonly 'keep-going'?: boolean;
  readonly x?: boolean;
  readonly 'max-failures'?: number;
  readonly retries?: number;
  readonly timeout?: number;
  readonly 'global-timeout'?: number;
  readonly 'max-memory'?: number;
  readonly 'max-work'?: number;
  readonly 'max-bytes'?: number;
  readonly shard?: Shard;
  readonly durations?: string;
  readonly 'update-golden'?: UpdateMode;
  readonly reason?: string;
  readonly by?: string;
  readonly golden: string | false;
  readonly label?: Labels;
  readonly watch?: boolean;
  readonly 'dry-run'?: boolean;
  readonly list?: boolean;
  readonly reporter?: readonly ReporterName[];
  readonly output?: string;
  readonly 'compare-to'?: string;
  readonly json?: boolean;
}
