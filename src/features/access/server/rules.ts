import { granteeKey } from '#engine/policy/sharing.ts'
import { checkFilter } from '#engine/query/check.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import { inView, type Step } from '#platform/db/step.ts'
import { filterAsWords } from '#features/objects/server/index.ts'
import type { RuleDraft, RuleView } from '../contract.ts'
import { accessErrors, faultOf } from '../errors.ts'
import { changing } from './changing.ts'
import { isThere, namesOfGrantees } from './grantees.ts'
import { deleteRule, ruleRows, writeRule, type RuleRow } from './rule-store.ts'

/** Every sharing rule, in words. */
export async function listRules(ctx: Ctx): Promise<{ rules: RuleView[] }> {
  const rows = await inView(ctx, ruleRows)
  const names = await namesOfGrantees(ctx, rows.map(({ to }) => to)) // prettier-ignore
  const rules: RuleView[] = []
  for (const { to, label, ...rule } of rows) {
    rules.push({
      ...rule,
      label: { ...label },
      filterInWords: await filterAsWords(ctx, rule.object, rule.filter),
      to: { ...to, name: names.get(granteeKey(to)) ?? '—' },
    })
  }
  return { rules }
}

export async function createRule(ctx: Ctx, draft: RuleDraft): Promise<{ id: string }> {
  await refuseUnfit(ctx, draft)
  return changing(ctx, 'rule.create', async (step) => {
    const rule = { ...draft, id: newId(), version: 1 }
    await writeRule(step, rule)
    step.audit({ object: 'sharing_rule', recordId: rule.id, action: 'created', before: null, after: rule })
    return { id: rule.id }
  })
}

/** Throws ACCESS_CHANGED if the rule is another than the one that was seen. */
export async function changeRule(ctx: Ctx, id: string, { version, ...draft }: RuleDraft & { version: number }) {
  await refuseUnfit(ctx, draft)
  return changing(ctx, 'rule.change', async (step) => {
    const before = await ruleNamed(step, id)
    if (before.version !== version) throw accessErrors.ACCESS_CHANGED()
    const rule = { ...draft, id, version: version + 1 }
    await writeRule(step, rule)
    step.audit({ object: 'sharing_rule', recordId: id, action: 'updated', before, after: rule })
    return { version: rule.version }
  })
}

export async function removeRule(ctx: Ctx, id: string): Promise<void> {
  await changing(ctx, 'rule.delete', async (step) => {
    const before = await ruleNamed(step, id)
    await deleteRule(step, id)
    step.audit({ object: 'sharing_rule', recordId: id, action: 'deleted', before, after: null })
  })
}

async function ruleNamed({ tx }: Step, id: string): Promise<RuleRow> {
  const rule = (await ruleRows(tx)).find((one) => one.id === id)
  if (!rule) throw accessErrors.RULE_NOT_FOUND()
  return rule
}

async function refuseUnfit(ctx: Ctx, { object: key, filter, to }: RuleDraft): Promise<void> {
  const { wholeCatalogue } = ctx.company
  const object = wholeCatalogue.find(key)
  if (!object) throw accessErrors.RULE_REFUSED({}, [faultOf('object', 'object')])
  if (object.visibleToAll) {
    throw accessErrors.RULE_REFUSED({}, [
      faultOf('object', 'open', { object: object.label.zh, objectEn: object.label.en }),
    ])
  }
  const faults = checkFilter(filter, object, wholeCatalogue).map((fault) => ({
    ...fault,
    field: `filter.${fault.field}`,
  }))
  if (!(await isThere(ctx, to))) faults.push(faultOf('to', 'grantee'))
  if (faults.length > 0) throw accessErrors.RULE_REFUSED({}, faults)
}
