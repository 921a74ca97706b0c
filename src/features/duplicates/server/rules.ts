import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inView } from '#platform/db/step.ts'
import { findCompany } from '#platform/db/system.ts'
import { indexesOf, type ComparisonIndex } from '#platform/duplicates/index.ts'
import { setUpDuplicates } from '#features/shaping/server/index.ts'
import type { RuleDraft } from '../contract.ts'

/** The rules of every object, each with how far its comparison is. */
export async function showRules(ctx: Ctx) {
  const indexes = await inView(ctx, (tx) => indexesOf(tx, ctx.company.id))
  return { objects: ctx.company.wholeCatalogue.all().map((object) => rulesOf(object, indexes)) }
}

/** Replaces the rules of an object; records that were there before are read in the background. */
export async function saveRules(ctx: Ctx, key: string, drafts: readonly RuleDraft[]) {
  await setUpDuplicates(
    ctx,
    key,
    drafts.map(({ id, ...rule }) => ({ id: id ?? newId(), ...rule })),
  )
  const company = (await findCompany(ctx.db, { id: ctx.company.id })) ?? ctx.company
  const indexes = await inView(ctx, (tx) => indexesOf(tx, company.id))
  return rulesOf(company.wholeCatalogue.get(key), indexes)
}

function rulesOf({ key, duplicates = [] }: ObjectType, indexes: readonly ComparisonIndex[]) {
  const own = new Map(indexes.filter(({ object }) => object === key).map((one) => [one.comparison, one]))
  return { object: key, rules: duplicates.map((rule) => shownRule(rule, own.get(comparisonOf(rule)))) }
}

function shownRule({ compares, ...rule }: DuplicateRule, index: ComparisonIndex | undefined) {
  const state = rule.isOn ? (index?.state ?? ('building' as const)) : ('none' as const)
  return { ...rule, compares: compares.map((one) => ({ ...one })), index: state, indexed: index?.done ?? 0 }
}
