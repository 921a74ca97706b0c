import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import { mappingSchema } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { systemContext } from '#platform/db/system.ts'
import {
  importTarget,
  keepFilesIn,
  prepareImport,
  proposeFor,
  rejectsFile,
  runSet,
  storeFile,
} from '#platform/transfer/index.ts'
import { testDatabase } from '#testing/test-database.ts'
import { createCompany } from './create-company.ts'
import { exportOrg } from './export-org.ts'

arrangeHouse()
const folder = mkdtempSync(join(tmpdir(), 'terrace-org-'))
afterAll(() => rmSync(folder, { recursive: true }))
keepFilesIn(folder)
const { db } = await testDatabase()
let companies = 0

async function company(): Promise<Ctx> {
  const house = { db, log: pino({ level: 'silent' }), now: () => new Date('2026-06-15T04:00:00Z') }
  const made = await createCompany(house, { name: '公司', slug: `org${(companies += 1)}` })
  return systemContext(house, made.company)
}

async function run(ctx: Ctx, csv: string, mapping?: object) {
  const file = await storeFile(ctx, 'org.csv', [Buffer.from(csv)])
  const chosen = mapping
    ? mappingSchema.parse({ object: 'org', ...mapping })
    : (await proposeFor(ctx, importTarget(ctx, 'org'), file.id)).mapping
  const { setId } = await prepareImport(ctx, { fileId: file.id, mapping: chosen })
  const [ended] = await runSet(ctx, setId)
  if (!ended) throw new Error('the import is gone')
  return ended
}

/** `单位 ← 上级, 负责人: 人员` for every unit but the top. */
async function shape(ctx: Ctx): Promise<readonly string[]> {
  const { rows } = await inView(ctx, (tx) =>
    sql<{ line: string }>`
      select u.name || ' ← ' || above.name || ', ' || coalesce(h.name, '-') || ': ' || coalesce((
        select string_agg(p.name, ' ' order by p.name collate "C") from assignment a join person p on p.id = a.person_id
        where a.unit_id = u.id and a.from_day <= '2026-06-15' and a.to_day > '2026-06-15'), '') as line
      from unit u join unit_parent up on up.unit_id = u.id join unit above on above.id = up.parent_id
      left join person h on h.id = u.head_id`.execute(tx),
  )
  return rows.map((row) => row.line).sort()
}

describe('importing the organisation', () => {
  it('keeps phones as logins have them, so that people can sign in by them', async () => {
    const ctx = await company()
    await run(ctx, '组织路径,姓名,手机\n东区,张三,+86 138-0013-8000\n东区,李四,021-5555 转 8\n')
    const { rows } = await inView(ctx, (tx) =>
      sql<{ phone: string }>`select phone from person where phone is not null order by phone`.execute(tx),
    )
    expect(rows.map((row) => row.phone)).toEqual(['021-5555 转 8', '13800138000'])
  })

  it('brings another structure by a column of its own, beside the administrative one', async () => {
    const ctx = await company()
    const csv = '组织结构,组织路径,姓名\n,东区,张三\n区域,华北,张三\n区域,华南,李四\n'
    expect(await run(ctx, csv)).toMatchObject({ rejected: 0 })
    const { rows } = await inView(ctx, (tx) =>
      sql<{ line: string }>`
        select s.name_zh || ': ' || p.name || ' ' || u.name as line from assignment a join person p on p.id = a.person_id
        join unit u on u.id = a.unit_id join structure s on s.id = a.structure_id`.execute(tx),
    )
    expect(rows.map(({ line }) => line).sort()).toEqual(['区域: 张三 华北', '区域: 李四 华南', '行政组织: 张三 东区'])
    expect(await run(ctx, '组织结构,组织路径,姓名\n火星,东区,王五\n')).toMatchObject({ created: 0, rejected: 1 })
  })

  it('makes units from paths, people where they stand, heads who lead them', async () => {
    const ctx = await company()
    const csv =
      '组织路径,负责人,姓名,工号,邮箱\n东区 / 一队,王五,张三,001,z@x.example\n东区 / 一队,王五,李四,002,\n东区,赵六,,,\n西区 > 二队,,孙七,,\n'
    expect(await run(ctx, csv)).toMatchObject({ created: 4, rejected: 0 })
    expect(await shape(ctx)).toEqual(
      [
        '一队 ← 东区, 王五: 张三 李四 王五',
        '东区 ← 公司, 赵六: 赵六',
        '二队 ← 西区, -: 孙七',
        '西区 ← 公司, -: ',
      ].toSorted(),
    )
    expect(await run(ctx, csv)).toMatchObject({ created: 0, updated: 0, unchanged: 4 })
  })

  it('takes one column per level and names built from columns', async () => {
    const ctx = await company()
    const mapping = {
      columns: { office: 'level1', manager: 'head', agent: 'name' },
      templates: { level2: "{manager}'s team" },
    }
    expect(await run(ctx, 'agent,manager,office\nAnna,Dustin,Central\nCecily,Dustin,Central\n', mapping)).toMatchObject(
      { created: 2 },
    )
    expect(await shape(ctx)).toEqual(['Central ← 公司, -: ', "Dustin's team ← Central, Dustin: Anna Cecily Dustin"])
  })

  it('moves people from today on and leaves a head who stands elsewhere there', async () => {
    const ctx = await company()
    await run(ctx, '组织路径,姓名\n东区,张三\n西区,李四\n')
    expect(await run(ctx, '组织路径,负责人,姓名\n西区,李四,张三\n东区,李四,\n')).toMatchObject({ updated: 1 })
    expect(await shape(ctx)).toEqual(['东区 ← 公司, 李四: ', '西区 ← 公司, 李四: 张三 李四'].toSorted())
    const { rows } = await inView(ctx, (tx) =>
      sql`select a.from_day as from, a.to_day as to from assignment a join person p on p.id = a.person_id where p.name = '张三' order by 1`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([
      { from: '-infinity', to: '2026-06-15' },
      { from: '2026-06-15', to: 'infinity' },
    ])
  })

  it('refuses rows without a unit, a name or with a wrong e-mail, and takes the others', async () => {
    const ctx = await company()
    const ended = await run(
      ctx,
      '组织路径,姓名,邮箱\n,张三,\n东区,,a@x.example\n东区,李四,nowhere\n东区,王五,w@x.example\n',
    )
    expect(ended).toMatchObject({ created: 1, rejected: 3 })
    const reasons = await text(await rejectsFile({ ...ctx, language: 'zh' }, ended, 'csv'))
    expect(reasons).toContain('组织路径：必填')
    expect(reasons).toContain('姓名：必填')
    expect(reasons).toContain('邮箱：“nowhere”不是邮箱地址')
  })

  it('understands what the export of the organisation writes', async () => {
    const [from, to] = [await company(), await company()]
    await run(from, '组织路径,负责人,姓名\n东区 / 一队,王五,张三\n西区,,李四\n')
    const file = await exportOrg(from, { format: 'csv' })
    expect(await run(to, file.content.toString())).toMatchObject({ rejected: 0 })
    expect(await shape(to)).toEqual(await shape(from))
  })
})
