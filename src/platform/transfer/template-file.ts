import { PassThrough, type Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { inWords, type Label } from '#base/label.ts'
import type { Field, FieldType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { writeSheet, type SheetFormat } from './sheet-writer.ts'
import type { ImportTarget } from './target.ts'

const typeWords: Readonly<Record<FieldType, Label>> = {
  text: { zh: '文字', en: 'Text' },
  long_text: { zh: '长文字', en: 'Long text' },
  number: { zh: '数字', en: 'Number' },
  money: { zh: '金额，如 12000 或 1.2万', en: 'Amount such as 12000 or 12K' },
  percent: { zh: '百分比，如 15 或 15%', en: 'Percent such as 15 or 15%' },
  date: { zh: '日期，如 2026-03-05', en: 'Date such as 2026-03-05' },
  date_time: { zh: '时间，如 2026-03-05 14:30', en: 'Time such as 2026-03-05 14:30' },
  yes_no: { zh: '是或否', en: 'Yes or no' },
  choice: { zh: '选项之一', en: 'One of the choices' },
  phone: { zh: '电话', en: 'Phone' },
  email: { zh: '邮箱', en: 'E-mail' },
  url: { zh: '网址', en: 'Web address' },
  reference: { zh: '对方的名称或编号', en: 'Name or code of the record' },
  owner: { zh: '姓名、邮箱或工号', en: 'Name, e-mail or employee number' },
  rich_text: { zh: '长文字', en: 'Long text' },
  address: { zh: '地址', en: 'Address' },
  rating: { zh: '0 到 5', en: '0 to 5' },
  multi_choice: { zh: '一个或多个选项，用、隔开', en: 'One or several choices, separated by ;' },
  tags: { zh: '一个或多个标签，用、隔开', en: 'One or several tags, separated by ;' },
  multi_reference: { zh: '一个或多个名称，用、隔开', en: 'One or several names, separated by ;' },
  region: { zh: '地区名称或代码，如“浙江省杭州市”', en: 'Name or code of a region such as 浙江省杭州市' },
  file: { zh: '不能导入', en: 'Cannot be imported' },
  auto_number: { zh: '系统编号，可留空', en: 'Numbered by the system; may stay empty' },
  formula: { zh: '自动计算', en: 'Worked out' },
  rollup: { zh: '自动汇总', en: 'Added up' },
  credits: { zh: '如“张三 60%; 李四 40%”', en: 'Such as “Ann 60%; Bob 40%”' },
}

const heads: readonly Label[] = [
  { zh: '列', en: 'Column' },
  { zh: '必填', en: 'Required' },
  { zh: '怎么填', en: 'How to fill it in' },
  { zh: '可选值', en: 'Choices' },
]

/** An empty sheet with the columns that the import recognises, and a second one that explains them. */
export async function templateFile(ctx: Ctx, target: ImportTarget, format: SheetFormat): Promise<Readable> {
  const words = (label: Label): string => inWords(label, ctx.language)
  const header = target.fields.map((field) => `${words(field.label)}${field.required ? '*' : ''}`)
  const out = new PassThrough()
  if (format === 'csv') {
    void writeSheet(out, 'csv', header, [])
    return out
  }
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(words(target.label).slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = header.map((name) => ({ header: name, width: Math.max(12, name.length * 2 + 4) }))
  sheet.getRow(1).font = { bold: true }
  const notes = book.addWorksheet(words({ zh: '填写说明', en: 'Notes' }))
  notes.columns = heads.map((label, at) => ({ header: words(label), width: [22, 8, 48, 48][at] ?? 20 }))
  notes.getRow(1).font = { bold: true }
  for (const field of target.fields) notes.addRow(noteOf(field, words))
  out.end(Buffer.from(await book.xlsx.writeBuffer()))
  return out
}

function noteOf(field: Field, words: (label: Label) => string): readonly string[] {
  return [
    words(field.label),
    field.required ? words({ zh: '是', en: 'Yes' }) : '',
    words(field.help ?? typeWords[field.type]),
    (field.choices ?? [])
      .filter((choice) => !choice.retired)
      .map((choice) => words(choice.label))
      .join(' / '),
  ]
}
