import type { ViewArguments } from '../../inspect/view-options.js';

export const GOLDEN_ACTIONS = ['status', 'review', 'accept', 'reject', 'reopen', 'adopt'] as const;
type GoldenAction = (typeof GOLDEN_ACTIONS)[number];
export interface GoldenArguments extends ViewArguments {
  readonly action: GoldenAction;
  readonly names?: readonly string[];
  readonly reason?: string;
  readonly by?: string;
  readonly run?: string;
  readonly digest?: string;
  readonly all?: boolean;
  readonly golden: string;
  readonly manifests?: readonly string[];
  readonly root?: string;
  readonly profile?: string;
}
