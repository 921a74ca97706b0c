import type { ObjectType } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'
import { lockKeys } from './key-store.ts'
import { rulesOn } from './rules-on.ts'
import { probedKeys, suspectsOf, type Probe } from './suspects.ts'
import { faultOfSuspect, faultOfTwin, tellRecords } from './tell.ts'
import { nothingSeen, twinAmong } from './twins.ts'

/**
 * What a warning does: refuses the record, or is known and meant, or refuses new records only. What a rule blocks is
 * refused either way.
 */
export type OnWarning = 'refuse' | 'allow' | 'refuse-new'

/**
 * Adds faults to drafts that may be the same as a stored record, or as an earlier draft of the batch. Only what a draft
 * changes is compared, in one query for all of them; nobody else saves the same until the step is done.
 */
export async function checkDuplicates(
  step: Step,
  object: ObjectType,
  drafts: readonly Draft[],
  onWarning: OnWarning,
): Promise<void> {
  const rules = rulesOn(object)
  if (rules.length === 0) return
  const blocking = rules.filter(({ action }) => action === 'block')
  const warns = ({ before }: Draft) => onWarning === 'refuse' || (onWarning === 'refuse-new' && before === null)
  const probes = new Map(
    drafts.flatMap((draft) => {
      const keys = probedKeys(warns(draft) ? rules : blocking, draft.values, draft.before?.values ?? null)
      return keys.length > 0 ? [[draft, { id: draft.id, values: draft.values, keys }] as const] : []
    }),
  )
  if (probes.size === 0) return
  await lockKeys(
    step,
    object.key,
    [...probes.values()].flatMap(({ keys }) => keys),
  )
  await compareWithStored(step, object, probes)
  compareWithEachOther(probes)
}

type Probes = ReadonlyMap<Draft, Probe>

async function compareWithStored({ tx, ctx }: Step, object: ObjectType, probes: Probes): Promise<void> {
  const found = await suspectsOf(tx, ctx, object, [...probes.values()])
  const ids = [...found.values()].flatMap((suspects) => suspects.map(({ id }) => id))
  const told = await tellRecords(tx, ctx, object, ids)
  for (const draft of probes.keys()) {
    for (const suspect of (found.get(draft.id) ?? []).slice(0, mostTold)) {
      draft.faults.push(faultOfSuspect(ctx, object, suspect, told.get(suspect.id)))
    }
  }
}

const mostTold = 5

function compareWithEachOther(probes: Probes): void {
  const seen = nothingSeen()
  for (const [draft, probe] of probes) {
    const twin = draft.faults.length > 0 ? undefined : twinAmong(seen, probe)
    if (twin) draft.faults.push(faultOfTwin(twin))
  }
}
