import type { z } from 'zod'
import type { ImportSet } from '#engine/transfer/mapping.ts'
import { newField, newObject } from '#features/shaping/contract.ts'
import { createField, createObject } from '#features/shaping/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { findCompany } from '#platform/db/system.ts'
import { parse } from '#platform/http/serve.ts'
import type { Shaper } from '#platform/transfer/index.ts'

/**
 * Makes the objects and fields that a set declares and the company lacks, and answers the context that knows them.
 * Throws INPUT_INVALID if one is malformed, SHAPE_REFUSED if it cannot be made.
 */
export async function shapeFor(ctx: Ctx, { shape }: Pick<ImportSet, 'shape'>): Promise<Ctx> {
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

/** How sets that are started by a person get their objects and fields. */
export const shaper: Shaper = {
  permission: 'shape.change',
  isLacking: ({ company: { catalogue } }, { shape }) =>
    (shape?.objects ?? []).some(({ key }) => !catalogue.find(key)) ||
    (shape?.fields ?? []).some(({ object, key }) => !catalogue.find(object)?.fields.some((field) => field.key === key)),
  shape: shapeFor,
}

async function asItIsNow(ctx: Ctx): Promise<Ctx> {
  const company = await findCompany(ctx.db, { id: ctx.company.id })
  return company ? { ...ctx, company } : ctx
}

function read<S extends z.ZodType>(schema: S, written: unknown): z.output<S> {
  return parse(schema, written, 'shape') as z.output<S>
}
