import { sql } from 'kysely'
import type { FieldFault } from '#base/errors.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { all, type Filter } from '#engine/query/filter.ts'
import { sourceOf, toSql } from '#engine/query/to-sql.ts'
import { seesAll } from '#engine/query/viewpoint.ts'
import type { Step } from '#platform/db/step.ts'
import { asIfWritten } from './draft-rows.ts'
import type { Draft } from './draft.ts'
import { rowFaults } from './errors.ts'
import { askerOf } from './scope.ts'

interface Refusal {
  readonly when: Filter
  readonly fault: FieldFault
}

/**
 * The company's own rules: what is refused, and what must be filled under a condition. Asked of the drafts as if they
 * were written, by the one filter language, so that a rule means what a list with the same filter shows.
 */
export async function checkRules(
  step: Step,
  { object, shown }: { readonly object: ObjectType; readonly shown: ObjectType },
  drafts: readonly Draft[],
): Promise<void> {
  const refusals = [...rulesOf(object), ...requirementsOf(object, shown)]
  if (refusals.length === 0 || drafts.length === 0) return
  // A rule means the same whoever saves: what it looks at need not be in the actor's reach.
  const asker = {
    ...(await askerOf(step.ctx, ...refusals.map(({ when }) => when))),
    catalogue: step.ctx.company.wholeCatalogue,
    sight: seesAll,
  }
  const source = sourceOf(object, asker, { rows: asIfWritten(step, object, drafts) })
  const met = refusals.map(({ when }) => sql`coalesce(${toSql(when, source)}, false)`)
  const { rows } = await sql<{ id: string; met: readonly boolean[] }>`
    select t.id, array[${sql.join(met)}] as met from ${source.from()}`.execute(step.tx)
  const byId = new Map(rows.map((row) => [row.id, row.met]))
  for (const draft of drafts) {
    byId.get(draft.id)?.forEach((isMet, at) => {
      const refusal = refusals[at]
      if (isMet && refusal) draft.faults.push(refusal.fault)
    })
  }
}

function rulesOf(object: ObjectType): readonly Refusal[] {
  return (object.rules ?? []).map(({ id, refuses, message, field }) => ({
    when: refuses,
    fault: { field: field ?? '', code: `rule:${id}`, label: message },
  }))
}

/** Nobody is asked for what they cannot fill. */
function requirementsOf(object: ObjectType, shown: ObjectType): readonly Refusal[] {
  const fillable = new Set(shown.fields.filter(({ readOnly }) => !readOnly).map(({ key }) => key))
  return object.fields.flatMap(({ key, requiredIf }) =>
    requiredIf && fillable.has(key)
      ? [
          {
            when: all(requiredIf, { field: key, op: 'empty' }),
            fault: { field: key, code: 'required', label: rowFaults.required },
          },
        ]
      : [],
  )
}
