import type { ByteWriter } from '../../base/byte-writer.js';
import { borrowWriter, returnWriter } from '../../base/writer-pool.js';
import { sha256, type Digest } from '../../base/digest.js';
import type { BlockEncoder, IBlockValues } from './block-encoder.js';
import { merkleRoot } from './merkle.js';

/** Link of an I-block. */
export interface ILink {
  readonly link_hash: Digest;
  readonly merkle_root: string;
}

/** The tamper-evidence chain over P- and I-blocks (section 4.3); holds the links since the last I-block. */
export class HashChain {
  /** Buffer for links; kept only if it has grown large. */
  #scratch: ByteWriter | undefined;
  #leaves: Digest[] = [];
  /** Latest link hash; null before the first block. */
  tip: Digest | null = null;

  /** Links the P-block whose stored form starts at `from` in `out`; `head` is the position of `prev_hash`. */
  pBlock(out: ByteWriter, from: number, head: number): Digest {
    const scratch = this.#scratch ?? borrowWriter();
    scratch.raw(out.bytes.subarray(from, head));
    scratch.ascii(this.tip === null ? ',"prev_hash":null' : `,"prev_hash":"${this.tip}"`);
    scratch.raw(out.bytes.subarray(head, out.length));
    this.tip = sha256(scratch.view());
    this.#scratch = returnWriter(scratch) ? undefined : scratch;
    this.#leaves.push(this.tip);
    return this.tip;
  }

  /** Links the I-block of the tick of the last linked P-block; `encoder` writes blocks of its graph. */
  iBlock(encoder: BlockEncoder, block: IBlockValues): ILink {
    const merkle_root = merkleRoot(this.#leaves);
    this.#leaves = [];
    const scratch = this.#scratch ?? borrowWriter();
    encoder.iBlock(scratch, block, { root: merkle_root, prev: this.tip! });
    this.tip = sha256(scratch.view());
    this.#scratch = returnWriter(scratch) ? undefined : scratch;
    return { link_hash: this.tip, merkle_root };
  }
}
