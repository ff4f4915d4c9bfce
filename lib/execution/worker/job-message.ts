import type { SharedDocument } from '../job-inputs.js';
import type { RunJob } from '../run-job.js';

/** Message to a thread: jobs to compute in sequence. Plain data. */
export type JobMessage =
  | { readonly jobs: readonly RunJob[] }
  /** Quick jobs: as text, which costs half of copying objects; only shared memory is sent separately. */
  | { readonly text: string; readonly memory: readonly SharedArrayBuffer[] };

/** A job with numbers in place of shared memory. */
type PackedJob = Omit<RunJob, 'control' | 'inputs'> & {
  readonly control: readonly [number, number];
  readonly own: unknown;
  /** By name, the id of a shared document and the number of its memory. */
  readonly shared: Readonly<Record<string, readonly [number, number]>>;
};

/** Packs jobs, with shared inputs where possible, see DocumentSharing. */
export function packJobs(jobs: readonly RunJob[]): JobMessage {
  const memory = new Numbers();
  const packed: PackedJob[] = [];
  for (const { control, inputs, ...rest } of jobs) {
    if (rest.quick !== true || !('shared' in inputs)) return { jobs };
    const shared = Object.entries(inputs.shared).map(
      ([name, { id, packed: at }]) => [name, [id, memory.of(at)]] as const,
    );
    const at = [memory.of(control.shared), control.at] as const;
    packed.push({ ...rest, control: at, own: inputs.own, shared: Object.fromEntries(shared) });
  }
  return { text: JSON.stringify(packed), memory: memory.all };
}

export function unpackJobs(message: JobMessage): readonly RunJob[] {
  if ('jobs' in message) return message.jobs;
  const { text, memory } = message;
  return (JSON.parse(text) as readonly PackedJob[]).map(({ control, own, shared, ...rest }) => {
    const documents: Record<string, SharedDocument> = {};
    for (const [name, [id, at]] of Object.entries(shared)) documents[name] = { id, packed: memory[at]! };
    const inputs = { own: own as Record<string, unknown>, shared: documents };
    return { ...rest, control: { shared: memory[control[0]]!, at: control[1] }, inputs };
  });
}

class Numbers {
  readonly all: SharedArrayBuffer[] = [];

  of(memory: SharedArrayBuffer): number {
    const known = this.all.indexOf(memory);
    return known < 0 ? this.all.push(memory) - 1 : known;
  }
}
