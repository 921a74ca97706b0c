import type { FieldFault } from '#base/errors.ts'
import { mappingSchema, type Mapping } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { transferErrors } from './errors.ts'
import { dropFile, pathOfFile, storeFile } from './file-store.ts'
import type { ImportRun } from './import-store.ts'
import { openTable } from './open-table.ts'
import { showImport, startImport } from './start-import.ts'
import type { ImportTarget } from './target.ts'
import { importTarget } from './targets.ts'

/** A file whose columns are called after the fields of the object, and how its rows are meant. */
export interface Load {
  readonly object: string
  readonly mode: Mapping['mode']
  /** Key of the field by which a row is recognised again; without it every row makes a record. */
  readonly by?: string | undefined
  readonly name: string
  readonly content: AsyncIterable<Uint8Array>
}

/** Keeps the file and imports it in the background, without anybody describing it first: programs know the fields. */
export async function loadFile(ctx: Ctx, { object, mode, by, name, content }: Load): Promise<ImportRun> {
  const target = importTarget(ctx, object)
  const file = await storeFile(ctx, name, content)
  try {
    const { headers } = await openTable(pathOfFile(ctx, file.id), { expected: target.fields.map(({ key }) => key) })
    const mapping = mappingSchema.parse({
      object,
      mode,
      columns: columnsOf(headers, target),
      ...(by === undefined ? {} : { upsertKey: by }),
    })
    return await startImport(ctx, { fileId: file.id, mapping })
  } catch (error) {
    await dropFile(ctx, file.id)
    throw error
  }
}

const unknown = { zh: '没有“{name}”这个字段', en: 'There is no field “{name}”' }

function columnsOf(headers: readonly string[], { fields }: ImportTarget): Record<string, string> {
  const known = new Set(fields.map(({ key }) => key))
  const faults = headers
    .filter((header) => !known.has(header))
    .map((header): FieldFault => ({ field: header, code: 'unknown', label: unknown, params: { name: header } }))
  if (faults.length > 0) throw transferErrors.MAPPING_INVALID({}, faults.slice(0, 50))
  return Object.fromEntries(headers.map((header) => [header, header]))
}

/** A load as it stands now, if it is one of this object. */
export async function showLoad(ctx: Ctx, object: string, id: string): Promise<ImportRun> {
  const run = await showImport(ctx, id)
  if (run.object !== object) throw transferErrors.IMPORT_NOT_FOUND()
  return run
}
