const HASH_BYTES = 32;
const STRIDE = 8 + 3 * HASH_BYTES;
const UMX = 8;
const LOOM = UMX + HASH_BYTES;
const NAP = LOOM + HASH_BYTES;

/**
 * Data of ticks with an open window that the Gate and the U-ledger still need: C_t and three hashes, packed
 * in 104 bytes per tick. Ticks are added in order and dropped from the front.
 */
export class PendingTicks {
  // Enough for a short run; grows on demand.
  #bytes = Buffer.allocUnsafe(16 * STRIDE);
  /** First tick held. */
  #first = 1;
  #count = 0;
  /** Dropped bytes at the front that are not yet reclaimed. */
  #offset = 0;

  /** Appends the next tick; hashes are 64 hex digits. */
  push(C_t: number, umx: string, loom: string): void {
    let at = this.#offset + this.#count * STRIDE;
    if (at + STRIDE > this.#bytes.length) {
      this.#makeRoom();
      at = this.#count * STRIDE;
    }
    this.#count++;
    this.#bytes.writeDoubleLE(C_t, at);
    this.#bytes.write(umx, at + UMX, 'hex');
    this.#bytes.write(loom, at + LOOM, 'hex');
  }

  C_t(tick: number): number {
    return this.#bytes.readDoubleLE(this.#at(tick));
  }

  umx(tick: number): string {
    return this.#hash(this.#at(tick) + UMX);
  }

  loom(tick: number): string {
    return this.#hash(this.#at(tick) + LOOM);
  }

  nap(tick: number): string {
    return this.#hash(this.#at(tick) + NAP);
  }

  setNap(tick: number, hash: string): void {
    this.#bytes.write(hash, this.#at(tick) + NAP, 'hex');
  }

  /** Drops all ticks up to and including this one. */
  dropThrough(tick: number): void {
    const dropped = tick - this.#first + 1;
    this.#first += dropped;
    this.#count -= dropped;
    this.#offset = this.#count === 0 ? 0 : this.#offset + dropped * STRIDE;
  }

  #at(tick: number): number {
    return this.#offset + (tick - this.#first) * STRIDE;
  }

  #hash(at: number): string {
    return this.#bytes.toString('hex', at, at + HASH_BYTES);
  }

  #makeRoom(): void {
    const used = this.#count * STRIDE;
    const roomy = this.#offset >= this.#bytes.length / 2;
    const target = roomy ? this.#bytes : Buffer.allocUnsafeSlow(this.#bytes.length * 2);
    this.#bytes.copy(target, 0, this.#offset, this.#offset + used);
    this.#bytes = target;
    this.#offset = 0;
  }
}
