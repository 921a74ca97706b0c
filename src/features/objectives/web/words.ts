import { defineWords } from '#web/words/words.ts'

/** Texts of the objectives. */
export const objectiveWords = defineWords('objectives', {
  title: { zh: '战略目标', en: 'Objectives' },
  note: {
    zh: '公司想达到什么，由谁负责，哪些目标服务于它',
    en: 'What the company wants to reach, who owns it, and which targets serve it',
  },
  add: { zh: '新建', en: 'Add' },
  edit: { zh: '修改', en: 'Change' },
  remove: { zh: '删除', en: 'Delete' },
  none: { zh: '还没有战略目标', en: 'No objectives yet' },
  noneText: {
    zh: '先写下公司今年最重要的一两件事，再把目标计划关联上。',
    en: 'Begin with the one or two things that matter most this year, then link target plans.',
  },
  name: { zh: '名称', en: 'Name' },
  parent: { zh: '上级目标', en: 'Below' },
  top: { zh: '最上层', en: 'Top' },
  period: { zh: '期间', en: 'Period' },
  metric: { zh: '用指标衡量', en: 'Measured by' },
  noMetric: { zh: '不用数字衡量', en: 'Not by a figure' },
  owner: { zh: '负责人', en: 'Owner' },
  progress: { zh: '达成', en: 'Attainment' },
  status: { zh: '状态', en: 'Status' },
  open: { zh: '进行中', en: 'Open' },
  reached: { zh: '已达成', en: 'Reached' },
  dropped: { zh: '已放弃', en: 'Dropped' },
  links: { zh: '服务于它的计划', en: 'Plans that serve it' },
  unlinked: { zh: '没有关联战略目标的计划', en: 'Plans that serve no objective' },
  required: { zh: '请填写', en: 'Please fill this in' },
})
