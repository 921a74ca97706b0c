import type { ReactNode } from 'react'
import {
  AlignLeftOutlined,
  ApartmentOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DeploymentUnitOutlined,
  DownCircleOutlined,
  EnvironmentOutlined,
  FieldNumberOutlined,
  FileTextOutlined,
  FontSizeOutlined,
  FunctionOutlined,
  HomeOutlined,
  LinkOutlined,
  MailOutlined,
  NumberOutlined,
  PaperClipOutlined,
  PayCircleOutlined,
  PercentageOutlined,
  PhoneOutlined,
  StarOutlined,
  TagsOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { Label } from '#base/label.ts'
import type { CustomType } from './field-draft.ts'

export interface TypeWords {
  readonly label: Label
  /** One line: what it is for. */
  readonly help: Label
  readonly icon: ReactNode
}

const type = (icon: ReactNode, label: readonly [string, string], help: readonly [string, string]): TypeWords => ({
  icon,
  label: { zh: label[0], en: label[1] },
  help: { zh: help[0], en: help[1] },
})

/** How each type is called and drawn. */
export const fieldTypes: Readonly<Record<CustomType, TypeWords>> = {
  text: type(<FontSizeOutlined />, ['文本', 'Text'], ['一行文字，如型号', 'One line, such as a model']),
  long_text: type(<AlignLeftOutlined />, ['长文本', 'Long text'], ['多行文字，如备注', 'Several lines, such as notes']),
  rich_text: type(<FileTextOutlined />, ['富文本', 'Rich text'], ['带标题、列表、链接', 'With headings, lists, links']),
  number: type(<NumberOutlined />, ['数字', 'Number'], ['数量、面积、台数', 'Counts and measures']),
  money: type(<PayCircleOutlined />, ['金额', 'Money'], ['精确到分', 'Exact to the cent']),
  percent: type(<PercentageOutlined />, ['百分比', 'Percent'], ['折扣、占比', 'Discounts and shares']),
  rating: type(<StarOutlined />, ['评分', 'Rating'], ['几颗星', 'A number of stars']),
  date: type(<CalendarOutlined />, ['日期', 'Date'], ['某一天，如到期日', 'A day, such as a due date']),
  date_time: type(<ClockCircleOutlined />, ['日期时间', 'Date and time'], ['某一时刻', 'A moment']),
  yes_no: type(<CheckSquareOutlined />, ['是否', 'Yes or no'], ['勾选即为是', 'A box to tick']),
  choice: type(<DownCircleOutlined />, ['单选', 'Choice'], ['从几项中选一项', 'One of several']),
  multi_choice: type(<UnorderedListOutlined />, ['多选', 'Several choices'], ['可选多项', 'Any of several']),
  tags: type(<TagsOutlined />, ['标签', 'Tags'], ['随手输入的词', 'Words typed freely']),
  phone: type(<PhoneOutlined />, ['电话', 'Phone'], ['点一下即可拨打', 'Dials with a tap']),
  email: type(<MailOutlined />, ['邮箱', 'E-mail'], ['点一下即可写信', 'Writes with a tap']),
  url: type(<LinkOutlined />, ['网址', 'Web address'], ['可点击的链接', 'A link to open']),
  address: type(<HomeOutlined />, ['地址', 'Address'], ['街道、门牌', 'Street and number']),
  region: type(<EnvironmentOutlined />, ['地区', 'Region'], ['省、市、区县', 'Province, city, district']),
  reference: type(<ApartmentOutlined />, ['关联', 'Reference'], ['指向另一条记录', 'Leads to another record']),
  multi_reference: type(
    <DeploymentUnitOutlined />,
    ['多条关联', 'References'],
    ['指向多条记录', 'Leads to several records'],
  ),
  file: type(<PaperClipOutlined />, ['文件与图片', 'Files and images'], ['合同扫描件、照片', 'Scans and photos']),
  owner: type(<UserOutlined />, ['人员', 'Person'], ['公司里的一个人', 'Somebody in the company']),
  auto_number: type(<FieldNumberOutlined />, ['自动编号', 'Auto-number'], ['如 HT-2026-0001', 'Such as HT-2026-0001']),
  formula: type(<FunctionOutlined />, ['公式', 'Formula'], ['由其他字段算出', 'Worked out from other fields']),
  rollup: type(
    <CalculatorOutlined />,
    ['下级汇总', 'Roll-up'],
    ['下级记录的个数或合计', 'A count or sum of records below'],
  ),
}

const credits = type(<UserOutlined />, ['业绩分成', 'Credits'], ['', ''])

/** Words of any type, also of those that only the product adds. */
export function typeWords(key: string): TypeWords {
  const known: Readonly<Record<string, TypeWords>> = fieldTypes
  return known[key] ?? credits
}

/** In the order in which they are offered. */
export const typeGroups: readonly { readonly label: Label; readonly types: readonly CustomType[] }[] = [
  { label: { zh: '文字', en: 'Words' }, types: ['text', 'long_text', 'rich_text', 'phone', 'email', 'url'] },
  {
    label: { zh: '数与日期', en: 'Numbers and dates' },
    types: ['number', 'money', 'percent', 'rating', 'date', 'date_time'],
  },
  { label: { zh: '选择', en: 'Choices' }, types: ['choice', 'multi_choice', 'yes_no', 'tags'] },
  {
    label: { zh: '关联与地点', en: 'Links and places' },
    types: ['reference', 'multi_reference', 'owner', 'file', 'region', 'address'],
  },
  { label: { zh: '自动', en: 'Automatic' }, types: ['auto_number', 'formula', 'rollup'] },
]
