import { seed } from './seeded.ts'
import { readFileSync } from 'node:fs'
import { createRecord } from '#platform/records/save.ts'
import { keyAt, kinds } from './keys.ts'
import pg from 'pg'
import { sql, CompiledQuery } from 'kysely'
const s = await seed(Number(process.argv[2] ?? 0.02))
await s.facts()
const cpu = (pid: number) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
const last: [string, any[]][] = []
let on = false,
  client: any
const orig = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (a: any, b: any, c: any) {
  if (on) client = this
  if (on && Array.isArray(b) && /credit_facts/.test(a)) last.push([a, b])
  return orig.call(this, a, b, c)
}
const write = (place: number) =>
  createRecord(s.everybody, 'order', {
    code: `B${place}`,
    account: keyAt(kinds.account, (place * 7919) % s.size.orders),
    amount: '100',
    orderedOn: `2025-12-31`,
    ownerId: keyAt(kinds.person, (place * 31) % s.size.people),
  })
for (let i = 0; i < 50; i++) await write(i)
on = true
for (let i = 50; i < 52; i++) await write(i)
on = false
const ownerUrl = (s as any).ownerUrl as string
const [text, params] = last.at(-1)!
{
  const p = client
  client = new pg.Client({
    host: p.host,
    port: p.port,
    user: p.user,
    password: p.connectionParameters.password,
    database: p.database,
  })
  await client.connect()
}
console.log(text)
const run = async (name: string, text: string, params: any[], n = 300) => {
  await client.query('begin')
  await client.query(`select set_config('app.company', '${s.everybody.company.id}', true)`)
  const id = (params as any[]).find((x) => Array.isArray(x) && /^\w{8}-/.test(x[0]))?.[0]
  const q = async () => {
    await client.query('savepoint a')
    if (/credit_facts/.test(typeof text === 'string' ? text : (text as any).text))
      await client.query('delete from ledger_row where record_id = $1', [id])
    const c0 = cpu(client.processID)
    await client.query(text as any, params)
    const d = cpu(client.processID) - c0
    await client.query('rollback to a')
    return d
  }
  for (let i = 0; i < 20; i++) await q()
  const all: number[] = []
  for (let i = 0; i < n; i++) all.push(await q())
  await client.query('rollback')
  all.sort((a, b) => a - b)
  console.log(name.padEnd(40), 'median cpu ms', all[n >> 1]!.toFixed(3))
}
;(globalThis as any).run = run
await run('whole', text, params)
await run('whole, named', { name: 'x', text } as any, params)
const factsOnly = text
  .replace(/select array_agg\(f.record_id\)[\s\S]*?from \(/, 'select count(*), $1::text[], $2::text, $3::text from (')
  .replace(/having count\(\*\) > 0/, '')
await run('facts only', factsOnly, params)
const one = await client.query('select 1')
void one
await client.query('begin')
await client.query(`select set_config('app.company', '${s.everybody.company.id}', true)`)
const arr = (
  await client.query(
    text.replace(
      /select array_agg\(f.record_id\)[\s\S]*?from \(/,
      'select array_agg(row(f.*)::ledger_fact)::text as a, $1::text[], $2::text, $3::text from (',
    ),
    params,
  )
).rows[0].a
await client.query('rollback')
const id = params.find((x) => Array.isArray(x) && /^\w{8}-/.test(x[0]))
await run('credit_facts of a constant', 'select credit_facts($1, $2, $3::ledger_fact[]), $4::uuid[]', [
  'order',
  'CNY',
  arr,
  id,
])
await run('select 1', 'select $1::text', ['a'])
const extra = process.argv[3]
if (extra) await (await import(extra)).default(run, text, params, arr, id, client, s, await (async () => { const o = new pg.Client({ connectionString: ownerUrl }); await o.connect(); return o })())
await s.close()
process.exit(0)
