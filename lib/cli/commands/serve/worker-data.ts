/** What the thread that reads documents finds as its workerData. */
export interface DocumentWorkerData {
  readonly files: readonly string[];
  readonly places: { readonly root?: string; readonly logs?: string };
  /** Directory of all goldens. */
  readonly golden: string;
}

/** What the thread that reads records finds as its workerData. */
export interface RecordsWorkerData {
  /** Of the store. */
  readonly root: string;
  /** Directory of all goldens. */
  readonly golden: string;
}
