import type { GoldenDiff, GoldenStatus } from '../../lib/service/wire/index.js';
import type { ApiClient, Answer } from './api-client.js';

/** A difference with the ETag that identifies it. */
export interface Looked {
  readonly diff: GoldenDiff;
  readonly etag: string;
}

/** Reads the difference of the current run of a name from its golden. */
export async function lookAt(api: ApiClient, name: string): Promise<Looked> {
  const { body, headers } = await api.get<GoldenDiff>(`/goldens/${name}/diff`);
  return { diff: body, etag: headers.get('etag') ?? '' };
}

/** Judges the viewed result as a client does; reads the difference first if none is given. */
export async function judge<T = GoldenStatus>(
  api: ApiClient,
  verb: 'accept' | 'reject',
  name: string,
  { reason, looked }: { readonly reason: string; readonly looked?: Looked },
): Promise<Answer<T>> {
  const { diff, etag } = looked ?? (await lookAt(api, name));
  const body = { run_id: diff.run_id ?? 'none', reason };
  return api.post<T>(`/goldens/${name}/${verb}`, body, { 'if-match': etag });
}
