import { defineWords } from '#web/words/words.ts'

/** Texts about structures. */
export const structureWords = defineWords('structures', {
  structure: { zh: '组织结构', en: 'Structure' },
  manage: { zh: '组织结构…', en: 'Structures…' },
  title: { zh: '组织结构', en: 'Structures' },
  intro: {
    zh: '同一批人可以同时站在几个组织结构里，业绩按每个结构各汇总一次，合计相同。',
    en: 'The same people may stand in several structures; results roll up along each of them, with the same total.',
  },
  reachNote: {
    zh: '您看的是“{name}”。谁能看到哪些客户和商机，仍以默认组织结构为准；这里的负责人不会因此多看到记录。',
    en: 'You are looking by “{name}”. Who sees which accounts and deals still goes by the default structure; heads here see no more records by that.',
  },
  isDefault: { zh: '默认：权限和目标以它为准', en: 'Default: access and targets go by it' },
  counts: { zh: '{units} 个单元 · {people} 人', en: '{units} units · {people} people' },
  notBegun: { zh: '尚未启用', en: 'Not begun' },
  closedOn: { zh: '{day} 起关闭', en: 'Closed from {day}' },
  new: { zh: '新建组织结构', en: 'New structure' },
  nameZh: { zh: '中文名称', en: 'Name in Chinese' },
  nameEn: { zh: '英文名称', en: 'Name in English' },
  topName: { zh: '最上级单元', en: 'Top unit' },
  begin: { zh: '启用…', en: 'Begin…' },
  rename: { zh: '改名', en: 'Rename' },
  close: { zh: '关闭…', en: 'Close…' },
  closeFrom: { zh: '从哪天起关闭', en: 'Closed from' },
  closeText: {
    zh: '它的单元和任职从这一天起结束；之前的日期和业绩仍可查看。',
    en: 'Its units and assignments end on this day; earlier days and results stay.',
  },
  created: { zh: '已启用，业绩正在后台归入', en: 'Begun; results are being credited in the background' },
})
