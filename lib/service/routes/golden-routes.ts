import type { GoldenDesk } from '../goldens/golden-desk.js';
import { operation, type Operation } from '../http/operation.js';
import { PAGE_QUERY, pageByKey, type PageQuery } from '../http/paging.js';
import { Refusal } from '../http/problems.js';
import type { ServiceContext } from '../service-context.js';
import { ACCEPT_GOLDEN, type AcceptGolden } from '../wire/golden.js';
import { id, list, ref } from '../wire/schema.js';

const TAG = 'goldens';
const NAME = { name: id('Run name.') };

interface NameParams {
  readonly name: string;
}

/** Accepted results and how the latest runs compare. */
export function goldenRoutes(context: ServiceContext): Operation[] {
  return [listGoldens(context), diffGolden(context), acceptGolden(context)];
}

function listGoldens(context: ServiceContext): Operation {
  return operation<object, PageQuery>({
    id: 'listGoldens',
    method: 'get',
    path: '/goldens',
    tag: TAG,
    summary: 'Goldens and how the latest runs compare',
    query: PAGE_QUERY,
    success: {
      status: 200,
      description: 'Ascending by name.',
      schema: list(ref('GoldenStatus'), 'Goldens.'),
      headers: { link: 'The next page, if there is one.' },
    },
    problems: ['not-available', 'invalid-cursor'],
    handle: async ({ query, url }) => {
      const goldens = await desk(context).list(context.catalogue.registry);
      const page = pageByKey(goldens, query, { key: ({ name }) => name, order: 'ascending', url });
      return { body: page.items, headers: page.headers };
    },
  });
}

function diffGolden(context: ServiceContext): Operation {
  return operation<NameParams>({
    id: 'diffGolden',
    method: 'get',
    path: '/goldens/{name}/diff',
    tag: TAG,
    summary: 'Where the latest run leaves its golden',
    params: NAME,
    success: { status: 200, description: 'The difference.', schema: ref('GoldenDiff') },
    problems: ['not-available', 'unknown-golden'],
    handle: async ({ params: { name } }) => ({
      body: known(await desk(context).diff(context.catalogue.registry, name), name),
    }),
  });
}

function acceptGolden(context: ServiceContext): Operation {
  return operation<NameParams, object, AcceptGolden>({
    id: 'acceptGolden',
    method: 'post',
    path: '/goldens/{name}/accept',
    tag: TAG,
    summary: 'Make the latest run the golden',
    params: NAME,
    body: { schema: ACCEPT_GOLDEN, required: true },
    success: { status: 200, description: 'The golden.', schema: ref('GoldenStatus') },
    problems: ['not-available', 'unknown-golden', 'golden-not-comparable'],
    handle: async ({ params: { name }, body: { reason }, who }) => {
      const { registry } = context.catalogue;
      const status = known(await desk(context).accept(registry, name, { reason, who }), name);
      context.log.say('INFO', 'golden_accepted', `${who} accepted golden ${name}: ${reason}`);
      return { body: status };
    },
  });
}

function desk({ goldens }: ServiceContext): GoldenDesk {
  if (goldens === null) throw new Refusal('not-available', 'This service was started without goldens');
  return goldens;
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined)
    throw new Refusal('unknown-golden', `There is no golden or run of the name ${name}`);
  return value;
}
