import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ApiError } from '../../api/client.js';
import { formTree, type Definitions, type FormNode } from './form-tree.js';

/** The OpenAPI document, which describes a change of a scenario; beside the API, not below it. */
const DOCUMENT = '/openapi.json';
const SCHEMA = 'ScenarioPatch';

/** The fields of the form, derived from the OpenAPI document. Fetched once. */
export function usePatchForm(): UseQueryResult<readonly FormNode[]> {
  return useQuery({
    queryKey: ['openapi', SCHEMA],
    queryFn: async ({ signal }) => formTree({ $ref: SCHEMA }, await definitions(signal)),
    staleTime: Infinity,
  });
}

async function definitions(signal: AbortSignal): Promise<Definitions> {
  const response = await fetch(DOCUMENT, { signal });
  if (!response.ok)
    throw new ApiError(
      response.status,
      'no-description',
      `The service has no API description (${response.status})`,
    );
  const document = (await response.json()) as { readonly components: { readonly schemas: Definitions } };
  return document.components.schemas;
}
