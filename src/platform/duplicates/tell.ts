import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { titleSql } from '#platform/records/row-sql.ts'
import { scopeOf } from '#platform/records/sight.ts'
import { comparesUnseen, rulesOn } from './rules-on.ts'
import type { Suspect } from './suspects.ts'

/** A suspected record as the person may know it: out of reach only that there is one, and whom to ask. */
export interface ToldSuspect {
  readonly id: string | null
  readonly title: string | null
  readonly ownerName: string | null
}

/** The suspected records by id, as whoever asks may know them. */
export async function tellRecords(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ToldSuspect>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; title: string | null; ownerName: string | null; isSeen: boolean }>`
    select t.id, ${titleSql(object, 't', ctx.language)}::text as title, (${await scopeOf(ctx, object)}) is true as "isSeen",
      (select n.name from person n where n.company_id = t.company_id and n.id = t.owner_id) as "ownerName"
    from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(
    rows.map(({ id, title, ownerName, isSeen }) => [id, isSeen ? { id, title, ownerName } : outOfReach({ ownerName })]),
  )
}

const labels = {
  seen: { zh: '可能与“{title}”重复（负责人：{owner}）', en: 'May be the same as “{title}” (owner: {owner})' },
  unseen: {
    zh: '可能与{owner}的一条记录重复，请与{owner}确认',
    en: 'May be the same as a record of {owner}; please ask {owner}',
  },
  blockedSeen: {
    zh: '“{title}”已经存在（负责人：{owner}），不能重复',
    en: '“{title}” is there already (owner: {owner})',
  },
  blockedUnseen: {
    zh: '已有相同的记录，属于{owner}，请与{owner}联系',
    en: 'There is such a record already; it belongs to {owner}, please ask {owner}',
  },
  twice: { zh: '与这批数据中前面的一行重复', en: 'The same as an earlier one of these rows' },
} satisfies Record<string, Label>

/** A suspicion against a record. What a rule blocks is a `duplicate`; what it warns of is `suspected`. */
export interface DuplicateFault extends FieldFault {
  readonly code: 'duplicate' | 'suspected'
  /** Null: an earlier row of the same portion. */
  readonly suspect: ToldSuspect | null
}

export function isDuplicateFault(fault: FieldFault): fault is DuplicateFault {
  return fault.code === 'duplicate' || fault.code === 'suspected'
}

/** The suspicion against a record, at the first field that the rule compares, as whoever saves may know it. */
export function faultOfSuspect(
  ctx: Ctx,
  object: ObjectType,
  { rule }: Suspect,
  told: ToldSuspect = nobodys,
): DuplicateFault {
  const known = comparesUnseen(ctx, object, rule) ? outOfReach(told) : told
  return faultAbout(rule.compares[0]?.field ?? '', codeOf(rule.action), known)
}

const outOfReach = ({ ownerName }: Pick<ToldSuspect, 'ownerName'>): ToldSuspect => ({
  id: null,
  title: null,
  ownerName,
})

function faultAbout(field: string, code: DuplicateFault['code'], told: ToldSuspect): DuplicateFault {
  const [seen, unseen] =
    code === 'duplicate' ? [labels.blockedSeen, labels.blockedUnseen] : [labels.seen, labels.unseen]
  const label = told.id === null ? unseen : seen
  return { field, code, label, params: { title: told.title ?? '—', owner: told.ownerName ?? '—' }, suspect: told }
}

/** Faults that were found with whole sight, as this person may know them. */
export async function toldAnew(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  faults: readonly FieldFault[],
): Promise<readonly FieldFault[]> {
  const ids = faults.flatMap((fault) => (isDuplicateFault(fault) ? (fault.suspect?.id ?? []) : []))
  const told = await tellRecords(tx, ctx, object, ids)
  const closed = rulesOn(object).filter((rule) => comparesUnseen(ctx, object, rule))
  return faults.map((fault) => {
    if (!isDuplicateFault(fault) || !fault.suspect) return fault
    const known = told.get(fault.suspect.id ?? '') ?? nobodys
    const isClosed = closed.some(({ compares }) => compares[0]?.field === fault.field)
    return faultAbout(fault.field, fault.code, isClosed ? outOfReach(known) : known)
  })
}

/** When nothing is known of it. */
export const nobodys: ToldSuspect = { id: null, title: null, ownerName: null }

function codeOf(action: Suspect['rule']['action']): DuplicateFault['code'] {
  return action === 'block' ? 'duplicate' : 'suspected'
}

/** The same of a row that an earlier one of the same portion anticipates. */
export function faultOfTwin(rule: Suspect['rule']): DuplicateFault {
  return { field: rule.compares[0]?.field ?? '', code: codeOf(rule.action), label: labels.twice, suspect: null }
}
