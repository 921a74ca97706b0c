import { sql } from 'kysely'
import { it } from 'vitest'
import { sealAudit, verifyAudit } from '#platform/audit/index.ts'
import { findEntries } from '#features/audit/server/log-store.ts'
import { createRecord } from '#platform/records/save.ts'
import { newId } from '#platform/db/new-id.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'
import { appendFileSync } from 'node:fs'

const { database } = await testApp()
const say = (text: string) => appendFileSync('/tmp/scale/out.txt', `${text}\n`)
const n = Number(process.env['SCALE'] ?? 2_000_000)

it('scales', { timeout: 3_000_000 }, async () => {
  const company = await smallCompany(database, { slug: 'scale' })
  const { ctx } = company
  const co = ctx.company.id
  const people = Object.values(company.people)
  let began = Date.now()
  for (let at = 0; at < 500; at += 1) await createRecord(ctx, 'account', { name: `测速 ${at}` }, { confirmed: true })
  say(`save: ${(Date.now() - began) / 500} ms`)
  began = Date.now()
  const op = newId()
  await sql`insert into operation (company_id, id, kind, via) values (${co}, ${op}, 'import', 'page')`.execute(database.owner)
  // one entry per step for the first half, 500 per step for the second
  await sql.raw(`
    create or replace function pg_temp.key(i bigint) returns uuid language sql immutable as $$
      select (lpad(to_hex(1700000000000 + i * 3000), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') || '8000' || lpad(to_hex(i), 12, '0'))::uuid $$;
    insert into audit_entry (company_id, id, operation_id, step_id, at, person_id, object, record_id, action, before, after)
    select '${co}', pg_temp.key(i), '${op}', case when i <= ${n / 2} then pg_temp.key(i) else pg_temp.key(${n / 2} + ((i - ${n / 2} - 1) / 500) * 500 + 1) end,
      to_timestamp(1700000000 + i * 3), case when i % 1000 = 0 then '${people[1]}'::uuid else '${people[0]}'::uuid end,
      case when i % 100000 = 0 then 'exchange_rate' when i % 3 = 0 then 'contact' else 'opportunity' end, gen_random_uuid(),
      case when i % 50000 = 0 then 'exported' when i % 4 = 0 then 'updated' else 'created' end,
      case when i % 4 = 0 then '{"stage": "0197-old", "amount": "100.00"}'::jsonb end,
      jsonb_build_object('name', '客户' || i, 'phone', '138' || lpad((i % 100000000)::text, 8, '0'), 'amount', i::text, 'stage', 'x')
    from generate_series(1, ${n}) i;
    insert into audit_step (company_id, id, operation_id, first_id, last_id, entries)
    select '${co}', step_id, '${op}', min(id::text)::uuid, max(id::text)::uuid, count(*) from audit_entry where operation_id = '${op}' group by step_id;
    analyze audit_entry; analyze audit_step; analyze operation;`).execute(database.owner)
  say(`filled ${n} in ${(Date.now() - began) / 1000} s`)
  const { rows: sizes } = await sql<{ s: string }>`select 'entry ' || pg_size_pretty(pg_total_relation_size('audit_entry')) || ', step ' || pg_size_pretty(pg_total_relation_size('audit_step')) as s`.execute(database.owner)
  say(sizes[0]?.s ?? '')
  const asked: [string, object][] = [
    ['newest', {}], ['person frequent', { person: people[0] }], ['person rare', { person: people[1] }], ['object frequent', { object: 'contact' }],
    ['object rare', { object: 'exchange_rate' }], ['object none', { object: 'plan' }], ['action rare', { action: 'exported' }], ['action none', { action: 'erased' }],
    ['key', { origin: 'key' }], ['system', { origin: 'system' }], ['period', { from: '2023-11-16', to: '2023-11-17' }], ['rare in a period', { from: '2023-11-16', to: '2023-11-20', action: 'exported' }],
    ['person and object', { person: people[1], object: 'exchange_rate' }],
  ]
  for (const [name, one] of asked) {
    const start = performance.now()
    const rows = await database.db.transaction().execute(async (tx) => {
      await sql`select set_config('app.company', ${co}, true)`.execute(tx)
      return findEntries(tx as never, ctx, one, { limit: 51 })
    })
    const first = performance.now() - start
    const again = performance.now()
    await database.db.transaction().execute(async (tx) => {
      await sql`select set_config('app.company', ${co}, true)`.execute(tx)
      return findEntries(tx as never, ctx, one, { limit: 51 })
    })
    say(`${name}: ${rows.length} rows, ${first.toFixed(1)} ms, again ${(performance.now() - again).toFixed(1)} ms`)
  }
  began = Date.now()
  const steps = await sealAudit(ctx)
  say(`sealed ${steps} steps of ${n} entries in ${(Date.now() - began) / 1000} s`)
  began = Date.now()
  const verdict = await verifyAudit(ctx)
  say(`verified in ${(Date.now() - began) / 1000} s: ${verdict.misfits.length} misfits`)
})
