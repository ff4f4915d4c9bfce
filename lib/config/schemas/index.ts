import type { Schema } from '../../base/schema.js';
import { AEON_SCHEMA } from './aeon.js';
import { BATCH_MANIFEST_SCHEMA } from './batch-manifest.js';
import { GOVERNANCE_SCHEMA } from './governance.js';
import { PFNA_SCHEMA } from './pfna.js';
import { PROFILE_SCHEMA } from './profile.js';
import { PROJECT_SCHEMA } from './project.js';
import { RUN_CONFIG_SCHEMA } from './run-config.js';
import { SCENARIO_REGISTRY_SCHEMA } from './scenario-registry.js';
import { SLP_SCHEMA } from './slp.js';
import { TOPOLOGY_SCHEMA } from './topology.js';

export const DOCUMENT_KINDS = [
  'RunConfig',
  'TopologyProfile',
  'Profile',
  'PFNA',
  'SLP',
  'AEON',
  'Governance',
  'ScenarioRegistry',
  'BatchManifest',
  'Project',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** The schema of every document, used by the loaders and published in docs/schemas. */
export const DOCUMENT_SCHEMAS = {
  RunConfig: RUN_CONFIG_SCHEMA,
  TopologyProfile: TOPOLOGY_SCHEMA,
  Profile: PROFILE_SCHEMA,
  PFNA: PFNA_SCHEMA,
  SLP: SLP_SCHEMA,
  AEON: AEON_SCHEMA,
  Governance: GOVERNANCE_SCHEMA,
  ScenarioRegistry: SCENARIO_REGISTRY_SCHEMA,
  BatchManifest: BATCH_MANIFEST_SCHEMA,
  Project: PROJECT_SCHEMA,
} as const satisfies Readonly<Record<DocumentKind, Schema>>;

/** The text of every published schema, by file name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const published = new Map<string, string>();
  for (const schema of Object.values(DOCUMENT_SCHEMAS))
    published.set(schema.$id ?? '', `${JSON.stringify(schema, null, 2)}\n`);
  return published;
}
