import type { ObjectType } from '#engine/model/object-type.ts'
import { everydayRights } from '#engine/policy/rights.ts'
import { accountDuplicates, contactDuplicates } from './duplicates.ts'

// prettier-ignore
export const account: ObjectType = {
  key: 'account',
  label: { zh: '客户', en: 'Account' },
  labelOfMany: { zh: '客户', en: 'Accounts' },
  table: 'account',
  title: 'name',
  rights: everydayRights,
  defaultSort: [{ field: 'updatedAt', descending: true }],
  duplicates: accountDuplicates,
  fields: [
    { key: 'name', type: 'text', label: { zh: '客户名称', en: 'Name' }, required: true, searched: 'name', inList: true, aliases: ['account', '公司', '公司名称', '客户', 'company', 'account name'] },
    { key: 'code', type: 'text', label: { zh: '客户编号', en: 'Code' }, unique: true, searched: 'code', aliases: ['account id', 'customer no', '编号'] },
    { key: 'creditCode', type: 'text', label: { zh: '统一社会信用代码', en: 'Credit code' }, maxLength: 40, searched: 'code', aliases: ['信用代码', 'uscc'] },
    { key: 'industry', type: 'text', label: { zh: '行业', en: 'Industry' }, inList: true, aliases: ['sector'] },
    { key: 'province', type: 'text', label: { zh: '省份', en: 'Province' }, inList: true, aliases: ['office_location', 'country', 'region', '国家', '地区'] },
    { key: 'city', type: 'text', label: { zh: '城市', en: 'City' }, inList: true },
    { key: 'phone', type: 'phone', label: { zh: '电话', en: 'Phone' }, searched: 'code', aliases: ['tel', 'telephone', '联系电话'] },
    { key: 'website', type: 'url', label: { zh: '网址', en: 'Website' } },
    { key: 'employees', type: 'number', label: { zh: '员工人数', en: 'Employees' }, min: '0', whole: true, aliases: ['人数', '规模'] },
    { key: 'annualRevenue', type: 'money', label: { zh: '年营收', en: 'Annual revenue' }, aliases: ['revenue', '营收', '年营业额', '年销售额', '营业额', '年收入'] },
    { key: 'foundedYear', type: 'number', label: { zh: '成立年份', en: 'Founded' }, min: '1000', max: '2200', whole: true, aliases: ['year_established', 'founded year'] },
    { key: 'parent', type: 'reference', to: 'account', label: { zh: '上级公司', en: 'Parent account' }, aliases: ['subsidiary_of', '母公司', '上级客户', '上级单位'] },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner', '销售', '销售代表', 'sales_agent'] },
    { key: 'note', type: 'long_text', label: { zh: '备注', en: 'Note' } },
  ],
}

// prettier-ignore
export const contact: ObjectType = {
  key: 'contact',
  label: { zh: '联系人', en: 'Contact' },
  labelOfMany: { zh: '联系人', en: 'Contacts' },
  table: 'contact',
  title: 'name',
  rights: everydayRights,
  defaultSort: [{ field: 'updatedAt', descending: true }],
  duplicates: contactDuplicates,
  fields: [
    { key: 'name', type: 'text', personal: true, label: { zh: '姓名', en: 'Name' }, required: true, searched: 'name', inList: true, aliases: ['联系人', 'full name'] },
    { key: 'account', type: 'reference', to: 'account', partOf: true, label: { zh: '客户', en: 'Account' }, inList: true, aliases: ['公司', 'company'] },
    { key: 'title', type: 'text', personal: true, label: { zh: '职务', en: 'Title' }, inList: true, aliases: ['职位', 'position'] },
    { key: 'phone', type: 'phone', personal: true, label: { zh: '手机', en: 'Phone' }, searched: 'code', inList: true, aliases: ['电话', 'mobile'] },
    { key: 'email', type: 'email', personal: true, label: { zh: '邮箱', en: 'E-mail' }, searched: 'email', aliases: ['mail'] },
    { key: 'wechat', type: 'text', personal: true, label: { zh: '微信号', en: 'WeChat' }, searched: 'text' },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner'] },
    { key: 'note', type: 'long_text', personal: true, label: { zh: '备注', en: 'Note' } },
  ],
}
