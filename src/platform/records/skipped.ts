import type { FieldFault } from '#base/errors.ts'
import { inWords } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { titlesById } from './titles.ts'
import { skippedOf } from './undo-store.ts'

/** A record that an undo left as it is, and why, in the actor's language. */
export interface SkippedRecord {
  readonly object: string
  readonly id: string
  /** Null where it is out of reach. */
  readonly title: string | null
  readonly faults: readonly { readonly field: string; readonly code: string; readonly message: string }[]
}

const most = 200

/** The first 200 records that the undo of an operation left as they are. The caller has checked that the actor may see it. */
export async function skippedByUndo(tx: Tx, ctx: Ctx, operationId: string): Promise<readonly SkippedRecord[]> {
  const rows = await skippedOf(tx, ctx, operationId, most)
  const titles = new Map<string, string>()
  for (const [key, some] of Map.groupBy(rows, ({ object }) => object)) {
    const object = ctx.company.catalogue.find(key)
    const ids = some.map(({ recordId }) => recordId)
    for (const [id, title] of object ? await titlesById(tx, ctx, object, ids) : []) titles.set(id, title)
  }
  return rows.map(({ object, recordId, faults }) => {
    const title = titles.get(recordId) ?? null
    return { object, id: recordId, title, faults: (title === null ? outOfReach : faults).map((one) => told(one, ctx)) }
  })
}

/** Why it was left names people, records and values that are not for those who do not reach it. */
const outOfReach: readonly FieldFault[] = [
  {
    field: '',
    code: 'outOfReach',
    label: { zh: '这条记录不在您的范围内', en: 'This record is out of your reach' },
  },
]

function told({ field, code, label, params }: FieldFault, { language }: Ctx) {
  return { field, code, message: inWords(label, language, params) }
}
