import { PassThrough, type Readable } from 'node:stream'
import { inWords, type Label } from '#base/label.ts'
import { wallTimeIn } from '#engine/calendar/wall-time.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep } from '#platform/db/step.ts'
import { writeSheet, type Cell, type SheetFormat } from '#platform/transfer/index.ts'
import type { AuditEntryView, AuditNarrowing } from '../contract.ts'
import { pageOf } from './read-log.ts'

const pageSize = 500

interface Column {
  readonly label: Label
  cell(entry: AuditEntryView, ctx: Ctx): Cell
}

const columns: readonly Column[] = [
  { label: { zh: '时间', en: 'Time' }, cell: ({ at }, ctx) => momentCell(ctx, at) },
  { label: { zh: '人员', en: 'Person' }, cell: ({ personName }) => personName ?? 'Terrace' },
  { label: { zh: '动作', en: 'Action' }, cell: ({ actionLabel }) => actionLabel },
  { label: { zh: '对象', en: 'Object' }, cell: ({ objectLabel }) => objectLabel },
  { label: { zh: '记录', en: 'Record' }, cell: ({ title, recordId }) => title ?? recordId },
  {
    label: { zh: '变化', en: 'Changes' },
    cell: ({ changes }, ctx) => changes.map((one) => lineOf(one, ctx)).join('\n'),
  },
  { label: { zh: '原因', en: 'Reason' }, cell: ({ reason }) => reason },
  { label: { zh: '来源', en: 'Origin' }, cell: ({ origin }, ctx) => inWords(originNames[origin], ctx.language) },
  { label: { zh: '地址', en: 'Address' }, cell: ({ address }) => address },
  { label: { zh: '浏览器或程序', en: 'Browser or program' }, cell: ({ agent }) => agent },
  { label: { zh: '封条', en: 'Seal' }, cell: ({ seal }) => seal },
  { label: { zh: '编号', en: 'Id' }, cell: ({ id }) => id },
]

const originNames: Readonly<Record<AuditEntryView['origin'], Label>> = {
  page: { zh: '页面', en: 'Page' },
  key: { zh: 'API 密钥', en: 'API key' },
  system: { zh: '系统', en: 'System' },
}

/** The log as the same conditions list it, read page by page while it is written. The export is an entry, too. */
export async function exportLog(
  ctx: Ctx,
  { format, ...asked }: AuditNarrowing & { readonly format: SheetFormat },
): Promise<{ readonly name: string; readonly stream: Readable }> {
  await inStep(
    ctx,
    async (step) =>
      step.audit({
        object: 'audit',
        recordId: ctx.company.id,
        action: 'exported',
        before: null,
        after: { format, ...asked },
      }),
    { kind: 'audit.export' },
  )
  const out = new PassThrough()
  const header = columns.map(({ label }) => inWords(label, ctx.language))
  void writeSheet(out, format, header, rowsOf(ctx, asked)).catch((error: unknown) => {
    ctx.log.error({ err: error }, 'an export of the audit log broke off')
    out.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return { name: `audit-${ctx.today}.${format}`, stream: out }
}

async function* rowsOf(ctx: Ctx, asked: AuditNarrowing): AsyncGenerator<readonly Cell[]> {
  for (let after: string | undefined; ;) {
    const page = await pageOf(ctx, asked, { after, limit: pageSize })
    for (const entry of page.entries) yield columns.map((column) => column.cell(entry, ctx))
    after = page.entries.at(-1)?.id
    if (page.isLast || after === undefined) return
  }
}

function momentCell(ctx: Ctx, at: AuditEntryView['at']): Cell {
  const shown = wallTimeIn(ctx.company.zone, new Date(at))
  return { moment: shown.toISOString().slice(0, 19).replace('T', ' ') }
}

function lineOf({ label, before, after, isErased }: AuditEntryView['changes'][number], ctx: Ctx): string {
  if (isErased) return `${label}: ${inWords({ zh: '（已删除）', en: '(erased)' }, ctx.language)}`
  return `${label}: ${before ?? '—'} → ${after ?? '—'}`
}
