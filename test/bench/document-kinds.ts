import { PROFILE } from './scenario.js';

export const DOCUMENT_KINDS = ['edges', 'nodes', 'windows', 'PFNA entries', 'cells'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Writes a document under a name; returns its path. */
type Write = (name: string, document: unknown) => string;

/** A call of a program that reads documents. */
type Call = readonly ['aether' | 'aether-batch', ...string[]];

const CELLS = { id: 'cells', name: 'Cells', description: 'Tiny runs.', pillars: ['umx'] };

/** Writes documents with `size` values of a kind; returns the call that reads them. */
export function writeDocuments(kind: DocumentKind, size: number, write: Write): Call {
  switch (kind) {
    case 'edges':
      return ['aether', 'validate', write('topology', topology(1000, size))];
    case 'nodes':
      return ['aether', 'validate', write('topology', topology(size, 1))];
    case 'PFNA entries':
      return ['aether', 'validate', write('pfna', pfna(size))];
    case 'windows':
      write('topology', topology(2, 1));
      write('profile', PROFILE);
      return ['aether', 'validate', runOf(write, size, windows(size))];
    case 'cells': {
      write('topology', topology(2, 1));
      write('profile', PROFILE);
      const run = runOf(write, 4, { every: 4, apx_name: 'A' });
      return ['aether-batch', '--list', '--store', `${run}.store`, write('manifest', manifest(run, size))];
    }
  }
}

function many<T>(size: number, make: (index: number) => T): T[] {
  return Array.from({ length: size }, (_, index) => make(index));
}

function topology(N: number, edges: number): object {
  return {
    gid: 'G',
    profile: 'CMP-0',
    N,
    SC: 32,
    nodes: many(N, (n) => ({ node_id: n + 1, label: `n${String(n + 1)}` })),
    edges: many(edges, (n) => ({ e_id: n + 1, i: 1 + (n % N), j: 1 + ((n + 1) % N), k: 1, cap: 8, SC: 32 })),
    meta: {},
  };
}

function pfna(entries: number): object {
  return {
    v: 0,
    pfna_id: 'p',
    gid: 'G',
    run_id: 'R',
    nid: 'G',
    entries: many(entries, (n) => ({ pfna_id: 'e', tick: n, values: [1, -1] })),
  };
}

function windows(size: number): object[] {
  return many(size, (n) => ({
    window_id: `w${String(n)}`,
    apx_name: `A${String(n)}`,
    start_tick: n + 1,
    end_tick: n + 1,
  }));
}

function runOf(write: Write, ticks: number, windows: unknown): string {
  const extension = /\.\w+$/.exec(write('run', {}))![0];
  return write('run', {
    v: 1,
    gid: 'G',
    run_id: 'R',
    topology_path: `topology${extension}`,
    profile_path: `profile${extension}`,
    ticks,
    initial_state: [9, 1],
    windows,
    ...(Array.isArray(windows) && { primary_window_id: 'w0' }),
    enable_codex: false,
    enable_pfna: false,
  });
}

function manifest(run: string, cells: number): object {
  const across = Math.round(Math.sqrt(cells));
  const down = Math.ceil(cells / across);
  const matrix = { 'initial_state[0]': many(across, (n) => n), 'initial_state[1]': many(down, (n) => n) };
  const name = run.slice(run.lastIndexOf('/') + 1);
  return { v: 1, kind: 'BatchManifest', name: 'cells', scenarios: [{ ...CELLS, run_config: name, matrix }] };
}
