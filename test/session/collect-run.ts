import type { RunInputs } from '../../lib/engine/inputs.js';
import type { ArtefactKind, ChunkSpan, RunSink } from '../../lib/session/records.js';
import { Session, type SessionOutcome } from '../../lib/session/session.js';

/** One chunk as received by the sink. */
export interface SeenChunk {
  readonly kind: ArtefactKind;
  readonly text: string;
  readonly span: ChunkSpan;
}

/** A sink that keeps all artefacts. */
export class MemorySink implements RunSink {
  /** Artefact text by kind, '' for artefacts without records. */
  readonly texts: Record<string, string> = {};
  readonly chunks: SeenChunk[] = [];

  open(kind: ArtefactKind): void {
    if (this.texts[kind] !== undefined) throw new Error(`${kind} opened twice`);
    this.texts[kind] = '';
  }

  chunk(kind: ArtefactKind, bytes: Uint8Array, span: ChunkSpan): void {
    if (this.texts[kind] === undefined) throw new Error(`${kind} fed before it was opened`);
    const text = Buffer.from(bytes).toString('utf8');
    this.texts[kind] += text;
    this.chunks.push({ kind, text, span });
  }
}

export interface CollectedRun {
  readonly outcome: SessionOutcome;
  readonly texts: Readonly<Record<string, string>>;
  readonly chunks: readonly SeenChunk[];
  readonly session: Session;
}

export interface CollectOptions {
  readonly chunk_bytes?: number;
  readonly checkpoint_every?: number;
  /** Cancels after this number of ticks. */
  readonly stop_after?: number;
}

/** Runs a session to its end, or cancels it after some ticks, and keeps every artefact. */
export function collectRun(inputs: RunInputs, { stop_after, ...options }: CollectOptions = {}): CollectedRun {
  const sink = new MemorySink();
  const session = new Session({ inputs, sink, ...options });
  while (session.ticks_completed < (stop_after ?? Infinity) && session.step());
  const outcome = session.finish();
  return { outcome, texts: sink.texts, chunks: sink.chunks, session };
}

/** The records of an artefact. */
export function records<T = Record<string, unknown>>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
