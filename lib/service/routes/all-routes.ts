import type { Operation } from '../http/operation.js';
import type { ServiceContext } from '../service-context.js';
import { batchRoutes } from './batch-routes.js';
import { changeRoutes } from './change-routes.js';
import { compareRoutes } from './compare-routes.js';
import { diagnosticsRoutes } from './diagnostics-routes.js';
import { goldenRoutes } from './golden-routes.js';
import { governanceRoutes } from './governance-routes.js';
import { healthRoutes } from './health-routes.js';
import { historyRoutes } from './history-routes.js';
import { logRoutes } from './log-routes.js';
import { remarkRoutes } from './remark-routes.js';
import { runDataRoutes } from './run-data-routes.js';
import { runRecordRoutes } from './run-record-routes.js';
import { runRoutes } from './run-routes.js';
import { scenarioRoutes } from './scenario-routes.js';
import { seriesRoutes } from './series-routes.js';
import { stateRoutes } from './state-routes.js';
import { tableRoutes } from './table-routes.js';

/** Every operation of the service, the most frequent first: the router tries them in order. */
export function allRoutes(context: ServiceContext): readonly Operation[] {
  return [
    ...stateRoutes(context),
    ...historyRoutes(context),
    ...tableRoutes(context),
    ...seriesRoutes(context),
    ...runRoutes(context),
    ...logRoutes(context),
    ...runDataRoutes(context),
    ...runRecordRoutes(context),
    ...scenarioRoutes(context),
    ...governanceRoutes(context),
    ...changeRoutes(context),
    ...remarkRoutes(context),
    ...compareRoutes(context),
    ...goldenRoutes(context),
    ...batchRoutes(context),
    ...diagnosticsRoutes(context),
    ...healthRoutes(context),
  ];
}
