import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { oversee } from '#engine/contract/oversight.ts'
import { mayAct } from '#platform/records/scope.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { transferErrors } from './errors.ts'

export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly size: number
}

let folder = './data/files'

/** Where uploaded files are kept; the app says so once at its start. */
export function keepFilesIn(path: string): void {
  folder = resolve(path)
}

/** Files lie by company, so that one company's files can be removed or moved as a whole. */
export function folderOf(ctx: Ctx): string {
  return join(folder, ctx.company.id)
}

export function pathOfFile(ctx: Ctx, id: string): string {
  return join(folderOf(ctx), id)
}

/** Keeps what comes in and answers its key. What does not arrive whole leaves nothing behind. */
export async function storeFile(
  ctx: Ctx,
  name: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<StoredFile> {
  const id = newId()
  const path = pathOfFile(ctx, id)
  await mkdir(folderOf(ctx), { recursive: true })
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600 }))
    const { size } = await stat(path)
    if (size === 0) throw transferErrors.FILE_EMPTY()
    const shown =
      name
        .replace(/[\p{Cc}/\\]/gu, '')
        .trim()
        .slice(0, 200) || 'file'
    await inStep(ctx, async ({ tx }) => {
      await sql`
        insert into stored_file (company_id, id, name, size, created_by)
        values (${ctx.company.id}, ${id}, ${shown}, ${size}, ${ctx.actor.personId})`.execute(tx)
    })
    return { id, name: shown, size }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Forgets a file that nothing refers to yet. */
export async function dropFile(ctx: Ctx, id: string): Promise<void> {
  await inStep(ctx, async ({ tx }) => {
    await sql`delete from stored_file where company_id = ${ctx.company.id} and id = ${id}`.execute(tx)
  })
  await rm(pathOfFile(ctx, id), { force: true })
}

/** A file that the actor brought in, or any of the company's for those who administer it. */
export async function findFile(ctx: Ctx, id: string): Promise<StoredFile> {
  const rows = isId(id)
    ? await inView(ctx, (tx) =>
        ownFile(ctx, id)
          .execute(tx)
          .then((found) => found.rows),
      )
    : []
  const [file] = rows
  if (!file) throw transferErrors.FILE_NOT_FOUND({ name: id })
  return { ...file, size: Number(file.size) }
}

function ownFile(ctx: Ctx, id: string) {
  const seesAll = mayAct(ctx, oversee)
  return sql<{ id: string; name: string; size: string }>`
    select id, name, size from stored_file
    where company_id = ${ctx.company.id} and id = ${id}
      and (${seesAll} or created_by is not distinct from ${ctx.actor.personId})`
}

/** Those of these keys that stand for a stored file. */
export async function knownFiles(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from stored_file where company_id = ${ctx.company.id} and id = any(${ids}::uuid[])`.execute(tx)
  return rows.map((row) => row.id)
}
