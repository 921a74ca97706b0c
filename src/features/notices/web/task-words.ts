import { inWords, type Label, type Language } from '#base/label.ts'

const taskLabels: Readonly<Record<string, Label>> = {
  'every-day': { zh: '每日维护', en: 'Daily upkeep' },
  'every-minute': { zh: '每分钟检查', en: 'Checks of every minute' },
  backup: { zh: '备份', en: 'Backup' },
  'transfer.import': { zh: '导入', en: 'Import' },
  'records.bulk': { zh: '批量操作', en: 'Bulk edit' },
  'records.statistics': { zh: '更新统计信息', en: 'Statistics of tables' },
  'duplicates.scan': { zh: '查重', en: 'Scan for duplicates' },
  'privacy.run': { zh: '个人信息的导出或删除', en: 'Export or erasure of personal data' },
  'records.undo': { zh: '撤销', en: 'Undo' },
  'records.purge': { zh: '清理回收站', en: 'Emptying the recycle bin' },
  'events.forget': { zh: '清理已处理的事件', en: 'Clearing events that were handled' },
  'duplicates.index': { zh: '更新查重索引', en: 'Index of duplicates' },
  'search.index': { zh: '更新搜索索引', en: 'Index of the search' },
  'ledger.rebuild': { zh: '按新的指标重新计算业绩', en: 'Counting results by new metrics' },
  'org.unit-changes': { zh: '生效的组织改名与负责人', en: 'Names and heads of units whose day has come' },
  'ledger.fill': { zh: '计算指标', en: 'Counting a metric' },
  'ledger.clear': { zh: '清除指标', en: 'Clearing a metric' },
  'ledger.recredit': { zh: '重新归属业绩', en: 'Crediting anew' },
  'forecast.remind': { zh: '提醒提交预测', en: 'Reminders of forecasts' },
  'pipeline.categories': { zh: '更新预测类别', en: 'Categories of deals by their stage' },
  'attainment.night': { zh: '保存每日达成', en: 'Keeping attainment by night' },
  'attainment.forget': { zh: '清理过期的达成快照', en: 'Clearing old snapshots of attainment' },
  'rates.revalue': { zh: '按新汇率重算', en: 'Valuing by new rates' },
  'mail.send': { zh: '发送邮件', en: 'Mail' },
  'agreements.remind': { zh: '提醒上报和申诉', en: 'Reminders of proposals and appeals' },
  'audit.seal': { zh: '封存审计日志', en: 'Sealing the audit log' },
  'system.check': { zh: '核对数据', en: 'Check of the figures' },
  'workplace.sync': { zh: '同步组织', en: 'Sync of the organisation' },
  'workplace.nightly': { zh: '夜间同步组织', en: 'Nightly sync of the organisation' },
  'files.purge': { zh: '清理附件', en: 'Clearing files away' },
}

/** What a job is called in a language; its key where it has no name for people. */
export function taskName(task: string, language: Language): string {
  const label = taskLabels[task]
  return label ? inWords(label, language) : task
}
