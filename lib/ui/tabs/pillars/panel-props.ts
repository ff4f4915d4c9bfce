import type { PillarStatus, RunStatus } from '../../../service/wire/index.js';

/** What every pillar's panel is given. */
export interface PanelProps {
  readonly run: RunStatus;
  /** The pillar's own card, once it is known. */
  readonly card: PillarStatus | undefined;
}
