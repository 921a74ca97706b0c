import { PassThrough, type Readable } from 'node:stream'
import { inWords } from '#base/label.ts'
import { fold } from '#engine/transfer/fold.ts'
import type { FieldFault } from '#base/errors.ts'
import type { Target } from '#engine/transfer/mapping.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { rejectsAfter, type ImportRun, type Reject } from './import-store.ts'
import { openFileOf } from './run-import.ts'
import { writeSheet, type SheetFormat } from './sheet-writer.ts'
import { importTarget } from './targets.ts'

const lineHeader = { zh: '原文件行号', en: 'Line in file' }
const reasonHeader = { zh: '未导入原因', en: 'Why it was refused' }
const keptMark = { zh: '已保存，但：', en: 'Saved, but: ' }

/** The refused rows as the file had them, with line and reason in front: repaired, the same file imports again. */
export async function rejectsFile(ctx: Ctx, run: ImportRun, format: SheetFormat): Promise<Readable> {
  const table = await openFileOf(ctx, run)
  const target = importTarget(ctx, run.object)
  const own = new Set([lineHeader, reasonHeader].flatMap((label) => [fold(label.zh), fold(label.en)]))
  // A second round brings the columns of the first.
  const kept = table.headers.flatMap((header, at) => (own.has(fold(header)) ? [] : [at]))
  const header = [
    inWords(lineHeader, ctx.language),
    inWords(reasonHeader, ctx.language),
    ...kept.map((at) => table.headers[at] ?? ''),
  ]
  const out = new PassThrough()
  const rows = async function* () {
    for await (const reject of allRejects(ctx, run.id)) {
      yield [String(reject.line), reasonOf(reject, target, ctx), ...kept.map((at) => reject.cells[at] ?? '')]
    }
  }
  void writeSheet(out, format, header, rows()).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return out
}

/** Every refused row, in the order of the file. */
export async function* allRejects(ctx: Ctx, importId: string): AsyncGenerator<Reject> {
  let [line, part] = [-1, -1]
  for (;;) {
    const page = await inView(ctx, (tx) => rejectsAfter(tx, ctx, importId, line, part))
    yield* page
    const last = page.at(-1)
    if (!last) return
    ;[line, part] = [last.line, last.part]
  }
}

function reasonOf({ faults, isKept }: Reject, target: Target, ctx: Ctx): string {
  const mark = isKept ? inWords(keptMark, ctx.language) : ''
  return mark + faults.map((one) => wordsOfFault(one, target, ctx)).join(ctx.language === 'zh' ? '；' : '; ')
}

/** `Amount: “much” is not a number`. */
export function wordsOfFault(one: FieldFault, target: Target, ctx: Ctx): string {
  const field = target.fields.find((candidate) => candidate.key === one.field)
  const text = inWords(one.label, ctx.language, one.params)
  if (!field) return text
  return `${inWords(field.label, ctx.language)}${ctx.language === 'zh' ? '：' : ': '}${text}`
}
