import { expect, it } from 'vitest'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import { probedKeys } from './suspects.ts'
import { isFull, nothingSeen, twinAmong, type SeenRows } from './twins.ts'

const rule = (id: string, field: string, way: DuplicateRule['compares'][number]['way']): DuplicateRule => {
  return { id, name: { zh: id, en: id }, compares: [{ field, way }], action: 'warn', isOn: true }
}
const rules = [rule('name', 'name', 'fuzzy'), rule('phone', 'phone', 'phone')]

function look(seen: SeenRows, values: Record<string, string>): string | undefined {
  return twinAmong(seen, { values, keys: probedKeys(rules, values, null) })?.id
}

it('knows a row by those before it, and keeps of them what is compared only', () => {
  const seen = nothingSeen()
  expect(look(seen, { name: '杭州西湖纺织厂', phone: '13800138000', note: '很长的备注' })).toBeUndefined()
  expect(look(seen, { name: '别的公司', phone: '138 0013 8000' })).toBe('phone')
  expect(look(seen, { name: '杭州西湖纺织', phone: '13900139000' })).toBe('name')
  const kept = [...seen.byPlace.values()].flat()
  expect(kept).toContainEqual({ name: '杭州西湖纺织厂' })
  expect(JSON.stringify(kept)).not.toContain('很长的备注')
})

it('remembers no more than there is room for, and says that it is full', () => {
  const seen = nothingSeen(3)
  for (let at = 0; at < 10; at += 1) look(seen, { phone: `1380013800${at}` })
  expect(isFull(seen)).toBe(true)
  expect(seen.byPlace.size).toBe(3)
  expect(look(seen, { phone: '13800138001' })).toBe('phone')
  expect(look(seen, { phone: '13800138009' })).toBeUndefined()
})
