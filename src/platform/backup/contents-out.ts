import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { contentName, middleName, previewName, type ContentStore } from '#platform/files/content-store.ts'
import { nobody } from '#platform/db/new-id.ts'
import { attachedMemberOf, importedMemberOf, type BackupManifest } from './format.ts'
import type { ArchiveWriter } from './write-archive.ts'

/** Where the bytes of files lie that the database only knows of. */
export interface ContentsSource {
  readonly ownerUrl: string
  /** Of attachments. */
  readonly store: ContentStore
  /** Folder of the files that are being imported, by company. */
  readonly importsFolder: string
}

export type ContentsOutcome = Pick<BackupManifest, 'contents' | 'purged' | 'lost'>

interface Attached {
  readonly companyId: string
  readonly id: string
  readonly hasPreview: boolean
  readonly hasMiddle: boolean
}

const portion = 500

/** The tables that know of contents; a database of an older version may lack them. */
type KnownIn = ReadonlySet<string>

/** What the contents come to, as the database has it. */
export async function bytesOfContents(client: pg.Client, tables: KnownIn): Promise<number> {
  let bytes = 0
  for (const table of ['attachment', 'stored_file'].filter((name) => tables.has(name))) {
    const { rows } = await client.query<{ bytes: number }>(
      `select coalesce(sum(size), 0)::double precision as bytes from ${table}`,
    )
    bytes += rows[0]?.bytes ?? 0
  }
  return bytes
}

/**
 * Adds the contents of all files that the snapshot knows. One that is not there any more was either removed for good since,
 * with its row, or is lost: both are said.
 */
export async function addContents(
  client: pg.Client,
  archive: ArchiveWriter,
  { tables, ...source }: ContentsSource & { readonly tables: KnownIn },
  onBytes: (bytes: number) => void,
): Promise<ContentsOutcome> {
  const contents = { count: 0, bytes: 0 }
  const purged: { companyId: string; id: string }[] = []
  const lost: { companyId: string; name: string }[] = []
  const add = async (member: string, found: Found) => {
    await archive.addStream(member, found.size, found.body)
    contents.count += 1
    contents.bytes += found.size
    onBytes(contents.bytes)
  }
  for await (const file of tables.has('attachment') ? attachedIn(client) : []) {
    for (const name of namesOf(file)) {
      const found = await attached(source.store, file.companyId, name)
      if (found) await add(attachedMemberOf(file.companyId, name), found)
      else if (await isKnown(source.ownerUrl, file)) lost.push({ companyId: file.companyId, name })
      else if (purged.at(-1)?.id !== file.id) purged.push({ companyId: file.companyId, id: file.id })
    }
  }
  for await (const { companyId, id } of tables.has('stored_file') ? importedIn(client) : []) {
    const found = await imported(join(source.importsFolder, companyId, id))
    if (found) await add(importedMemberOf(companyId, id), found)
  }
  return { contents, purged, lost }
}

const namesOf = ({ id, hasPreview, hasMiddle }: Attached): readonly string[] => [
  contentName(id),
  ...(hasPreview ? [previewName(id)] : []),
  ...(hasMiddle ? [middleName(id)] : []),
]

interface Found {
  readonly size: number
  readonly body: Readable
}

async function attached(store: ContentStore, companyId: string, name: string): Promise<Found | undefined> {
  const size = await store.sizeOf({ companyId, name })
  const body = size === undefined ? undefined : await store.get({ companyId, name })
  return size !== undefined && body ? { size, body } : undefined
}

async function imported(path: string): Promise<Found | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && { size: found.size, body: createReadStream(path) }
}

/** Whether it is still known now, and not only at the moment of the backup. */
async function isKnown(ownerUrl: string, { companyId, id }: Attached): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query('select from attachment where company_id = $1 and id = $2', [companyId, id])
    return rows.length > 0
  } finally {
    await client.end()
  }
}

function attachedIn(client: pg.Client): AsyncGenerator<Attached> {
  return inPortions<Attached>(
    client,
    `select company_id as "companyId", id, has_preview as "hasPreview", has_middle as "hasMiddle" from attachment`,
  )
}

/** Of imports whose file is no longer needed the file may be gone; its row says no more than its name. */
function importedIn(client: pg.Client): AsyncGenerator<{ readonly companyId: string; readonly id: string }> {
  return inPortions(client, 'select company_id as "companyId", id from stored_file')
}

async function* inPortions<Row extends { readonly companyId: string; readonly id: string }>(
  client: pg.Client,
  select: string,
): AsyncGenerator<Row> {
  let after = [nobody, nobody]
  for (;;) {
    const { rows } = await client.query<Row>(
      `${select} where (company_id, id) > ($1, $2) order by company_id, id limit ${portion}`,
      after,
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < portion) return
    after = [last.companyId, last.id]
  }
}
