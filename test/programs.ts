import { join } from 'node:path';
import { REPO } from './config/repo.js';

/** The programs as they are installed, to be started with node. */
export const PROGRAMS = {
  aether: join(REPO, 'bin', 'aether.js'),
  'aether-batch': join(REPO, 'bin', 'aether-batch.js'),
} as const;

export type ProgramName = keyof typeof PROGRAMS;
