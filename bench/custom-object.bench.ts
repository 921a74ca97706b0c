import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { SortKey } from '#engine/model/object-type.ts'
import { eq, type Filter } from '#engine/query/filter.ts'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { createField } from '#features/shaping/server/change-fields.ts'
import { createObject } from '#features/shaping/server/change-objects.ts'
import type { FieldDraft } from '#features/shaping/contract.ts'
import { connect } from '#platform/db/connect.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { findCompany } from '#platform/db/system.ts'
import { queryRecords } from '#platform/records/read.ts'
import { keepFilesIn, prepareImport, runSet, storeFile } from '#platform/transfer/index.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { percentile, timeOf, timesInTurn } from './measure.ts'
import { seed } from './seeded.ts'

const object = 'site__c'

/** The twelve fields, by the field of accounts whose values they hold. */
const fields: Readonly<Record<string, { readonly key: string; readonly draft: Omit<FieldDraft, 'label'> }>> = {
  code: { key: 'code__c', draft: { type: 'text', unique: true } },
  industry: { key: 'trade__c', draft: { type: 'text', oftenFiltered: true } },
  province: { key: 'place__c', draft: { type: 'text', oftenFiltered: true } },
  city: { key: 'city__c', draft: { type: 'text' } },
  phone: { key: 'phone__c', draft: { type: 'phone' } },
  employees: { key: 'staff__c', draft: { type: 'number', whole: true, oftenFiltered: true } },
  annualRevenue: { key: 'turnover__c', draft: { type: 'money', oftenFiltered: true } },
  website: { key: 'web__c', draft: { type: 'url' } },
  address: { key: 'address__c', draft: { type: 'address' } },
  opened: { key: 'opened__c', draft: { type: 'date', oftenFiltered: true } },
  isActive: { key: 'active__c', draft: { type: 'yes_no' } },
  remark: { key: 'remark__c', draft: { type: 'long_text' } },
}

interface Case {
  readonly name: string
  /** The same question of accounts (`industry`) and of the object (`trade__c`). */
  readonly filter: (named: (account: string) => string) => Filter
  readonly sort: SortKey
}

const cases: readonly Case[] = [
  { name: 'one trade, by name', filter: (f) => eq(f('industry'), '医药'), sort: { field: 'name' } },
  {
    name: 'one place, by last change',
    filter: (f) => eq(f('province'), '杭州'),
    sort: { field: 'updatedAt', descending: true },
  },
  {
    name: 'some, by their number of staff',
    filter: (f) => ({ field: f('employees'), op: 'between', value: [17, 60] }),
    sort: { field: 'name' },
  },
]

/**
 * Sites, an object that the company made, with twelve fields and a row for each of 200,000 accounts, imported from a
 * file; then the same question of a field of its own and of a standard column of the accounts.
 */
export async function bench({ scale }: Setting): Promise<readonly Figure[]> {
  const { everybody, manager, accounts, ownerUrl, close } = await seed(0.2 * scale)
  const folder = mkdtempSync(join(temporaryFolder(), 'terrace-bench-files-'))
  keepFilesIn(folder)
  try {
    await accounts()
    const shaped = await makeObject(everybody)
    const took = await timeOf(() => fill(shaped))
    console.log(`  imported the sites in ${(took / 1000).toFixed(1)} s`)
    await settle(ownerUrl)
    const figures: Figure[] = []
    for (const [role, actor] of [
      ['everybody', everybody],
      ['a manager', manager],
    ] as const) {
      for (const one of cases) figures.push(...(await compare({ ...shaped, actor: actor.actor }, role, one)))
    }
    return figures
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function makeObject(ctx: Ctx): Promise<Ctx> {
  await createObject(ctx, { key: object, label: { zh: '站点', en: 'Site' } })
  for (const { key, draft } of Object.values(fields)) {
    await createField(await asItIsNow(ctx), object, { key, definition: { label: { zh: key, en: key }, ...draft } })
  }
  return asItIsNow(ctx)
}

async function asItIsNow(ctx: Ctx): Promise<Ctx> {
  const company = await findCompany(ctx.db, { id: ctx.company.id })
  if (!company) throw new Error('the company is gone')
  return { ...ctx, company }
}

async function fill(ctx: Ctx): Promise<void> {
  const keys = Object.values(fields).map(({ key }) => key)
  const columns = Object.fromEntries(['name', 'ownerId', ...keys].map((key) => [key, key]))
  const file = await storeFile(ctx, 'sites.csv', linesOf(ctx, Object.keys(columns)))
  const mapping = mappingSchema.parse({ object, mode: 'create', columns })
  const { setId } = await prepareImport(ctx, { fileId: file.id, mapping })
  const [run] = await runSet(ctx, setId)
  if (!run || run.rejected > 0 || run.created === 0) throw new Error(`not all rows came in: ${JSON.stringify(run)}`)
}

/** What the database does by itself within a minute or so: it looks at what came. */
async function settle(ownerUrl: string): Promise<void> {
  const owner = connect(ownerUrl)
  await sql`vacuum analyze custom_record, field_value`.execute(owner.db)
  await owner.close()
}

/** Every account as a line of the file, in the order of the columns. */
async function* linesOf(ctx: Ctx, columns: readonly string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${columns.join(',')}\n`)
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await inView(ctx, (tx) =>
      sql<{ id: string; line: string }>`
        select a.id, concat_ws(',', a.name, p.name, a.code, a.industry, a.province, a.city, a.phone, a.employees,
          a.annual_revenue, 'https://' || lower(a.code) || '.example', a.city || '路 1 号',
          (a.created_at at time zone 'UTC')::date, case when a.employees % 2 = 0 then '是' else '否' end, '备注 ' || a.code) as line
        from account a join person p on p.company_id = a.company_id and p.id = a.owner_id
        where a.company_id = ${ctx.company.id} and a.id > ${after} order by a.id limit 5000`.execute(tx),
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    yield Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
  }
}

async function compare(ctx: Ctx, role: string, { name, filter, sort }: Case): Promise<readonly Figure[]> {
  const ask = (of: string, named: (account: string) => string) =>
    queryRecords(ctx, of, {
      filter: filter(named),
      sort: [sort],
      fields: ['name', 'ownerId'].concat(named('city')),
      limit: 50,
    })
  const acts = {
    standard: () => ask('account', (key) => key),
    own: () => ask(object, (key) => fields[key]?.key ?? key),
  }
  const [one, other] = [await acts.standard(), await acts.own()]
  if (one.rows.length === 0 || one.rows.length !== other.rows.length) throw new Error(`${name}: the answers differ`)
  const times = await timesInTurn({ rounds: 60 }, acts)
  const ratio = percentile(times.own, 0.5) / percentile(times.standard, 0.5)
  return [
    figure(`filter by a field of its own, ${role}, ${name}: p50`, percentile(times.own, 0.5), 'ms'),
    figure(`filter by a standard column, ${role}, ${name}: p50`, percentile(times.standard, 0.5), 'ms'),
    figure(`own ÷ standard, ${role}, ${name}: p50`, ratio, '×', { atMost: 2 }),
  ]
}
