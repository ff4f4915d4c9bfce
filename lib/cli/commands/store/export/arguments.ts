import type { StoreArguments } from '../store-options.js';

export const EXPORT_FORMATS = ['dir', 'tar', 'zip', 'session'] as const;

export interface StoreExportArguments extends StoreArguments {
  readonly run: string;
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly output?: string;
}
