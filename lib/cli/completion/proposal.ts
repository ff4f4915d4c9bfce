/** A possible word at the cursor. */
export interface Proposal {
  readonly value: string;
  /** One line; may be empty. */
  readonly describe: string;
}

/** Paths that the shell adds if no proposal matches. */
export type Paths = 'files' | 'directories' | 'nothing';

export interface Proposals {
  readonly words: readonly Proposal[];
  readonly paths: Paths;
}

/** Proposals without descriptions. */
export function plainWords(values: readonly string[], describe = ''): Proposal[] {
  return values.map((value) => ({ value, describe }));
}
