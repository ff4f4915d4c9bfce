import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import type { SchemaNode } from '../base/schema.js';

/** Documents that an override can change. `governance` is the block of that name in the RunConfig. */
export const OVERRIDE_ROOTS = ['run', 'profile', 'topology', 'pfna', 'slp', 'governance'] as const;
export type OverrideRoot = (typeof OVERRIDE_ROOTS)[number];

/** The schema of the keys below each root. */
export const SCHEMA_OF_ROOT: Readonly<Record<OverrideRoot, SchemaNode>> = {
  run: DOCUMENT_SCHEMAS.RunConfig,
  profile: DOCUMENT_SCHEMAS.Profile,
  topology: DOCUMENT_SCHEMAS.TopologyProfile,
  pfna: DOCUMENT_SCHEMAS.PFNA,
  slp: DOCUMENT_SCHEMAS.SLP,
  governance: DOCUMENT_SCHEMAS.Governance,
};
