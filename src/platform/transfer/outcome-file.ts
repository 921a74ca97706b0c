import { Readable } from 'node:stream'
import { inWords } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { transferErrors } from './errors.ts'
import type { ImportRun, Reject } from './import-store.ts'
import { allRejects } from './rejects-file.ts'
import { openFileOf } from './run-import.ts'

/**
 * What became of each row of a file, one JSON object a line in the order of the file: `{line, ok}`, with `errors` where it
 * was refused, or saved but for a part of it. Only of a run that is over.
 */
export async function outcomeFile(ctx: Ctx, run: ImportRun): Promise<Readable> {
  if (run.finishedAt === null) throw transferErrors.IMPORT_RUNNING()
  const table = await openFileOf(ctx, run)
  const rejects = await rejectsByLine(ctx, run.id)
  const lines = async function* () {
    let read = 0
    for await (const { line } of table.rows()) {
      read += 1
      // Of a run that was stopped the rest was never looked at.
      if (read > run.rowsRead) return
      const reject = rejects.get(line)
      yield `${JSON.stringify({ line, ok: !reject || reject.isKept === true, ...errorsOf(reject, ctx) })}\n`
    }
  }
  return Readable.from(lines())
}

async function rejectsByLine(ctx: Ctx, id: string): Promise<ReadonlyMap<number, Reject>> {
  const found = new Map<number, Reject>()
  for await (const reject of allRejects(ctx, id)) found.set(reject.line, { ...reject, cells: [] })
  return found
}

function errorsOf(reject: Reject | undefined, { language }: Ctx) {
  if (!reject) return {}
  return {
    errors: reject.faults.map(({ field, code, label, params }) => ({
      field,
      code,
      message: inWords(label, language, params),
    })),
  }
}
