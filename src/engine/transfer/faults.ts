import type { FieldFault } from '#base/errors.ts'
import type { Label, LabelParams } from '#base/label.ts'

/** Everything that can be wrong with one cell or row of a file, in words. */
export const faultLabels = {
  NOT_A_DATE: { zh: '“{text}”不是日期', en: '“{text}” is not a date' },
  NOT_A_NUMBER: { zh: '“{text}”不是数字', en: '“{text}” is not a number' },
  NOT_YES_NO: { zh: '“{text}”既不是“是”也不是“否”', en: '“{text}” is neither yes nor no' },
  NOT_SHARES: {
    zh: '“{text}”不是分成，写法如“张三 60%; 李四 40%”',
    en: '“{text}” is not a split; write it like “Ann 60%; Bob 40%”',
  },
  UNKNOWN_CHOICE: { zh: '“{text}”不在选项中：{allowed}', en: '“{text}” is none of the choices: {allowed}' },
  REFERENCE_NOT_FOUND: { zh: '找不到“{text}”', en: '“{text}” is not there' },
  REFERENCE_AMBIGUOUS: { zh: '有 {count} 个“{text}”，无法确定是哪一个', en: 'There are {count} called “{text}”' },
  REGION_NOT_FOUND: { zh: '不认识地区“{text}”', en: '“{text}” is not a known region' },
  OWNER_NOT_FOUND: { zh: '没有叫“{text}”的人员', en: 'Nobody is called “{text}”' },
  OWNER_AMBIGUOUS: {
    zh: '有 {count} 位“{text}”，请改用邮箱或工号',
    en: '{count} people are called “{text}”; use the e-mail or employee number',
  },
  TOO_LONG: { zh: '最多 {most} 个字', en: 'At most {most} characters' },
  NOT_AN_EMAIL: { zh: '“{text}”不是邮箱地址', en: '“{text}” is not an e-mail address' },
  NUMBER_SHORTENED: {
    zh: '“{text}”是 Excel 缩写的长数字，原来的数字已丢失；请把该列设为文本格式后重新填写',
    en: '“{text}” is a long number that Excel shortened, its digits are lost; format the column as text and fill it again',
  },
  REQUIRED: { zh: '必填', en: 'Required' },
  KEY_EMPTY: { zh: '用来对应记录的字段为空', en: 'The field that identifies the record is empty' },
  RECORD_NOT_FOUND: { zh: '没有可更新的记录“{text}”', en: 'There is no record “{text}” to update' },
  RECORD_EXISTS: { zh: '记录“{text}”已存在', en: 'The record “{text}” is there already' },
  SAME_KEY: {
    zh: '“{text}”已在第 {line} 行出现；同一记录只取第一行',
    en: '“{text}” stands in line {line} already; of lines for one record the first is taken',
  },
  WRONG_CELL_COUNT: {
    zh: '这一行有 {found} 格，表头有 {expected} 格',
    en: 'The row has {found} cells, the header has {expected}',
  },
  BROKEN_QUOTES: { zh: '引号不成对', en: 'A quotation mark is out of place' },
  NOT_JSON: { zh: '这一行不是 JSON 对象', en: 'The line is not a JSON object' },
  FORMULA_ERROR: { zh: '表格里的公式出错：{text}', en: 'The formula in the sheet fails: {text}' },
  ROW_REFUSED: { zh: '系统没有接受这一行', en: 'The row was not accepted' },
  AMBIGUOUS_DATE: { zh: '“{text}”按 {value} 理解', en: '“{text}” was read as {value}' },
  DECIMAL_COMMA: { zh: '“{text}”按 {value} 理解', en: '“{text}” was read as {value}' },
} as const satisfies Record<string, Label>

export type FaultCode = keyof typeof faultLabels

/** One fault of one cell; `field` is empty when the whole row is meant. */
export function fault(field: string, code: FaultCode, params?: LabelParams): FieldFault {
  const label: Label = faultLabels[code]
  return params ? { field, code, label, params } : { field, code, label }
}
