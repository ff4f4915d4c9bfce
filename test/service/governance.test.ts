import t from 'tap';
import type {
  AuditEntry,
  GovernancePreview,
  GovernanceSnapshot,
  HistoryDetail,
  ProblemDocument,
  RunStatus,
} from '../../lib/service/wire/index.js';
import { ApiClient, until } from './api-client.js';
import { NO_GOLDENS, openService, serviceOptions } from './service-in-process.js';
import { Service } from '../../lib/service/index.js';

async function change(api: ApiClient, patch: object): Promise<GovernanceSnapshot> {
  const etag = (await api.get('/governance')).headers.get('etag')!;
  const answer = await api.post<GovernanceSnapshot>('/governance', patch, { 'if-match': etag });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body;
}

async function complete(
  api: ApiClient,
  body: object,
): Promise<{ readonly status: RunStatus; readonly hash: string; readonly inputs: Record<string, unknown> }> {
  const { run_id } = (await api.post<RunStatus>('/runs', body)).body;
  const status = await until(
    async () => (await api.get<RunStatus>(`/runs/${run_id}`)).body,
    ({ state }) => state !== 'running',
  );
  const [entry] = (await api.get<{ policy_set_hash: string }[]>(`/runs/${run_id}/ledger?to=1`)).body;
  const { record } = (await api.get<HistoryDetail>(`/history/${run_id}`)).body;
  return { status, hash: entry!.policy_set_hash, inputs: record!['inputs'] as Record<string, unknown> };
}

void t.test('knobs are set, unset and audited', async (t) => {
  const { service, directory, store } = await openService(t);
  const api = await ApiClient.open(service.url);
  const start = (await api.get<GovernanceSnapshot>('/governance')).body;
  t.strictSame(start.set, []);
  const set = await change(api, {
    codex_action_mode: 'GOVERNED_APPLY',
    budget_knobs: { max_topology_changes: 3, max_proposals_per_window: 0 },
  });
  t.match(set, {
    mode: 'ENFORCE',
    codex_action_mode: 'GOVERNED_APPLY',
    budget_knobs: { max_topology_changes: 3, max_proposals_per_window: 0 },
  });
  t.strictSame(set.set, ['mode', 'max_proposals_per_window', 'max_topology_changes']);
  await change(api, { budget_knobs: { max_topology_changes: null } });
  await change(api, { mode: 'ENFORCE' });
  const audit = (await api.get<AuditEntry[]>('/governance/audit')).body;
  t.strictSame(
    audit.map(({ field, from, to }) => [field, from, to]),
    [
      ['mode', 'GOVERNED_APPLY', 'ENFORCE'],
      ['budget_knobs.max_topology_changes', 3, null],
      ['budget_knobs.max_topology_changes', null, 3],
      ['budget_knobs.max_proposals_per_window', null, 0],
      ['mode', null, 'GOVERNED_APPLY'],
    ],
  );
  t.ok(audit.every(({ who, at }) => who === '127.0.0.1' && at !== ''));
  const page = await api.get<AuditEntry[]>('/governance/audit?limit=2');
  const next = /<([^>]+)>/.exec(page.headers.get('link')!)![1]!;
  t.strictSame((await api.get<AuditEntry[]>(next)).body, audit.slice(2, 4));
  const before = (await api.get<GovernanceSnapshot>('/governance')).body;
  await service.close();
  const again = await Service.start(await serviceOptions(directory, { store }));
  const later = await ApiClient.open(again.url);
  t.strictSame((await later.get<GovernanceSnapshot>('/governance')).body, before, 'survives a restart');
  t.strictSame((await later.get<AuditEntry[]>('/governance/audit')).body, audit);
  await change(later, { mode: null, budget_knobs: { max_proposals_per_window: null } });
  t.strictSame((await later.get<GovernanceSnapshot>('/governance')).body, start);
  await again.close();
});

void t.test('contradicting fields are refused', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const etag = (await api.get('/governance')).headers.get('etag')!;
  const send = (patch: object) => api.post<ProblemDocument>('/governance', patch, { 'if-match': etag });
  t.equal((await send({ mode: 'OFF', codex_action_mode: 'DRY_RUN' })).status, 422);
  for (const patch of [
    {},
    { mode: 'ALL' },
    { budget_knobs: { max_nodes: 1 } },
    { budget_knobs: { max_topology_changes: -1 } },
    { policy_set_hash: 'x' },
  ]) {
    t.equal((await send(patch)).status, 400, JSON.stringify(patch));
  }
  t.equal(
    (await send({ mode: 'ENFORCE', codex_action_mode: 'GOVERNED_APPLY' })).status,
    200,
    'both words of one mode are accepted',
  );
});

void t.test('future runs use the base governance; scenarios keep other fields', async (t) => {
  const { service } = await openService(t);
  const api = await ApiClient.open(service.url);
  const plain = await complete(api, { scenario_id: 'quick' });
  t.equal(plain.hash, (await api.get<GovernanceSnapshot>('/governance')).body.policy_set_hash);
  const own = await complete(api, { scenario_id: 'governed' });
  const set = await change(api, { mode: 'DRY_RUN', budget_knobs: { max_actions_per_window: 1 } });
  const based = await complete(api, { scenario_id: 'quick' });
  t.equal(based.hash, set.policy_set_hash, 'a scenario without governance has the base governance');
  t.not(based.status.name, 'quick', 'its name shows it');
  t.match(
    based.inputs,
    { topology: plain.inputs['topology'], run: plain.inputs['run'] },
    'other fields are unchanged',
  );
  const both = await complete(api, { scenario_id: 'governed' });
  t.not(both.hash, own.hash);
  t.not(both.hash, set.policy_set_hash, 'a scenario with governance keeps its policies and adds the base');
  const preset = await complete(api, { scenario_id: 'quick', overrides: { governance_preset: 'OBSERVE' } });
  t.not(preset.hash, set.policy_set_hash, 'a preset of the run takes precedence');
});

void t.test('a preview lists the affected goldens and changes nothing', async (t) => {
  const keys = new Map([
    ['quick', 'not-the-key-of-today'],
    ['governed', ''],
  ]);
  const { service } = await openService(t, {
    goldens: { ...NO_GOLDENS, inputKeys: () => Promise.resolve(keys) },
  });
  const api = await ApiClient.open(service.url);
  const { status } = await complete(api, { scenario_id: 'governed' });
  const { record } = (await api.get<HistoryDetail>(`/history/${status.run_id}`)).body;
  keys.set('governed', record!['input_key'] as string);
  const preview = async (patch: object) =>
    (await api.post<GovernancePreview>('/governance/preview', patch)).body;
  const row = (name: string, changes: boolean) => ({ name, scenario_id: name, changes });
  t.strictSame((await preview({ mode: 'OBSERVE' })).goldens, [row('governed', false), row('quick', true)]);
  const after = await preview({ mode: 'ENFORCE' });
  t.strictSame(after.goldens[0], row('governed', true));
  t.equal(after.after.mode, 'ENFORCE');
  t.equal(after.before.mode, 'OFF');
  t.equal((await api.get<GovernanceSnapshot>('/governance')).body.mode, 'OFF');
  t.strictSame((await api.get<AuditEntry[]>('/governance/audit')).body, []);
});
