import type { Digest } from '../../base/digest.js';
import type { TreeFiles, TreePlatform } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import type { SmallBlobs } from '../port.js';
import { DurableWriter } from '../publish/durable-writer.js';
import type { StoreNotice } from '../sharing/notice.js';
import { PackedRuns, type RunRow } from './packed-runs.js';
import { SegmentedFiles } from './segmented-files.js';
import { SegmentDraft } from './segment-format.js';
import { placeSegment, SMALL_BLOBS, type Placed, type SegmentParts } from './segment-writer.js';
import { SegmentView } from './segment-view.js';

/** The segments of an open store. */
export interface StoreSegments extends SegmentParts {
  /** Limits of blobs in segments. */
  readonly small: SmallBlobs;
  readonly draft: () => SegmentDraft;
  /** See placeSegment. */
  readonly place: (draft: SegmentDraft, commit: number) => Promise<Placed>;
  /** True if the store certainly has no blob with the digest; only while the view is held. */
  readonly lacksBlob: (digest: Digest) => boolean;
  /** True if a plain file exists at a path of the store. */
  readonly isPlain: (path: string) => boolean;
  /** The run that a reference names, if certainly no plain file has it; undefined if there is none, or it is not certain. */
  readonly ref: (space: 'keys' | 'scenarios', name: string) => string | undefined;
  /** The bytes of the record of a run; undefined if no segment contains it. */
  readonly record: (id: string) => Uint8Array | undefined;
  /** The runs in segments, with rows that `parse` takes from the texts of their records; undefined from a damaged one. */
  readonly runs: <R extends RunRow>(parse: (text: string, id: RunId) => R | undefined) => PackedRuns<R>;
  /** Writes the dead places of segments durably. */
  readonly writeDown: () => Promise<void>;
}

/** The files of a store of format 2. */
export function segmentedTree(
  root: string,
  platform: TreePlatform,
  notice: (notice: StoreNotice) => void,
): { readonly files: TreeFiles; readonly segments: StoreSegments } {
  const view = new SegmentView(root, platform, {
    damage: (path, message) => {
      notice({ type: 'segment_damaged', path, message });
    },
    many: (segments) => {
      notice({ type: 'index_missing', segments });
    },
  });
  const writer = new DurableWriter(root, platform);
  const parts = { files: platform.files, root, view, writer };
  const files = new SegmentedFiles(parts);
  const segments: StoreSegments = {
    ...parts,
    small: SMALL_BLOBS,
    draft: () => new SegmentDraft(),
    place: (draft, commit) => placeSegment(parts, draft, commit),
    lacksBlob: (digest) => files.lacksBlob(digest),
    isPlain: (path) => files.isPlain(path),
    ref: (space, name) => files.refInSegment(space, name),
    record: (id) => files.recordInSegment(id),
    runs: (parse) => new PackedRuns(segments, parse),
    writeDown: () => files.writeDown(),
  };
  return { files, segments };
}
