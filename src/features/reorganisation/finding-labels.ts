import type { Label } from '#base/label.ts'
import type { FindingKind } from './health-contract.ts'

/** What a finding about the tiers is called. */
export const findingLabels: Readonly<Record<FindingKind, Label>> = {
  span_wide: { zh: '管理幅度过宽', en: 'Span too wide' },
  span_narrow: { zh: '管理幅度过窄', en: 'Span too narrow' },
  no_head: { zh: '缺负责人', en: 'No head' },
  head_elsewhere: { zh: '负责人不在本单元', en: 'Head stands elsewhere' },
  no_people: { zh: '没有人', en: 'Nobody in it' },
  single_person: { zh: '只有一人', en: 'One person only' },
  layers: { zh: '层级过深', en: 'Too many layers' },
  load_high: { zh: '负荷过高', en: 'Load too high' },
  load_low: { zh: '负荷过低', en: 'Load too low' },
  no_unit: { zh: '没有所属单元', en: 'Without a unit' },
  leaver_in_unit: { zh: '已停用仍在单元中', en: 'Left, still in a unit' },
}

/** Columns of the sheet. */
export const sheetLabels: readonly Label[] = [
  { zh: '单元', en: 'Unit' },
  { zh: '层级', en: 'Tier' },
  { zh: '负责人', en: 'Head' },
  { zh: '第几层', en: 'Layer' },
  { zh: '管理幅度', en: 'Span' },
  { zh: '人数', en: 'People' },
  { zh: '客户', en: 'Accounts' },
  { zh: '进行中商机', en: 'Open deals' },
  { zh: '未完成任务', en: 'Open tasks' },
  { zh: '发现', en: 'Findings' },
]
