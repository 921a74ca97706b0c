import type { Label } from '#base/label.ts'

export const roles = ['administrator', 'operations', 'director', 'manager', 'representative'] as const
export type Role = (typeof roles)[number]

export const roleLabels: Readonly<Record<Role, Label>> = {
  administrator: { zh: '管理员', en: 'Administrator' },
  operations: { zh: '销售运营', en: 'Sales operations' },
  director: { zh: '销售总监', en: 'Sales director' },
  manager: { zh: '经理', en: 'Manager' },
  representative: { zh: '销售代表', en: 'Representative' },
}

/**
 * How far a role sees business records: everything of the company, or those of the people in the person's own units and
 * below (as of today), or only the person's own.
 */
export type Reach = 'everything' | 'below' | 'own'

export const reachOf: Readonly<Record<Role, Reach>> = {
  administrator: 'everything',
  operations: 'everything',
  director: 'everything',
  manager: 'below',
  representative: 'own',
}

/** A permission as a room declares it in its contract. */
export interface Permission {
  readonly key: string
  readonly label: Label
  readonly roles: readonly Role[]
}
