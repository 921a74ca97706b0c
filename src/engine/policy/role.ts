import type { Label } from '#base/label.ts'

export const roles = ['administrator', 'operations', 'director', 'manager', 'representative'] as const

/** Key of a role that every company has. */
export type Role = (typeof roles)[number]

export const roleLabels: Readonly<Record<Role, Label>> = {
  administrator: { zh: '管理员', en: 'Administrator' },
  operations: { zh: '销售运营', en: 'Sales operations' },
  director: { zh: '销售总监', en: 'Sales director' },
  manager: { zh: '经理', en: 'Manager' },
  representative: { zh: '销售代表', en: 'Representative' },
}

/** How far business records are seen, from the least to the most; all of it as of today. */
export const reaches = ['own', 'subordinates', 'unit', 'below', 'everything'] as const

/**
 * `own`: what the person owns. `subordinates`: besides, of those who stand in units that the person heads, or below.
 * `unit`: of everybody in the units where the person stands or that the person heads. `below`: and below these.
 */
export type Reach = (typeof reaches)[number]

export const reachLabels: Readonly<Record<Reach, Label>> = {
  own: { zh: '本人', en: 'Own' },
  subordinates: { zh: '本人及下属', en: 'Own and subordinates’' },
  unit: { zh: '本单元', en: 'Own unit' },
  below: { zh: '本单元及以下', en: 'Own unit and below' },
  everything: { zh: '全公司', en: 'Whole company' },
}

/** A permission as a room declares it in its contract. */
export interface Permission {
  readonly key: string
  readonly label: Label
  /** The standard roles that hold it; roles of a company hold what their standard role does, unless they say otherwise. */
  readonly roles: readonly Role[]
}

/** Of two reaches the one that sees less. */
export function lesser(one: Reach, other: Reach): Reach {
  return reaches.indexOf(one) <= reaches.indexOf(other) ? one : other
}
