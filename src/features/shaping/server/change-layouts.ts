import type { Layout } from '#engine/model/object-type.ts'
import type { ObjectSetup } from '#engine/model/shape.ts'
import type { Step } from '#platform/db/step.ts'
import { readShape } from '#platform/records/shape-store.ts'
import { joined, without, withPlacesOf } from '../places.ts'
import { fieldRows, writeSetup, type FieldRow } from './shape-rows.ts'

/** A field that comes, or comes back, stands in every form at once: at the end, until somebody moves it. */
export async function joinLayouts(step: Step, object: string, key: string): Promise<void> {
  await rewrite(step, object, (layouts) => joined(layouts, key))
}

/** Takes a field that is gone for good out of every form: its key may come again. */
export async function leaveLayouts(step: Step, { object, key }: FieldRow): Promise<void> {
  await rewrite(step, object, (layouts) => without(layouts, key))
}

/** A setup whose layouts keep the places of deleted fields. */
export async function keepPlaces(step: Step, object: string, setup: ObjectSetup): Promise<ObjectSetup> {
  if (!setup.layouts) return setup
  const rows = (await fieldRows(step.tx)).filter((row) => row.object === object && row.deleted_at !== null)
  const gone = new Set(rows.map(({ key }) => key))
  return { ...setup, layouts: withPlacesOf(gone, setup.layouts, await layoutsOf(step, object)) }
}

/** As they are kept, with the places of deleted fields. */
async function layoutsOf({ tx }: Step, object: string): Promise<readonly Layout[]> {
  return (await readShape(tx)).setups[object]?.layouts ?? []
}

async function rewrite(
  step: Step,
  object: string,
  change: (layouts: readonly Layout[]) => readonly Layout[],
): Promise<void> {
  const layouts = await layoutsOf(step, object)
  if (layouts.length > 0) await writeSetup(step, object, { layouts: change(layouts) }, ['layouts'])
}
