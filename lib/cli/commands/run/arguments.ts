import type { Labels } from '../../../base/label.js';

export interface RunArguments {
  readonly scenario: string;
  readonly set?: readonly string[];
  readonly manifests?: readonly string[];
  readonly root?: string;
  readonly store: string;
  readonly force?: boolean;
  readonly label?: Labels;
  readonly watch?: boolean;
  readonly json?: boolean;
}
