import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '#platform/auth/key-store.ts'
import { testApp } from '#testing/test-app.ts'
import { populated, type Name, type Populated } from '#testing/walk/populated.ts'

const { app, database, as, anybody } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
const clients: Client[] = []

beforeAll(async () => {
  here = await populated(database, 'here', as)
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => Promise.all(clients.map((client) => client.close())))

async function keyOf(name: Name, ...scopes: string[]): Promise<string> {
  const wanted = { ...here.somebody(name), name: 'assistant', scopes, expiresAt: null }
  return (await createKey(database.db, wanted)).secret
}

async function connected(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  clients.push(client)
  await client.connect(transport)
  return client
}

/** The SDK's own client, over HTTP. */
function overHttp(key: string): Promise<Client> {
  const { port } = app.server.address() as AddressInfo
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  const url = new URL(`http://127.0.0.1:${port}/api/v1/mcp`)
  return connected(new StreamableHTTPClientTransport(url, { requestInit }))
}

/** The same with `terrace mcp` as a process of its own. */
function overStdio(key: string): Promise<Client> {
  const env = {
    ...(process.env as Record<string, string>),
    TERRACE_API_KEY: key,
    DATABASE_URL: database.appUrl,
    DATABASE_MIGRATE_URL: database.ownerUrl,
    LOG_LEVEL: 'fatal',
  }
  const args = [join(process.cwd(), 'src', 'app', 'cli.ts'), 'mcp']
  return connected(new StdioClientTransport({ command: process.execPath, args, env }))
}

interface Answered {
  readonly isError: boolean
  readonly text: string
  readonly json: any
}

async function call(client: Client, name: string, asked: Record<string, unknown> = {}): Promise<Answered> {
  const { isError = false, content } = (await client.callTool({ name, arguments: asked })) as any
  const text = String(content[0].text)
  return { isError, text, json: isError ? undefined : JSON.parse(text) }
}

const toolsOf = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name).sort()
const writing = ['add_comment', 'create_task', 'note_activity']

describe.each([
  ['HTTP', overHttp],
  ['standard streams', overStdio],
])('an assistant over %s', (_name, connect) => {
  it('finds its way from the objects to a record, a figure and a task', async () => {
    const client = await connect(await keyOf('管', 'write'))
    expect(client.getServerVersion()?.name).toBe('terrace')
    expect(await toolsOf(client)).toEqual(expect.arrayContaining(writing))
    const { json: all } = await call(client, 'list_objects')
    expect(all.objects.map(({ key }: { key: string }) => key)).toContain('account')
    const { json: one } = await call(client, 'list_objects', { object: 'task' })
    expect(one.objects[0].fields).toContainEqual(expect.objectContaining({ key: 'dueOn', type: 'date' }))

    const filter = 'amount>=90 account.name:秘密'
    const { json: found } = await call(client, 'query_records', {
      object: 'order',
      filter,
      fields: ['code', 'amount'],
      limit: 2,
    })
    expect(found.rows).toHaveLength(2)
    const { json: rest } = await call(client, 'query_records', {
      object: 'order',
      filter,
      fields: ['code', 'amount'],
      cursor: found.cursor,
    })
    expect(rest.rows).toHaveLength(2)
    const { json: order } = await call(client, 'get_record', { object: 'order', id: found.rows[0].id })
    expect(order.amount).toMatch(/^90/)

    const { json: tree } = await call(client, 'read_attainment', { metric: 'signed_amount', period: '2026' })
    expect([tree.actual, tree.target]).toEqual(['400', '1200'])
    const { json: behind } = await call(client, 'records_behind', { metric: 'signed_amount', period: '2026' })
    expect(behind.count).toBe(4)
    expect((await call(client, 'read_series', { metric: 'signed_amount', period: '2026' })).json).toHaveLength(12)
    expect((await call(client, 'list_plans', { year: 2026 })).json.plans).toHaveLength(1)
    expect((await call(client, 'list_metrics')).json.metrics.length).toBeGreaterThan(3)

    const account = here.records['account']?.甲
    const { json: task } = await call(client, 'create_task', { subject: '助手建的', dueOn: '2026-07-01', account })
    await call(client, 'add_comment', { object: 'task', id: task.id, text: '助手说的' })
    const office = as(here.somebody('管'))
    const { entries } = (await office.get(`/records/task/${task.id}/history`)).body
    expect(entries.at(-1)).toMatchObject({ action: 'created', via: 'key', personName: '管' })
    expect((await office.get(`/records/task/${task.id}/comments`)).body.comments[0].text).toBe('助手说的')
  }, 120_000)

  it('with a key that only reads is not offered to write', async () => {
    const client = await connect(await keyOf('甲', 'read'))
    expect((await toolsOf(client)).filter((name) => writing.includes(name))).toEqual([])
    const { json } = await call(client, 'query_records', { object: 'account' })
    expect(json.rows.map(({ ownerId }: { ownerId: string }) => ownerId)).toEqual([here.people.甲])
  }, 120_000)
})

describe('an assistant', () => {
  it('is told in words what is refused', async () => {
    const client = await overHttp(await keyOf('甲', 'write'))
    const hidden = { object: 'account', id: here.records['account']?.丁 }
    expect(await call(client, 'get_record', hidden)).toMatchObject({
      isError: true,
      text: expect.stringContaining('RECORD_NOT_FOUND'),
    })
    const wrong = await call(client, 'query_records', { object: 'account', filter: 'nothing>3' })
    expect([wrong.isError, wrong.text]).toEqual([true, expect.stringMatching(/^[A-Z_]+: .+/)])
    expect((await call(client, 'create_task', { subject: 'x', dueOn: 'soon' })).isError).toBe(true)
    expect((await call(client, 'no_such_tool')).isError).toBe(true)
  })

  it('reaches no more than the scopes of its key', async () => {
    const client = await overHttp(await keyOf('管', 'account:read', 'task:write'))
    expect(await toolsOf(client)).toEqual(['add_comment', 'create_task', 'get_record', 'list_objects', 'query_records'])
    expect((await call(client, 'query_records', { object: 'account' })).json.rows.length).toBe(4)
    expect((await call(client, 'query_records', { object: 'order' })).text).toContain('KEY_SCOPE_MISSING')
  })

  it('asks for less where an answer would be too long', async () => {
    const office = as(here.somebody('管'))
    const rows = Array.from({ length: 60 }, (_, at) => ({ values: { subject: `长${at}`, note: '长'.repeat(4000) } }))
    await office.post('/records/task/bulk', { act: 'create', rows })
    const client = await overHttp(await keyOf('管', 'read'))
    const asked = { object: 'task', filter: 'subject:长', limit: 60 }
    expect(await call(client, 'query_records', asked)).toMatchObject({
      isError: true,
      text: expect.stringContaining('fewer'),
    })
    expect((await call(client, 'query_records', { ...asked, fields: ['subject'] })).json.rows).toHaveLength(60)
  })

  it('without a key in use gets nowhere', async () => {
    await expect(overHttp('terrace_nothing')).rejects.toThrow()
    expect((await anybody.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' })).status).toBe(401)
    expect((await anybody.get('/mcp')).status).toBe(405)
  })
})
