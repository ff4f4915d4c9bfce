/** A word that may stand where the cursor is. */
export interface Proposal {
  readonly value: string;
  /** One line; may be empty. */
  readonly describe: string;
}

/** What the shell adds from the file system when no proposal fits. */
export type Paths = 'files' | 'directories' | 'nothing';

export interface Proposals {
  readonly words: readonly Proposal[];
  readonly paths: Paths;
}

/** Proposals that explain themselves. */
export function plainWords(values: readonly string[], describe = ''): Proposal[] {
  return values.map((value) => ({ value, describe }));
}
