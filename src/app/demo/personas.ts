import type { Label } from '#base/label.ts'
import type { Role } from '#engine/policy/role.ts'

/** Somebody as whom the demo can be tried; the name is nobody else's. */
export interface Persona {
  readonly key: string
  readonly name: string
  readonly title: Label
  readonly role: Role
}

// prettier-ignore
export const personas = {
  director: { key: 'director', name: '周明远', role: 'director', title: { zh: '销售总监', en: 'Sales director' } },
  region: { key: 'region', name: '罗建军', role: 'manager', title: { zh: '西南大区总经理', en: 'Region manager, Southwest' } },
  team: { key: 'team', name: '沈建华', role: 'manager', title: { zh: '苏南团队经理', en: 'Team manager, Sunan' } },
  representative: { key: 'representative', name: '林晓雯', role: 'representative', title: { zh: '苏南团队销售代表', en: 'Representative, Sunan' } },
  operations: { key: 'operations', name: '何静怡', role: 'operations', title: { zh: '销售运营主管', en: 'Sales operations' } },
  administrator: { key: 'administrator', name: '陈志强', role: 'administrator', title: { zh: '系统管理员', en: 'Administrator' } },
} as const satisfies Record<string, Persona>
