import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { FiscalRule } from '#engine/calendar/fiscal-calendar.ts'
import type { ImportSet } from '#engine/transfer/mapping.ts'
import { changeCalendar } from '#features/org/server/index.ts'
import { newField, newObject } from '#features/shaping/contract.ts'
import { createField, createObject } from '#features/shaping/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { findCompany } from '#platform/db/system.ts'
import { parse } from '#platform/http/serve.ts'
import type { Shaper } from '#platform/transfer/index.ts'

/**
 * Makes the objects and fields that a set declares and the company lacks, puts its fiscal calendar in place, and answers
 * the context that knows them. Throws INPUT_INVALID if one is malformed, SHAPE_REFUSED if it cannot be made,
 * CALENDAR_IN_USE where plans refer to the periods of another calendar.
 */
export async function shapeFor(ctx: Ctx, { shape, calendar }: Pick<ImportSet, 'shape' | 'calendar'>): Promise<Ctx> {
  if (isOtherCalendar(ctx, calendar)) await changeCalendar(ctx, { rule: calendar, from: null })
  for (const object of shape?.objects ?? []) {
    if (!ctx.company.catalogue.find(object.key)) await createObject(ctx, read(newObject, object))
  }
  const withObjects = await asItIsNow(ctx)
  for (const { object, ...field } of shape?.fields ?? []) {
    const known = withObjects.company.catalogue.find(object)?.fields ?? []
    if (known.some(({ key }) => key === field.key)) continue
    await createField(withObjects, object, read(newField, field))
  }
  return asItIsNow(ctx)
}

function isOtherCalendar(ctx: Ctx, wanted: FiscalRule | undefined): wanted is FiscalRule {
  return wanted !== undefined && !isDeepStrictEqual(ctx.company.calendar, wanted)
}

/** How sets that are started by a person get their objects and fields. */
export const shaper: Shaper = {
  permission: 'shape.change',
  isLacking: (ctx, { shape, calendar }) => isOtherCalendar(ctx, calendar) || lacksShape(ctx, shape),
  shape: shapeFor,
}

function lacksShape({ company: { catalogue } }: Ctx, shape: ImportSet['shape']): boolean {
  return (
    (shape?.objects ?? []).some(({ key }) => !catalogue.find(key)) ||
    (shape?.fields ?? []).some(({ object, key }) => !catalogue.find(object)?.fields.some((field) => field.key === key))
  )
}

async function asItIsNow(ctx: Ctx): Promise<Ctx> {
  const company = await findCompany(ctx.db, { id: ctx.company.id })
  return company ? { ...ctx, company } : ctx
}

function read<S extends z.ZodType>(schema: S, written: unknown): z.output<S> {
  return parse(schema, written, 'shape') as z.output<S>
}
