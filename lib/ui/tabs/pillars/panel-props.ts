import type { PillarStatus, RunStatus } from '../../../service/wire/index.js';

/** Props of every panel of a pillar. */
export interface PanelProps {
  readonly run: RunStatus;
  /** The card of the pillar, once loaded. */
  readonly card: PillarStatus | undefined;
}
