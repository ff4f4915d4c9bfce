import { AetherError } from '../../base/errors.js';
import { Stopwatch } from '../../base/stopwatch.js';
import { operation, type Operation } from '../http/operation.js';
import { Refusal } from '../refusal.js';
import type { ServiceContext } from '../service-context.js';
import { shownText } from '../shown-text.js';
import { HEALTH, type Health } from '../wire/health.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'operations';

/** Health and metrics of the service. */
export function healthRoutes(context: ServiceContext): Operation[] {
  const up = new Stopwatch(context.clock);
  return [
    operation({
      id: 'getHealth',
      method: 'get',
      path: '/health',
      tag: TAG,
      summary: 'Liveness and readiness',
      description: '503 while the artefact tree cannot be read: the service is live, but not ready.',
      success: { status: 200, description: 'The service can work.', schema: ref(HEALTH) },
      handle: async () => {
        const body = await healthOf(context, up);
        if (!body.ready) throw new Refusal('store-problem', body.store.message);
        return { body };
      },
    }),
    operation({
      id: 'getMetrics',
      method: 'get',
      path: '/metrics',
      tag: TAG,
      summary: 'Metrics for Prometheus',
      success: { status: 200, description: 'Prometheus text.', media: 'text/plain' },
      handle: async () => {
        const text = await context.metrics.registry.metrics();
        return {
          stream: (response) => {
            response.setHeader('content-type', context.metrics.registry.contentType);
            response.end(text);
          },
        };
      },
    }),
  ];
}

async function healthOf(
  { version, engine, history, catalogue, boot_id }: ServiceContext,
  up: Stopwatch,
): Promise<Health> {
  const store = await history.runs().then(
    ({ size }) => ({ ok: true, runs: size, message: '' }),
    (error: unknown) => ({
      ok: false,
      runs: 0,
      message: error instanceof AetherError ? shownText(error.message) : 'cannot be read',
    }),
  );
  return {
    live: true,
    ready: store.ok,
    version,
    engine_version: engine.version,
    boot_id,
    uptime_s: Math.round(up.elapsed / 1000),
    store,
    scenarios: catalogue.known.scenarios.length,
  };
}
