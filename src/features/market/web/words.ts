import { defineWords } from '#web/words/words.ts'

/** Texts of the page of market sizes. */
export const marketWords = defineWords('market', {
  title: { zh: '市场规模', en: 'Market sizes' },
  note: {
    zh: '按地区、行业和期间记录市场有多大；市场份额 = 销售额 ÷ 负责区域的市场规模，没有数据时不显示',
    en: 'How large the market is by region, industry and span; market share = sales ÷ the market of the territory, and none without a size',
  },
  paste: { zh: '粘贴表格', en: 'Paste a sheet' },
  pasteHelp: {
    zh: '每行：地区、行业、年份或开始日、结束日、金额、币种、来源、数据日期、可信度（高/中/低）；地区或行业留空表示全部',
    en: 'Each row: region, industry, year or first day, last day, amount, currency, source, day it was told, confidence (high/medium/low); an empty region or industry means all',
  },
  rows: { zh: '识别到 {n} 行', en: '{n} rows' },
  keep: { zh: '保存', en: 'Save' },
  kept: { zh: '已保存 {n} 行', en: '{n} rows were saved' },
  sizes: { zh: '已有数据', en: 'What is known' },
  none: { zh: '还没有市场规模', en: 'No market size yet' },
  region: { zh: '地区', en: 'Region' },
  industry: { zh: '行业', en: 'Industry' },
  span: { zh: '期间', en: 'Span' },
  amount: { zh: '金额', en: 'Amount' },
  source: { zh: '来源', en: 'Source' },
  confidence: { zh: '可信度', en: 'Confidence' },
  high: { zh: '高', en: 'High' },
  medium: { zh: '中', en: 'Medium' },
  low: { zh: '低', en: 'Low' },
  all: { zh: '全部', en: 'All' },
  remove: { zh: '删除{region}的市场规模', en: 'Delete the size of {region}' },
  territories: { zh: '各单元负责的区域', en: 'Territory of each unit' },
  territoryHelp: {
    zh: '用顿号或逗号分开；没有填写的单元合并下级的区域',
    en: 'Separated by commas; a unit without one has the territories below it together',
  },
  regionsOf: { zh: '{name}的地区', en: 'Regions of {name}' },
  industriesOf: { zh: '{name}的行业', en: 'Industries of {name}' },
  saved: { zh: '已保存', en: 'Saved' },
})
