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
  rates: { zh: '汇率', en: 'Exchange rates' },
  me: { zh: '我的', en: 'Me' },
  records: { zh: '更多记录', en: 'More records' },
  manage: { zh: '管理', en: 'Manage' },
})
