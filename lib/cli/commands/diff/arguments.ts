import type { ViewArguments } from '../../inspect/view-options.js';

export interface DiffArguments extends ViewArguments {
  readonly a?: string;
  readonly b?: string;
  readonly batch?: readonly string[];
  readonly count?: boolean;
  readonly markdown?: boolean;
}
