/** workerData of the thread that reads documents. */
export interface DocumentWorkerData {
  readonly files: readonly string[];
  readonly places: { readonly root?: string; readonly logs?: string };
  /** Directory of all goldens. */
  readonly golden: string;
}

/** workerData of the thread that reads records. */
export interface RecordsWorkerData {
  /** Directory of the store. */
  readonly root: string;
  /** Directory of all goldens. */
  readonly golden: string;
}
