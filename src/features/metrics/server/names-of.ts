import type { Label } from '#base/label.ts'
import { isQuotient, type Names, type OwnMetricDefinition } from '#engine/metrics/own-metric.ts'
import { all } from '#engine/query/filter.ts'
import { namedIn } from '#engine/query/named-in.ts'
import { regions } from '#engine/region/regions.ts'
import { namesHeld } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { titlesById } from '#platform/records/titles.ts'

/** Names beyond these are left out: nobody reads a list of so many. */
const mostNames = 200

/**
 * What the filters of a definition name is called. Everybody reads the words of a metric, so records are named only of
 * objects that everybody sees.
 */
export async function namesOf(ctx: Ctx, definition: OwnMetricDefinition): Promise<Names> {
  if (isQuotient(definition)) return {}
  const { of, when, countsIf } = definition
  const { wholeCatalogue: catalogue } = ctx.company
  const { people, records, regions: codes } = namedIn(all(when, countsIf), catalogue.get(of), catalogue)
  const names = new Map<string, Label>()
  for (const { id, name } of await namesHeld(ctx, { people: [...people].slice(0, mostNames), units: [] })) {
    names.set(id, { zh: name, en: name })
  }
  for (const code of codes) {
    if (regions.find(code)) names.set(code, { zh: regions.fullNameOf(code, 'zh'), en: regions.fullNameOf(code, 'en') })
  }
  for (const [key, ids] of records) {
    const object = catalogue.get(key)
    if (!object.visibleToAll) continue
    const [zh, en] = await inView(ctx, (tx) =>
      Promise.all(
        (['zh', 'en'] as const).map((language) =>
          titlesById(tx, { ...ctx, language }, object, [...ids].slice(0, mostNames)),
        ),
      ),
    )
    for (const [id, title] of zh ?? []) names.set(id, { zh: title, en: en?.get(id) ?? title })
  }
  return Object.fromEntries(names)
}
