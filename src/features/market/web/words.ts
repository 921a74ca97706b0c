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
  told: { zh: '市场规模从哪里来', en: 'Who told the market' },
  counted: { zh: '计入', en: 'of which counts' },
  unknown_territory: {
    zh: '没有数值：这里没有设置负责的地区或行业，下级也不是都有',
    en: 'No figure: nobody said which regions or industries it covers, nor is that known of all below it',
  },
  unknown_untold: {
    zh: '没有数值：负责的区域或期间里有一部分没有市场规模；用一部分作分母会高估份额',
    en: 'No figure: of a part of its territory or days no size is told; a share of a part would be too large',
  },
  unknown_crossing: {
    zh: '没有数值：有的规模按地区、有的按行业，重叠的部分不知道有多大',
    en: 'No figure: some sizes are by region and some by industry, and nobody knows what they have in common',
  },
  unknown_unvalued: {
    zh: '没有数值：有的规模没有可用的汇率',
    en: 'No figure: the currency of a size has no rate on its first day',
  },
  saved: { zh: '已保存', en: 'Saved' },
})
