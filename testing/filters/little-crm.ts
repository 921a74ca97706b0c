import { monthsFrom } from '#engine/calendar/fiscal-calendar.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import { makeCatalogue } from '#engine/model/catalogue.ts'
import type { Field, ObjectType } from '#engine/model/object-type.ts'
import { everydayRights } from '#engine/policy/rights.ts'
import type { Named, Resolver, TextContext } from '#engine/query/text/resolver.ts'
import { regions } from '#engine/region/regions.ts'

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`
const place = (key: string) => ({ id: key, kept: true, indexed: true })
const common = { rights: everydayRights, title: 'name', defaultSort: [] }
const owner: Field = { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' } }

const account: ObjectType = {
  ...common,
  key: 'account',
  label: { zh: '客户', en: 'Account' },
  labelOfMany: { zh: '客户', en: 'Accounts' },
  table: 'account',
  fields: [
    { key: 'name', type: 'text', label: { zh: '客户名称', en: 'Name' } },
    {
      key: 'tier__c',
      type: 'choice',
      label: { zh: '等级', en: 'Tier' },
      choices: [
        { key: 's', label: { zh: 'S级', en: 'S' } },
        { key: 'a', label: { zh: 'A级', en: 'A' } },
        { key: 'none', label: { zh: '无', en: 'None' } },
      ],
      custom: place('tier'),
    },
    { key: 'province', type: 'text', label: { zh: '省份', en: 'Province' } },
    { key: 'city', type: 'text', label: { zh: '城市', en: 'City' } },
    { key: 'area', type: 'region', label: { zh: '地区', en: 'Area' } },
    { key: 'annualRevenue', type: 'money', label: { zh: '年营收', en: 'Annual revenue' } },
    { key: 'parent', type: 'reference', to: 'account', label: { zh: '上级公司', en: 'Parent account' } },
    { key: 'tags__c', type: 'tags', label: { zh: '标签', en: 'Tags' }, custom: place('tags') },
    owner,
  ],
}

const opportunity: ObjectType = {
  ...common,
  key: 'opportunity',
  label: { zh: '商机', en: 'Opportunity' },
  labelOfMany: { zh: '商机', en: 'Opportunities' },
  table: 'opportunity',
  fields: [
    { key: 'name', type: 'text', label: { zh: '商机名称', en: 'Name' } },
    { key: 'account', type: 'reference', to: 'account', label: { zh: '客户', en: 'Account' } },
    { key: 'partner', type: 'reference', to: 'account', label: { zh: '伙伴', en: 'Partner' } },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' } },
    { key: 'chance', type: 'percent', label: { zh: '赢率', en: 'Chance' } },
    {
      key: 'status',
      type: 'choice',
      label: { zh: '状态', en: 'Status' },
      choices: [
        { key: 'open', label: { zh: '进行中', en: 'Open' } },
        { key: 'won', label: { zh: '赢单', en: 'Won' } },
        { key: 'lost', label: { zh: '输单', en: 'Lost' } },
      ],
    },
    { key: 'closedOn', type: 'date', label: { zh: '关闭日期', en: 'Closed on' } },
    { key: 'urgent', type: 'yes_no', label: { zh: '紧急', en: 'Urgent' } },
    {
      key: 'rivals__c',
      type: 'multi_choice',
      label: { zh: '竞争对手', en: 'Rivals' },
      choices: [
        { key: 'x', label: { zh: '甲公司', en: 'Firm X' } },
        { key: 'y', label: { zh: '乙公司', en: 'Firm Y' } },
      ],
      custom: place('rivals'),
    },
    { key: 'helpers__c', type: 'multi_reference', to: 'account', label: { zh: '协作方', en: 'Helpers' }, custom: place('helpers') },
    { key: 'stars__c', type: 'rating', label: { zh: '星级', en: 'Stars' }, custom: place('stars') },
    owner,
  ],
} // prettier-ignore

const activity: ObjectType = {
  ...common,
  key: 'activity',
  label: { zh: '跟进', en: 'Activity' },
  labelOfMany: { zh: '跟进', en: 'Activities' },
  table: 'activity',
  title: 'subject',
  fields: [
    { key: 'subject', type: 'text', label: { zh: '主题', en: 'Subject' } },
    { key: 'account', type: 'reference', to: 'account', label: { zh: '客户', en: 'Account' } },
    {
      key: 'kind',
      type: 'choice',
      label: { zh: '方式', en: 'Kind' },
      choices: [
        { key: 'visit', label: { zh: '拜访', en: 'Visit' } },
        { key: 'call', label: { zh: '电话', en: 'Call' } },
      ],
    },
    { key: 'doneOn', type: 'date', label: { zh: '日期', en: 'Date' }, required: true },
    { key: 'minutes', type: 'number', label: { zh: '分钟', en: 'Minutes' } },
    owner,
  ],
}

export const catalogue: Catalogue = makeCatalogue([account, opportunity, activity])
export const objects = { account, opportunity, activity }

export const people: readonly Named[] = [
  { id: id(1), name: '王芳', detail: '东区' },
  { id: id(2), name: '李雷', detail: '东区' },
  { id: id(3), name: '李雷', detail: '西区' },
  { id: id(4), name: "Mary O'Neil", detail: '西区' },
]
export const units: readonly Named[] = [
  { id: id(11), name: '东区' },
  { id: id(12), name: '西区' },
]
export const accounts: readonly Named[] = [
  { id: id(21), name: '华为' },
  { id: id(22), name: '华为技术' },
  { id: id(23), name: 'New York "Ltd"' },
  { id: id(24), name: '双生' },
  { id: id(25), name: '双生' },
]

const containing = (all: readonly Named[], text: string) =>
  Promise.resolve(all.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())))

const resolver: Resolver = {
  people: (text) => containing(people, text),
  units: (text) => containing(units, text),
  records: (object, text) => containing(object.key === 'account' ? accounts : [], text),
  regions,
}

export const textContext = (object: ObjectType, language: 'zh' | 'en' = 'zh'): TextContext => ({
  object,
  catalogue,
  language,
  calendar: monthsFrom(4),
  resolver,
})

/** Names that only one has. */
export function nameOf(kind: string, wanted: string): string | undefined {
  const all = kind === 'person' ? people : kind === 'unit' ? units : kind === 'account' ? accounts : []
  const name = all.find((one) => one.id === wanted)?.name
  return all.filter((one) => one.name === name).length === 1 ? name : undefined
}
