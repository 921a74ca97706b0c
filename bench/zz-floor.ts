import { seed } from './seeded.ts'
import { createRecord } from '#platform/records/save.ts'
import { keyAt, kinds } from './keys.ts'
import pg from 'pg'
const s = await seed(0.05)
await s.accounts()
const last = new Map<string, any[]>()
let on = false
const orig = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (a: any, b: any, c: any) {
  if (on && Array.isArray(b)) last.set(a, b)
  return orig.call(this, a, b, c)
}
const write = (place: number) =>
  createRecord(s.everybody, 'order', {
    code: `B${place}`,
    account: keyAt(kinds.account, (place * 7919) % s.size.accounts),
    amount: String(100 + (place % 9000)),
    orderedOn: `2025-${String(1 + (place % 12)).padStart(2, '0')}-${String(1 + (place % 28)).padStart(2, '0')}`,
    ownerId: keyAt(kinds.person, (place * 31) % s.size.people),
  })
for (let i = 0; i < 300; i++) await write(i)
on = true
await write(301)
on = false
await s.everybody.db.connection().execute(async (c: any) => {
  const { sql, CompiledQuery } = await import('kysely')
  for (const [text, params] of last) {
    if (!/sales_order|account|ledger|audit|person/.test(text)) continue
    let plan: string[] = []
    for (let i = 0; i < 6; i++) {
      await c.executeQuery(CompiledQuery.raw('begin'))
      await c.executeQuery(CompiledQuery.raw(`select set_config('app.company', '${s.everybody.company.id}', true)`))
      if (/credit_facts/.test(text))
        await c.executeQuery(
          CompiledQuery.raw(
            `delete from ledger_row where record_id = '${(params as any[]).find((x) => Array.isArray(x))[0]}'`,
          ),
        )
      try {
        plan = (
          await c.executeQuery(CompiledQuery.raw('explain (analyze, costs off, buffers off) ' + text, params as any[]))
        ).rows.map((r: any) => r['QUERY PLAN'])
      } catch (e) {
        plan = [String(e)]
      }
      await c.executeQuery(CompiledQuery.raw('rollback'))
    }
    console.log('\n###', text.replace(/\s+/g, ' ').slice(0, 100))
    console.log(plan.filter((l) => /Planning Time|Execution Time|rror/.test(l)).join('\n'))
    if (/^\s*select bool_or/.test(text)) {
      console.log(plan.join('\n'))
    }
  }
})
await s.close()
process.exit(0)
