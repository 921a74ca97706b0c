import { customEnding } from '#engine/model/shape.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** The table of an object's records, also of an object of the company's own that is deleted. */
export function tableOfObject(ctx: Ctx, key: string): string | undefined {
  return ctx.company.wholeCatalogue.find(key)?.table ?? (key.endsWith(customEnding) ? 'custom_record' : undefined)
}
