import type { Choice, ObjectType } from '#engine/model/object-type.ts'
import { everydayRights, officeRights } from '#engine/policy/rights.ts'
import { categories, openCategories } from './categorise.ts'

/** What a stage makes of a deal that stands there. */
export const kinds: readonly Choice[] = [
  { key: 'open', label: { zh: '进行中', en: 'Open' }, color: 'blue' },
  { key: 'won', label: { zh: '赢单', en: 'Won' }, color: 'green' },
  { key: 'lost', label: { zh: '输单', en: 'Lost' }, color: 'default' },
]

/** The steps of the pipeline; the kind decides whether a deal that stands there is open, won or lost. */
// prettier-ignore
export const stage: ObjectType = {
  key: 'stage',
  label: { zh: '阶段', en: 'Stage' },
  labelOfMany: { zh: '阶段', en: 'Stages' },
  table: 'stage',
  title: 'name',
  titleEn: 'nameEn',
  rights: officeRights,
  visibleToAll: true,
  defaultSort: [{ field: 'position' }],
  fields: [
    { key: 'name', type: 'text', label: { zh: '名称', en: 'Name' }, required: true, searched: 'name', unique: true, inList: true },
    { key: 'nameEn', type: 'text', label: { zh: '英文名称', en: 'Name in English' }, required: true, searched: 'text', inList: true },
    { key: 'kind', type: 'choice', choices: kinds, label: { zh: '类别', en: 'Kind' }, required: true, inList: true },
    { key: 'position', type: 'number', label: { zh: '顺序', en: 'Position' }, required: true, inList: true },
    { key: 'probability', type: 'percent', label: { zh: '赢率', en: 'Probability' }, required: true, min: '0', max: '100', inList: true },
    { key: 'forecastCategory', type: 'choice', choices: openCategories, label: { zh: '预测类别', en: 'Forecast category' }, inList: true, visibleIf: { field: 'kind', op: 'eq', value: 'open' }, help: { zh: '处于此阶段的商机默认计入哪一类；留空则按赢率：70% 起为承诺，50% 起为最好情况', en: 'What deals in this stage count as by default; left empty it goes by the probability: committed from 70 %, best case from 50 %' } },
  ],
}

// prettier-ignore
export const opportunity: ObjectType = {
  key: 'opportunity',
  label: { zh: '商机', en: 'Opportunity' },
  labelOfMany: { zh: '商机', en: 'Opportunities' },
  table: 'opportunity',
  title: 'name',
  rights: everydayRights,
  defaultSort: [{ field: 'updatedAt', descending: true }],
  fields: [
    { key: 'name', type: 'text', label: { zh: '商机名称', en: 'Name' }, required: true, searched: 'name', inList: true, aliases: ['商机', 'deal', 'opportunity'] },
    { key: 'code', type: 'text', label: { zh: '商机编号', en: 'Code' }, unique: true, searched: 'code', aliases: ['opportunity_id', 'opportunity id', '编号'] },
    { key: 'account', type: 'reference', to: 'account', partOf: true, label: { zh: '客户', en: 'Account' }, inList: true, aliases: ['客户名称', 'company'] },
    { key: 'product', type: 'reference', to: 'product', label: { zh: '产品', en: 'Product' }, aliases: ['产品名称'] },
    { key: 'stage', type: 'reference', to: 'stage', label: { zh: '阶段', en: 'Stage' }, required: true, inList: true, aliases: ['deal_stage', '销售阶段', 'status'] },
    { key: 'status', type: 'choice', choices: kinds, label: { zh: '状态', en: 'Status' }, readOnly: true, inList: true },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' }, inList: true, min: '0', aliases: ['close_value', '商机金额', 'value'] },
    { key: 'currency', type: 'text', label: { zh: '币种', en: 'Currency' }, maxLength: 3 },
    { key: 'probability', type: 'percent', label: { zh: '赢率', en: 'Probability' }, min: '0', max: '100', help: { zh: '随阶段自动填写，可以改；换阶段时重新取阶段的赢率', en: 'Taken from the stage and yours to change; taken anew when the stage changes' }, aliases: ['可能性', 'win probability'] },
    { key: 'engagedOn', type: 'date', label: { zh: '开始日期', en: 'Engaged on' }, aliases: ['engage_date', '创建日期', 'start date'] },
    { key: 'expectedOn', type: 'date', label: { zh: '预计成交日期', en: 'Expected on' }, inList: true, aliases: ['expected close date'] },
    { key: 'closedOn', type: 'date', label: { zh: '关闭日期', en: 'Closed on' }, inList: true, aliases: ['close_date', '成交日期', '签约日期'] },
    { key: 'forecastCategory', type: 'choice', choices: categories, label: { zh: '预测类别', en: 'Forecast category' }, aliases: ['forecast_category', 'forecast category', '预测分类'], help: { zh: '默认随阶段；自己选定后，换阶段也不变，清空即重新随阶段', en: 'Follows the stage until you choose one yourself; empty it to follow the stage again' } },
    { key: 'forecastByHand', type: 'yes_no', label: { zh: '预测类别由人选定', en: 'Category chosen by hand' }, readOnly: true },
    { key: 'lostReason', type: 'text', label: { zh: '输单原因', en: 'Lost because' } },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['sales_agent', 'owner', '销售', '销售代表'] },
    { key: 'credits', type: 'credits', label: { zh: '业绩分配', en: 'Shared credit' } },
    { key: 'note', type: 'long_text', label: { zh: '备注', en: 'Note' } },
  ],
}
