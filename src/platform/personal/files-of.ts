import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { pathOfFile } from '#platform/transfer/index.ts'
import type { Subject } from './subject.ts'

type Records = Pick<Subject, 'object' | 'ids'>

/** Forgets the files of these records, those in the recycle bin too; answers their keys, whose contents go next. */
export async function forgetFilesOf({ tx, ctx }: Step, { object, ids }: Records): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from attachment
    where company_id = ${ctx.company.id} and object = ${object.key} and record_id = any(${ids}::uuid[])
    returning id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Imports that brought these records in: their file and what was refused of it are still kept for a while. */
export async function importsOf(tx: Tx, ctx: Ctx, { object, ids }: Records): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct r.id from audit_entry a
    join import_run r on r.company_id = a.company_id and r.operation_id = a.operation_id and r.file_id is not null
    where a.company_id = ${ctx.company.id} and a.object = ${object.key} and a.record_id = any(${ids}::uuid[])
      and r.state in ('done', 'cancelled', 'failed')`.execute(tx)
  return rows.map((row) => row.id)
}

/** Removes those files at once, first what is known of them. */
export async function forgetImportFiles({ tx, ctx }: Step, imports: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with let_go as (
      update import_run set file_id = null from (
        select id as run, file_id as file from import_run
        where company_id = ${ctx.company.id} and id = any(${imports}::uuid[])) f
      where company_id = ${ctx.company.id} and import_run.id = f.run returning f.file
    )
    select distinct file as id from let_go where file is not null`.execute(tx)
  const files = rows.map((row) => row.id)
  await sql`
    delete from stored_file f where company_id = ${ctx.company.id} and id = any(${files}::uuid[])
      and not exists (select from import_run r where r.company_id = f.company_id and r.file_id = f.id)`.execute(tx)
  return files
}

export async function removeImportFiles(ctx: Ctx, files: readonly string[]): Promise<void> {
  for (const id of files) await rm(pathOfFile(ctx, id), { force: true })
}
