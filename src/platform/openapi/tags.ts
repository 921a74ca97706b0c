const words: Readonly<Record<string, string>> = {
  access: 'Roles, sharing rules, looking with the eyes of another. 权限与共享',
  audit: 'Who did what, before and after. 审计',
  auth: 'Signing in and out. 登录与退出',
  bin: 'What was deleted, for 30 days. 回收站',
  bulk: 'Changes of many records: progress, result, undo. 批量操作',
  calendar: 'A calendar to subscribe to. 日历订阅',
  comments: 'What people say about records. 评论',
  duplicates: 'Records that are there twice. 查重',
  events: 'Events that were given up. 搁置的事件',
  files: 'Files of records. 附件',
  filters: 'The filter language as text. 筛选语言',
  imports: 'Files that become records, with their reports. 导入',
  keys: 'API keys. API 密钥',
  mcp: 'The same for assistants, by the Model Context Protocol. 供智能助手使用',
  me: 'Who is calling. 当前人员',
  mentions: 'Where somebody was named. 提到我的',
  merges: 'Records that became one. 合并',
  metrics: 'Results: trees, series and the records behind them. 指标',
  objects: 'Kinds of records and their fields. 对象与字段',
  operations: 'Acts over many records, to be undone. 操作与撤销',
  org: 'Units, people and their places. 组织',
  'own-metrics': 'Metrics that the company made. 自定义指标',
  periods: 'Fiscal years, quarters and months. 财年与期间',
  plans: 'Targets and how they flow down. 目标计划',
  rates: 'Exchange rates. 汇率',
  records: 'Business records: read, written, traced. 业务记录',
  search: 'The global search. 全局搜索',
  setup: 'The first start of an installation. 初始设置',
  shape: 'Objects and fields that the company adds. 自定义对象与字段',
  views: 'Kept ways to look at records. 视图',
  workplaces: 'WeCom, DingTalk and Feishu: the organisation kept in step. 企业微信、钉钉、飞书',
}

/** What a group of routes is about. */
export function tagWords(name: string): { readonly description?: string } {
  const description = words[name]
  return description === undefined ? {} : { description }
}
