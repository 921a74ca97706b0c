import { defineWords } from '#web/words/words.ts'

/** Names of the pages, as navigation and tabs say them. */
export const appWords = defineWords('app', {
  today: { zh: '今天', en: 'Today' },
  targets: { zh: '目标', en: 'Targets' },
  accounts: { zh: '客户', en: 'Accounts' },
  deals: { zh: '商机', en: 'Deals' },
  orders: { zh: '订单', en: 'Orders' },
  team: { zh: '团队', en: 'Team' },
  imports: { zh: '导入', en: 'Import' },
  duplicates: { zh: '查重与合并', en: 'Duplicates' },
  rates: { zh: '汇率', en: 'Exchange rates' },
  shape: { zh: '对象与字段', en: 'Objects and fields' },
  bin: { zh: '回收站', en: 'Recycle bin' },
  me: { zh: '我的', en: 'Me' },
  records: { zh: '更多记录', en: 'More records' },
  goTo: { zh: '前往：{page}', en: 'Go to: {page}' },
  noteActivity: { zh: '记跟进', en: 'Note an activity' },
  newRecord: { zh: '新建{object}', en: 'New {object}' },
  people: { zh: '人员', en: 'People' },
  inChinese: { zh: '切换到中文', en: 'Switch to Chinese' },
  inEnglish: { zh: '切换到英文', en: 'Switch to English' },
  light: { zh: '浅色外观', en: 'Light appearance' },
  dark: { zh: '深色外观', en: 'Dark appearance' },
  asSystem: { zh: '外观跟随系统', en: 'Appearance as the system' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  manage: { zh: '管理', en: 'Manage' },
})
