import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'

/** What companies are compared by until an administrator decides otherwise. */
export const accountDuplicates: readonly DuplicateRule[] = [
  {
    id: 'account-credit-code',
    name: { zh: '统一社会信用代码相同', en: 'Same credit code' },
    compares: [{ field: 'creditCode', way: 'credit_code' }],
    action: 'block',
    isOn: true,
  },
  {
    id: 'account-name',
    name: { zh: '公司名称相同（不计公司形式和括号里的地区）', en: 'Same company name, whatever its legal form' },
    compares: [{ field: 'name', way: 'company' }],
    action: 'warn',
    isOn: true,
  },
  {
    id: 'account-near-name',
    name: { zh: '公司名称相近', en: 'Similar company name' },
    compares: [{ field: 'name', way: 'fuzzy' }],
    action: 'warn',
    isOn: false,
  },
  {
    id: 'account-phone',
    name: { zh: '电话相同', en: 'Same phone' },
    compares: [{ field: 'phone', way: 'phone' }],
    action: 'warn',
    isOn: false,
  },
]

/** The same of people at companies. */
export const contactDuplicates: readonly DuplicateRule[] = [
  {
    id: 'contact-phone',
    name: { zh: '手机相同', en: 'Same phone' },
    compares: [{ field: 'phone', way: 'phone' }],
    action: 'warn',
    isOn: true,
  },
  {
    id: 'contact-email',
    name: { zh: '邮箱相同', en: 'Same e-mail' },
    compares: [{ field: 'email', way: 'email' }],
    action: 'warn',
    isOn: true,
  },
  {
    id: 'contact-name',
    name: { zh: '同一客户下姓名相同', en: 'Same name at the same account' },
    compares: [
      { field: 'account', way: 'exact' },
      { field: 'name', way: 'exact' },
    ],
    action: 'warn',
    isOn: false,
  },
]
