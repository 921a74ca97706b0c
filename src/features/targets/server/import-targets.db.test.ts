import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import { keepFilesIn, prepareImport, runSet, storeFile } from '#platform/transfer/index.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testApp } from '#testing/test-app.ts'

const work = mkdtempSync(join(tmpdir(), 'terrace-targets-'))
afterAll(() => rmSync(work, { recursive: true }))
const { database } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
keepFilesIn(work)
const { ctx, as } = await smallCompany(database)

async function bring(lines: readonly string[]) {
  const file = await storeFile(ctx, 'targets.csv', Readable.from([Buffer.from(lines.join('\n'))]))
  const mapping = mappingSchema.parse({
    object: 'target',
    columns: { who: 'person', when: 'period', day: 'on', much: 'amount' },
    constants: { metric: '销售额' },
  })
  const { setId } = await prepareImport(ctx, { fileId: file.id, mapping })
  const [run] = await runSet(ctx, setId)
  return { created: run?.created, updated: run?.updated, unchanged: run?.unchanged, rejected: run?.rejected }
}

/** The first three months of every row of the plan of 2026, by unit or person. */
async function planned(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; months: string[] }>`
    select coalesce(p.name, u.name) as name, array(select trim_scale(m)::text from unnest(t.months[1:3]) m) as months
    from target t join unit u on u.id = t.unit_id left join person p on p.id = t.person_id
    join plan l on l.id = t.plan_id join period f on f.id = l.period_id
    where f.year = 2026 order by t.position`.execute(database.owner)
  return Object.fromEntries(rows.map(({ name, months }) => [name, months.join(' ')]))
}

describe('targets from a file of people and periods', () => {
  it('make the plan of the year, and units are the sums of their people', async () => {
    const came = await bring(['who,when,day,much', '甲,2026-M01,,100', '甲,2026-02,,200.5', '乙,,2026-01-31,50', '丁,2026-01,,7']) // prettier-ignore
    expect(came).toEqual({ created: 4, updated: 0, unchanged: 0, rejected: 0 })
    expect(await planned()).toMatchObject({
      公司: '157 200.5 0',
      东区: '150 200.5 0',
      东一队: '150 200.5 0',
      甲: '100 200.5 0',
      乙: '50 0 0',
      西区: '7 0 0',
    })
    const { rows } = await sql<{ status: string; kind: string }>`
      select l.status, r.kind from plan l join plan_revision r on r.plan_id = l.id order by r.version desc limit 1`.execute(
      database.owner,
    )
    expect(rows).toEqual([{ status: 'published', kind: 'published' }])
  })

  it('change what is there when they come again', async () => {
    const came = await bring(['who,when,day,much', '甲,2026-M01,,100', '乙,2026-M01,,60'])
    expect(came).toEqual({ created: 0, updated: 1, unchanged: 1, rejected: 0 })
    expect(await planned()).toMatchObject({ 公司: '167 200.5 0', 乙: '60 0 0' })
  })

  it('are refused row by row, where nobody, no single period or no such amount is meant', async () => {
    const came = await bring(['who,when,day,much', '无此人,2026-M01,,1', '甲,2026-Q1,,1', '甲,,,1', '甲,2026-M01,,-1', '甲,2026-M01,,0.001', '甲,2026-M03,,3']) // prettier-ignore
    expect(came).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 5 })
    expect(await planned()).toMatchObject({ 甲: '100 200.5 3', 公司: '167 200.5 3' })
  })

  it('are brought by whoever makes plans', async () => {
    const rep = as('甲', 'representative')
    const mapping = mappingSchema.parse({ object: 'target', columns: { who: 'person' } })
    await expect(prepareImport(rep, { fileId: 'none', mapping })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })
})
