import type { ScenarioRegistry } from '../config/index.js';
import type { AuditDesk, GoldenDesk } from '../service/index.js';
import type { ArtefactStore } from '../store/index.js';

/** Goldens as the service shows them. */
export function serviceGoldens(_parts: {
  readonly directory: string;
  readonly registry: () => ScenarioRegistry;
  readonly store: ArtefactStore;
}): { readonly goldens: GoldenDesk | null; readonly audit: AuditDesk | null } {
  return { goldens: null, audit: null };
}
