import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#engine/contract/route.ts'
import { allJobs, isAwaitedJob } from '#platform/jobs/jobs.ts'
import { newId } from '#platform/db/new-id.ts'
import { limitCalls } from '#platform/outside/post.ts'
import { runImport } from '#platform/transfer/run-import.ts'
import { registerDemo } from '#features/org/server/index.ts'
import { examplesFile, readExamples } from '#app/api-examples.ts'
import type { RouteExample } from '#platform/openapi/operation.ts'
import { takeNight } from '#features/attainment/server/index.ts'
import { creditWhatMoved } from '#testing/credit-anew.ts'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { tinyPng } from '#testing/upload.ts'
import { testDatabase } from '#testing/test-database.ts'
import { exampleMaker } from './examples.ts'
import { populated, type Populated } from './populated.ts'
import { callSignIn } from './sign-in-calls.ts'
import { callAgreements } from './agreement-calls.ts'
import { callWorkplace } from './workplace-calls.ts'

const now = () => new Date('2026-06-15T04:00:00Z')
const { app, database, as, anybody } = await testApp({ now })
const empty = await testApp({ now, database: await testDatabase() })
const { body: document } = await anybody.get('/api/openapi.json')

let here: Populated
let office: TestClient
const answered = new Map<string, Answer>()
const asked = new Map<string, RouteExample>()

const keyOf = ({ method, path }: Route): string => `${method} ${path.replace('/api/v1', '')}`

/** Calls a route so that it succeeds; its answer is held against what the document says. */
async function call(key: string, values: Record<string, string>, body?: unknown, client = office): Promise<any> {
  const [method = '', path = ''] = key.split(' ')
  const to = path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(values[name] ?? ''))
  const rest = Object.entries(values).filter(([name]) => !path.includes(`:${name}`))
  const url = rest.length > 0 ? `${to}?${new URLSearchParams(rest)}` : to
  const send = { GET: client.get, DELETE: client.delete, POST: client.post, PATCH: client.patch, PUT: client.put }
  const answer = await (method === 'GET'
    ? client.get(url)
    : send[method as 'POST'](url, body ?? (method === 'DELETE' ? undefined : {}), headersOf(body)))
  expect(answer.status, `${key} ${JSON.stringify(answer.body).slice(0, 500)}`).toBeLessThan(400)
  answered.set(key, answer)
  const params = Object.fromEntries(Object.entries(values).filter(([name]) => path.includes(`:${name}`)))
  asked.set(key, {
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(rest.length > 0 ? { query: Object.fromEntries(rest) } : {}),
    ...(body === undefined || Buffer.isBuffer(body) ? {} : { body }),
    ...(isJson(answer) ? { answer: answer.body } : {}),
  })
  return answer.body
}

const isJson = ({ headers }: Answer) => String(headers['content-type']).startsWith('application/json')

const headersOf = (body: unknown): Record<string, string> =>
  Buffer.isBuffer(body) ? { 'content-type': 'multipart/form-data; boundary=edge' } : {}

const form = (name: string, content: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n--edge--\r\n'),
  ])

async function callRecords(): Promise<void> {
  const object = 'account'
  await call('GET /objects', {})
  const { id } = await call('POST /records/:object', { object }, { values: { name: '新' } })
  await call('GET /records/:object', { object })
  await call('GET /records/:object/:id', { object, id })
  await call('PATCH /records/:object/:id', { object, id }, { values: { city: '杭州' } })
  const { entries } = await call('GET /records/:object/:id/history', { object, id })
  await call('POST /records/:object/:id/history/:entryId/undo', { object, id, entryId: entries[0].id })
  await call('GET /records/:object/:id/access', { object, id })
  await call('GET /records/:object/:id/access/:personId', { object, id, personId: here.people.甲 })
  await call('GET /records/:object/:id/children', { object, id })
  await call('POST /records/:object/query', { object }, {})
  await call('POST /filters/read', {}, { object: 'opportunity', text: 'owner:me amount>10万' })
  await call('POST /filters/complete', {}, { object: 'opportunity', text: 'own', cursor: 3 })
  await call('POST /records/:object/totals', { object }, {})
  await call('POST /records/:object/export', { object }, { format: 'csv' })
  await call('GET /search', { q: '新' })
  await call('POST /search/opened', {}, { object, id })
  await call('POST /search/starred', {}, { object, id, starred: true })
  await call('GET /search/kept', {})
  await call('DELETE /records/:object/:id', { object, id })
  await call('POST /records/:object/:id/restore', { object, id })
  await call('DELETE /records/:object/:id', { object, id, children: 'along' })
  await call('GET /bin', {})
  await call('POST /bin/:object/query', { object }, {})
  await call('POST /bin/:object/restore', { object }, { ids: [id] })
}

async function callAccess(): Promise<void> {
  const label = { zh: '看不全', en: 'Sees in part' }
  const definition = { objects: { contact: { fields: { phone: 'masked' } } } }
  const { key } = await call('POST /access/roles', {}, { label, basis: 'representative', definition })
  await call('GET /access/roles', {})
  await call('PUT /access/roles/:key', { key }, { label, definition, version: 1 })
  const person = `/org/people/${here.people.甲}`
  const give = async (role: string) => office.patch(person, { role, version: (await office.get(person)).body.version })
  await give(key)
  const contact = { object: 'contact', id: here.records['contact']?.甲 ?? '' }
  await call('POST /records/:object/:id/reveal', contact, { field: 'phone' }, as(here.somebody('甲')))
  await give('representative')
  await call('DELETE /access/roles/:key', { key })
  const to = { kind: 'person', id: here.people.丙 }
  const rule = { object: 'account', label, filter: { field: 'name', op: 'notEmpty' }, to, level: 'read' }
  const { id } = await call('POST /access/rules', {}, rule)
  await call('GET /access/rules', {})
  await call('PUT /access/rules/:id', { id }, { ...rule, version: 1 })
  await call('DELETE /access/rules/:id', { id })
  await call('PUT /records/:object/:id/shares', contact, { to, level: 'read' })
  const { shares } = await call('GET /records/:object/:id/shares', contact)
  await call('DELETE /records/:object/:id/shares/:shareId', { ...contact, shareId: shares[0].id })
  await call('POST /access/view-as', {}, { personId: here.people.甲 })
  await call('DELETE /access/view-as', {})
}

async function callOrg(): Promise<void> {
  const { units } = here.company
  await call('GET /org/tree', {})
  await call('GET /org/export', { format: 'csv' })
  const parentId = units['西区']
  const [one, other] = [
    await call('POST /org/units', {}, { name: '西二队', parentId }),
    await call('POST /org/units', {}, { name: '西三队', parentId }),
  ]
  await call('PATCH /org/units/:id', { id: one.id }, { version: 1, name: '西二' })
  await call('POST /org/units/:id/move', { id: one.id }, { parentId: units['东区'], from: '2026-06-01' })
  await call('POST /org/units/:id/merge', { id: other.id }, { intoId: one.id, from: '2026-07-01' })
  await call('POST /org/units/:id/close', { id: one.id }, { on: '2026-08-01' })
  await callStructures()
  await callReorganisations()
  await callPeople(units['西一队'] ?? '')
}

async function callReorganisations(): Promise<void> {
  const { units, people } = here.company
  const steps = [{ kind: 'people', personIds: [people['乙']], unitId: units['东二队'] }]
  const wish = { name: '秋季调整', effectiveOn: '2026-09-01', steps }
  const { id } = await call('POST /reorganisations', {}, wish)
  await call('GET /reorganisations', {})
  await call('GET /reorganisations/:id', { id })
  await call('PUT /reorganisations/:id', { id }, { ...wish, version: 1 })
  await call('GET /reorganisations/:id/effects', { id })
  await call('POST /reorganisations/:id/confirm', { id }, { version: 2 })
  await call('POST /reorganisations/:id/revoke', { id }, { version: 3 })
  await call('GET /reorganisations/:id/revisions', { id })
  const split = await call('POST /reorganisations/split', {}, { unitId: units['东一队'], effectiveOn: '2026-09-01' })
  await call('DELETE /reorganisations/:id', { id: split.id })
  await call('GET /org/health', {})
  await call('GET /org/health/export', { format: 'csv' })
}

async function callStructures(): Promise<void> {
  const names = { nameZh: '行业', nameEn: 'Industries' }
  const { id } = await call('POST /org/structures', {}, { ...names, topName: '全部行业' })
  await call('PATCH /org/structures/:id', { id }, { version: 1, ...names })
  await call('GET /org/structures', {})
  await call('POST /org/structures/:id/close', { id }, { version: 2, on: '2026-08-01' })
  const structure = newId()
  await sql`insert into structure (company_id, id, key, name_zh, name_en)
    values (${here.company.ctx.company.id}, ${structure}, 'product_line', '产品线', 'Product lines')`.execute(
    database.owner,
  )
  await call('POST /org/structures/:id/begin', { id: structure }, { topName: '全部产品' })
}

async function callPeople(unitId: string): Promise<void> {
  const { id } = await call('POST /org/people', {}, { name: '新人', email: 'new@here.example' })
  await call('GET /org/people', {})
  await call('GET /org/people/:id', { id })
  await call('PATCH /org/people/:id', { id }, { version: 1, name: '新人' })
  const { id: assignment } = await call('POST /org/assignments', {}, { personId: id, unitId, from: '2026-01-01' })
  await call('PATCH /org/assignments/:id', { id: assignment }, { position: '销售' })
  await call('POST /org/assignments/:id/end', { id: assignment }, { on: '2026-05-01' })
  await call('POST /org/people/:id/deactivate', { id })
  await call('POST /org/people/:id/activate', { id })
  const { identifier, password } = await call('POST /org/people/:id/password', { id })
  const { id: leaver } = await call('POST /org/people', {}, { name: '离职' })
  await call('GET /org/people/:id/hand-over', { id: leaver })
  await call('POST /org/people/:id/hand-over', { id: leaver }, { toId: id })
  await callOwn({ identifier, password })
}

async function callOwn(credentials: { identifier: string; password: string }): Promise<void> {
  await call('GET /me', {})
  await call('PATCH /me/settings', {}, { theme: 'dark' })
  await call('POST /auth/sign-in', {}, credentials, anybody)
  const cookie = String(answered.get('POST /auth/sign-in')?.headers['set-cookie']).split(';')[0] ?? ''
  const newcomer: TestClient = { ...anybody, post: (path, body) => anybody.post(path, body, { cookie }) }
  await call('POST /me/password', {}, { current: credentials.password, next: 'long grass 8' }, newcomer)
  await call('POST /auth/sign-out', {}, {}, anybody)
}

async function callTargets(): Promise<void> {
  const metric = 'signed_amount'
  await call('GET /metrics', {})
  for (const part of ['tree', 'series', 'records', 'outlook'])
    await call(`GET /metrics/:metric/${part}`, { metric, period: '2026' })
  await call('GET /insight/heat/:metric', { metric, year: '2026' })
  await call('GET /periods', {})
  await call('GET /plans', {})
  const { plan } = await call('POST /plans', {}, { metric: 'won_deals', year: 2026, total: '1200' })
  const planId: string = plan.id
  const { rows } = await call('GET /plans/:planId', { planId })
  await call('GET /plans/:planId/smart', { planId })
  await call('GET /plans/:planId/smart/:node', { planId, node: rows.at(-1).id })
  await call('POST /plans/:planId/preview', { planId }, { cascade: { season: 'even' } })
  const locked = Array.from({ length: 12 }, () => true)
  const changed = { version: 1, reason: '锁定', rows: [{ node: rows.at(-1).id, locked }] }
  await call('PATCH /plans/:planId', { planId }, changed)
  const { header, rows: lines } = await call('GET /plans/:planId/sheet', { planId })
  await call('POST /plans/:planId/sheet', { planId }, { rows: [header, ...lines] })
  const text = [header, ...lines].map((line: string[]) => line.join(',')).join('\n')
  await call('POST /plans/:planId/sheet/file', { planId }, form('plan.csv', text))
  await call('POST /plans/:planId/refresh', { planId }, { version: 2 })
  await call('GET /plans/:planId/grid', { planId })
  await call('POST /plans/:planId/levels', { planId }, { version: 2, level: 'floor', percent: 85 })
  await call('GET /plans/:planId/basis', { planId, node: rows[0].id, first: '1', last: '1' })
  await call('GET /plans/:planId/changes', { planId })
  await call('GET /plans/:planId/workbook', { planId })
  const curveId = randomUUID()
  await call('PUT /ramp-curves/:curveId', { curveId }, { name: 'Standard', percents: [30, 60] })
  await call('GET /ramp-curves', {})
  await call('DELETE /ramp-curves/:curveId', { curveId })
  await call('GET /plans/:planId/revisions', { planId })
  await call('GET /plans/:planId/revisions/:version', { planId, version: '1' })
  const { plan: draft } = await call('POST /plans', {}, { metric: 'won_deals', year: 2027, total: '12' })
  await call('POST /plans/:planId/publish', { planId: draft.id }, { version: 1 })
  await call('DELETE /plans/:planId', { planId })
}

async function callForecast(): Promise<void> {
  const period = '2026-Q2'
  await call('GET /forecast', { period })
  const { root } = await call('GET /forecast', {})
  await call('GET /forecast/deals', { period, category: 'committed' })
  const rep = as(here.somebody('甲'))
  const { id } = await call('POST /forecast/submissions', {}, { period, commit: '100', bestCase: '50' }, rep)
  await call('GET /forecast/submissions', { period })
  await call('GET /forecast/submissions/:id', { id })
  await call('GET /forecast/submissions/:id/closed', { id })
  await call('GET /forecast/movement', { from: id })
  const values = { commit: '80', bestCase: '40' }
  await call('POST /forecast/overrides', {}, { period, node: root.id, values, comment: '更谨慎' })
  await call('GET /forecast/accuracy', {})
  await call('GET /forecast/system', { period })
  await call('GET /forecast/system/behind', { period, of: 'open' })
  await call('PUT /forecast/setting', {}, { periodKind: 'quarter', dueEvery: 'week', dueOn: 5 })
}

async function callAttainment(): Promise<void> {
  const metric = 'signed_amount'
  const period = '2026-Q2'
  const { settings, version } = await call('GET /attainment/settings', {})
  await call('PUT /attainment/settings', {}, { settings, version })
  await creditWhatMoved(here.company.ctx)
  await call('POST /attainment/closings', {}, { period: '2026-Q1' })
  await takeNight(here.company.ctx)
  const { days } = await call('GET /attainment/:metric/days', { metric, period })
  const [{ day: on }] = days
  await call('GET /attainment/:metric/shown', { metric, period, on })
  await call('GET /attainment/:metric/changes', { metric, period, since: on })
  await call('GET /attainment/:metric/changes/records', { metric, period, since: on, reason: 'new' })
  await call('GET /attainment/:metric/drivers', { metric, period, against: '2026-Q1' })
}

async function callMetrics(): Promise<void> {
  const label = { zh: '签下的客户', en: 'Accounts made' }
  const definition = { label, of: 'account', aggregate: 'count', at: 'createdAt', unit: 'count', better: 'higher' }
  await call('POST /own-metrics/preview', {}, definition)
  const { key: metric } = await call('POST /own-metrics', {}, definition)
  await call('GET /own-metrics', {})
  await call('PATCH /own-metrics/:metric', { metric }, { ...definition, better: 'lower' })
  await call('POST /own-metrics/:metric/refill', { metric })
  await call('GET /metrics/:metric/lineage', { metric, period: '2026' })
  await call('DELETE /own-metrics/:metric', { metric })
}

async function callMarket(): Promise<void> {
  const size = { region: '浙江', industry: '', from: '2026-01-01', to: '2027-01-01', amount: '12000000', source: '行业协会', toldOn: '2026-02-01', confidence: 'medium' } // prettier-ignore
  await call('POST /market/sizes', {}, { sizes: [size] })
  const { sizes, territories } = await call('GET /market', {})
  const [{ unitId: unit }] = territories
  await call('PUT /market/territories/:unit', { unit }, { regions: ['浙江'], industries: [] })
  await call('DELETE /market/sizes/:id', { id: sizes[0].id })
}

async function callImports(): Promise<void> {
  const mapping = { object: 'account', columns: { name: 'name' } }
  await call('GET /imports/targets', {})
  await call('GET /imports/templates/:object', { object: 'account', format: 'csv' })
  const { file } = await call('POST /imports/files', {}, form('a.csv', 'name\n甲方\n'))
  await call('POST /imports/files/paste', {}, { text: 'name\n乙方\n' })
  await call('GET /imports/files/:id', { id: file.id })
  await call('POST /imports/preview', {}, { fileId: file.id, object: 'account' })
  const run = await call('POST /imports', {}, { fileId: file.id, mapping })
  await call('GET /imports', {})
  await call('GET /imports/:id', { id: run.id })
  await call('GET /imports/:id/rejects', { id: run.id, format: 'csv' })
  await runImport(here.company.ctx, run.id)
  await call('POST /imports/:id/undo', { id: run.id })
  await call('GET /imports/:id/undo', { id: run.id })
  const rows = '{"name":"装一","code":"装-1"}\n{"name":"","code":"装-2"}\n'
  const load = await call('POST /records/:object/loads', { object: 'account', by: 'code' }, form('a.jsonl', rows))
  await runImport(here.company.ctx, load.id)
  await call('GET /records/:object/loads/:id', { object: 'account', id: load.id })
  await call('GET /records/:object/loads/:id/outcome', { object: 'account', id: load.id })
  const idle = await call('POST /imports', {}, { fileId: file.id, mapping })
  await call('POST /imports/:id/cancel', { id: idle.id })
  const set = { name: '一组', steps: [{ file: 'a.csv', ...mapping }] }
  const { setId } = await call('POST /imports/sets', {}, { set, files: { 'a.csv': file.id } })
  await call('GET /imports/sets/:id', { id: setId })
  const kept = await call('POST /imports/descriptions', {}, { name: '我们的', mapping })
  await call('GET /imports/descriptions', {})
  await call('DELETE /imports/descriptions/:id', { id: kept.id })
}

async function callRates(): Promise<void> {
  await call('GET /rates', {})
  await call('PUT /rates/:currency/:from', { currency: 'EUR', from: '2026-01-01' }, { rate: '8' })
  await call('DELETE /rates/:currency/:from', { currency: 'EUR', from: '2026-01-01' })
}

async function callFiscalCalendar(): Promise<void> {
  await call('GET /fiscal-calendar', {})
  const change = { rule: { kind: 'months', start: 1 }, from: null }
  await call('POST /fiscal-calendar/preview', {}, change)
  await call('PUT /fiscal-calendar', {}, change)
  await call('PUT /fiscal-calendar/workdays', {}, { exceptions: { '2026-02-14': 'work' } })
}

async function callShape(): Promise<void> {
  const label = { zh: '设备', en: 'Machine' }
  await call('GET /shape', {})
  const { key: object } = await call('POST /shape/objects', {}, { label })
  await call('PATCH /shape/objects/:object', { object }, { label })
  const { id } = await call('POST /shape/objects/:object/fields', { object }, { definition: { label, type: 'text' } })
  await call('PATCH /shape/fields/:id', { id }, { definition: { label, type: 'text' } })
  await call('DELETE /shape/fields/:id', { id })
  await call('POST /shape/fields/:id/restore', { id })
  await call('PUT /shape/objects/:object/setup', { object }, { rules: [] })
  await call('POST /shape/objects/:object/formula', { object }, { expression: '1 + 1', result: 'number' })
  await call('DELETE /shape/objects/:object', { object })
  await call('POST /shape/objects/:object/restore', { object })
}

async function callViews(): Promise<void> {
  const object = 'account'
  const filter = { field: 'city', op: 'eq', value: '杭州' }
  const { id } = await call('POST /views', {}, { object, name: '杭州', kind: 'list', definition: { filter } })
  await call('GET /views', { object })
  await call('PATCH /views/:id', { id }, { name: '杭州客户' })
  await call('PUT /views/first', {}, { object, viewId: id })
  await call('GET /views/:id/history', { id })
  await call('DELETE /views/:id', { id })
}

async function callBulk(): Promise<void> {
  const object = 'account'
  const account = here.records[object]?.甲 ?? ''
  await call('POST /records/:object/bulk/children', { object }, { ids: [account] })
  const { id } = await call('POST /records/:object/bulk', { object }, { ids: [account], values: { city: '宁波' } })
  await call('GET /bulk', {})
  await call('GET /bulk/:id', { id })
  await call('POST /bulk/:id/cancel', { id })
  await call('GET /bulk/:id/refused', { id })
  const rows = [{ id: account, values: { city: '温州' } }]
  const { id: saved } = await call('POST /records/:object/rows', { object }, { rows })
  await call('POST /bulk/:id/undo', { id: saved })
  const { entries } = await call('GET /records/:object/:id/history', { object, id: account })
  const { operationId } = entries.find(({ kind }: { kind: string }) => kind === 'bulk.update')
  await call('GET /operations/:id', { id: operationId })
  await call('POST /operations/:id/undo', { id: operationId })
  await call('GET /operations/:id/undo', { id: operationId })
}

async function callKeys(): Promise<void> {
  await call('GET /keys/scopes', {})
  const { key } = await call(
    'POST /keys',
    {},
    { name: '数据仓库', scopes: ['account:read', 'permission:plan.read'], days: 90 },
  )
  await call('GET /keys', {})
  await call('GET /keys/all', {})
  await call('DELETE /keys/:id', { id: key.id })
  const { url } = await call('POST /calendar', {})
  await call('GET /calendar', {})
  await call('GET /calendar/:file', { file: url.split('/').at(-1) }, undefined, anybody)
  await call('DELETE /calendar', {})
  const clientInfo = { name: 'assistant', version: '1' }
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
  await call('POST /mcp', {}, { jsonrpc: '2.0', id: 1, method: 'initialize', params })
}

async function callDuplicates(): Promise<void> {
  const object = 'contact'
  const make = async (name: string) =>
    (await office.post('/records/contact', { values: { name, phone: '13800138000' }, confirmed: true })).body.id
  const [one, other] = [await make('一'), await make('二')]
  await call('POST /records/:object/duplicates', { object }, { values: { phone: '13800138000' } })
  await call('GET /duplicates/rules', {})
  const compares = [{ field: 'phone', way: 'phone' }]
  const rules = [{ name: { zh: '手机', en: 'Phone' }, compares, action: 'warn', isOn: true }]
  await call('PUT /duplicates/rules/:object', { object }, { rules })
  await call('POST /duplicates/scans', {}, { object })
  await call('GET /duplicates/groups', { object })
  await call('POST /duplicates/apart', {}, { object, ids: [one, other] })
  await call('PUT /records/:object/:id/protection', { object, id: one }, { reason: '重要' })
  await call('POST /merges/preview', {}, { object, ids: [one, other] })
  await call('DELETE /records/:object/:id/protection', { object, id: one })
  const { id } = await call('POST /merges', {}, { object, winnerId: one, loserIds: [other] })
  await call('GET /merges', {})
  await call('POST /merges/:id/undo', { id })
  await call('GET /merges/:id', { id })
}

async function callTalk(): Promise<void> {
  const object = 'account'
  const id = here.records[object]?.甲 ?? ''
  const { id: file } = await call('POST /records/:object/:id/files', { object, id }, form('图.png', tinyPng))
  await call('GET /records/:object/:id/files', { object, id })
  await call('GET /files/:id/content', { id: file })
  await call('GET /files/:id/preview', { id: file })
  await call('DELETE /files/:id', { id: file })
  await call('POST /files/:id/restore', { id: file })
  await call('GET /files/usage', {})
  const definition = { label: { zh: '照片', en: 'Photo' }, type: 'file' }
  const { key: field } = await call('POST /shape/objects/:object/fields', { object }, { definition })
  await call('POST /files/:object/:field', { object, field }, form('图.png', tinyPng))
  const { id: said } = await call('POST /records/:object/:id/comments', { object, id }, { text: '好' })
  await call('GET /records/:object/:id/comments', { object, id })
  await call('POST /records/:object/:id/comments/sight', { object, id }, { people: [here.people.乙] })
  await call('PATCH /comments/:id', { id: said }, { text: '很好' })
  await call('DELETE /comments/:id', { id: said })
  await call('POST /comments/:id/restore', { id: said })
  await call('GET /mentions', {})
  await call('POST /mentions/read', {}, {})
}

/** What happens behind the scenes, and what becomes of it when it fails. */
async function callBackground(): Promise<void> {
  await call('GET /org/recrediting', {})
  await call('POST /org/recrediting/retry', {})
  const id = newId()
  const { company } = here.company.ctx
  await sql`
    insert into event (company_id, id, name, payload, operation_id, problem, parked_at)
    values (${company.id}, ${id}, 'nobody.listens', '{}', ${id}, 'it failed', now())`.execute(database.owner)
  await call('GET /events/parked', {})
  await call('POST /events/parked/:id/retry', { id })
}

async function callAudit(): Promise<void> {
  await call('GET /audit', {})
  await call('GET /audit/export', { format: 'csv' })
  await call('GET /audit/seal', {})
}

async function callPrivacy(): Promise<void> {
  const object = 'contact'
  const { id } = await call('POST /records/:object', { object }, { values: { name: '当事人' } })
  const said = { kind: 'calls', state: 'withdrawn', saidOn: '2026-03-01', channel: 'phone' }
  await call('POST /personal/:object/:id/consents', { object, id }, said)
  await call('GET /personal/:object/:id/consents', { object, id })
  const { id: runId } = await call('POST /personal/:object/:id/export', { object, id }, {})
  await allJobs().get('privacy.run')?.(here.company.ctx, { runId })
  await call('GET /personal/:object/:id/runs', { object, id })
  await call('GET /personal-runs/:id', { id: runId })
  await call('GET /personal-runs/:id/archive', { id: runId })
  await call('GET /personal/:object/:id/erasure', { object, id })
  await call('POST /personal/:object/:id/erasure', { object, id }, { reason: '要求', confirm: '当事人' })
}

async function callNotices(): Promise<void> {
  await call('GET /notices', {})
  await call('POST /notices/read', {}, { ids: [] })
  const ways = { inApp: true, mail: 'off', robot: false }
  await call('GET /notices/choices', {})
  await call('PATCH /notices/choices', {}, { kinds: { 'comment.mentioned': ways } })
  await call('GET /notices/defaults', {})
  await call('PATCH /notices/defaults', {}, { kinds: { 'comment.mentioned': ways } })
  await call('GET /live', {})
}

async function callConnections(): Promise<void> {
  limitCalls({ allowsPrivate: true, timeoutMs: 200 })
  const nowhere = 'http://127.0.0.1:1'
  const { id, version } = await call(
    'POST /webhooks',
    {},
    { name: 'ERP', url: `${nowhere}/hook`, events: ['account.*'] },
  )
  await call('GET /webhooks', {})
  await call('PATCH /webhooks/:id', { id }, { version, name: '账务' })
  await call('POST /webhooks/:id/secret', { id }, { hours: 1 })
  await call('GET /webhooks/:id/deliveries', { id })
  await call('POST /webhooks/:id/replay', { id }, { since: '2026-01-01T00:00:00Z' })
  await call('DELETE /webhooks/:id', { id })
  const address = `${nowhere}/cgi-bin/webhook/send?key=1`
  const wish = { name: '销售群', brand: 'wecom', address, kinds: [], language: 'zh' }
  const robot = await call('POST /robots', {}, wish)
  await call('GET /robots', {})
  await call('PATCH /robots/:id', { id: robot.id }, { version: robot.version, name: '大群' })
  await call('POST /robots/:id/test', { id: robot.id })
  await call('DELETE /robots/:id', { id: robot.id })
  for (const act of ['retry', 'cancel']) {
    const { jobs } = await call('GET /jobs', {})
    const { id: job } = jobs.find(({ task }: { task: string }) => !isAwaitedJob(task))
    await call(`POST /jobs/:id/${act}`, { id: job })
  }
  limitCalls({ allowsPrivate: false })
}

async function callSystem(): Promise<void> {
  await call('POST /system/checks', {})
  await call('POST /system/backups', {})
  await call('GET /system', {})
}

/** On an installation without a company, whose demo is a company of one person. */
async function callSetup(): Promise<void> {
  const { companyId, personId } = here.somebody('丁')
  const director = { key: 'director', name: '丁', title: { zh: '总监', en: 'Director' }, role: 'director' } as const
  const loaded = { isLoaded: false }
  registerDemo({
    personas: async () => (loaded.isLoaded ? [{ ...director, companyId, personId }] : []),
    load: async () => void (loaded.isLoaded = true),
  })
  await call('GET /setup', {}, undefined, empty.anybody)
  await call('POST /setup/demo', {}, {}, empty.anybody)
  await call('POST /setup/demo/sign-in', {}, { persona: 'director' }, anybody)
  const admin = { name: '老板', identifier: 'boss@empty.example', password: 'long grass 7' }
  const company = { name: '新公司', slug: 'empty', currency: 'CNY', zone: 'Asia/Shanghai', fiscalStart: 1, tiers: [] }
  await call('POST /setup/company', {}, { ...company, admin }, empty.anybody)
}

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
  const parts = [
    callRecords,
    callAccess,
    callOrg,
    callTargets,
    callForecast,
    callAttainment,
    callMetrics,
    callMarket,
    callImports,
    callRates,
    callFiscalCalendar,
    async () => {
      await sql`update unit set head_id = ${here.people.管} where id = ${here.company.units['东区']}`.execute(
        database.owner,
      )
      await callAgreements({
        call,
        person: as(here.somebody('甲')),
        reviewer: as(here.somebody('丁')),
        node: `${here.company.units['东一队']}.${here.people.甲}`,
        unit: here.company.units['东一队'] ?? '',
      })
    },
    callShape,
    callViews,
    callBulk,
    callKeys,
    callDuplicates,
    callTalk,
    () =>
      callSignIn({
        app,
        call,
        now,
        company: 'here',
        person: { id: here.people.丙, email: `${here.people.丙}@example.com` },
      }),
    () =>
      callWorkplace({
        app,
        call,
        company: 'here',
        workOff: async (task, payload) => allJobs().get(task)?.(here.company.ctx, payload),
        link: async (brand, externalId) => {
          await sql`
            insert into workplace_link (company_id, brand, kind, external_id, person_id)
            values (${here.company.ctx.company.id}, ${brand}, 'person', ${externalId}, ${here.people.乙})
          `.execute(database.owner)
        },
      }),
    callAudit,
    callPrivacy,
    callBackground,
    callNotices,
    callConnections,
    callSystem,
    callSetup,
  ]
  for (const part of parts) await part()
  if (process.env['EXAMPLES'] === 'write') keepExamples()
}, 180_000)

/** `EXAMPLES=write` makes the examples of the document anew, from the calls of this walk. */
function keepExamples(): void {
  const make = exampleMaker()
  const examples = app.served.map((route) => {
    const empty = route.body && !route.takesFile ? { body: {} } : {}
    return [`${route.method} ${route.path}`, make(route, { ...empty, ...asked.get(keyOf(route)) })]
  })
  writeFileSync(examplesFile, `${JSON.stringify(Object.fromEntries(examples), null, 2)}\n`)
}

describe('the examples of the document', () => {
  const examples = readExamples()

  it('show every route', () => {
    expect(Object.keys(examples).sort()).toEqual(app.served.map(({ method, path }) => `${method} ${path}`).sort())
  })

  it.each(app.served.map((route) => [keyOf(route), route] as const))('%s fits its contract', (_key, route) => {
    const { params, query, body, answer } = examples[`${route.method} ${route.path}`] ?? expect.fail('no example')
    const fits = (schema: Route['reply'], value: unknown) =>
      expect(schema?.safeParse(value), JSON.stringify(value)?.slice(0, 300)).toMatchObject({ success: true })
    if (route.params) fits(route.params, params)
    if (route.query) fits(route.query, query ?? {})
    if (route.body) fits(route.body, body)
    if (answer !== undefined) fits(route.reply, answer)
  })
})

it('calls every served route with success', () => {
  expect([...answered.keys()].sort()).toEqual(app.served.map(keyOf).sort())
})

it.each(app.served.map((route) => [keyOf(route), route] as const))(
  '%s answers as the document says',
  (key, { method, path, reply }) => {
    const { status, headers, body } = answered.get(key) ?? expect.fail('not called')
    const { responses } = document.paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()]
    expect(Object.keys(responses)[0]).toBe(String(status))
    expect(responses['4XX']).toBeDefined()
    const types = Object.keys(responses[status].content ?? {})
    const type = headers['content-type']
    expect(type === undefined ? types : types.filter((one) => String(type).startsWith(one))).toHaveLength(
      type === undefined ? 0 : 1,
    )
    if (reply && String(type).startsWith('application/json')) {
      expect(reply.safeParse(body)).toMatchObject({ success: true })
    }
  },
)
