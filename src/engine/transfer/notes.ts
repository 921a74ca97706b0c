import { inWords, type Label, type Language } from '#base/label.ts'
import { columnOf } from './map-row.ts'
import { namesIn } from './template.ts'
import type { ImportNote } from './opened-file.ts'
import type { Mapping } from './mapping.ts'

const labels: Readonly<Record<ImportNote['code'], Label>> = {
  NO_ROWS: { zh: '文件只有表头，没有数据行', en: 'The file has a header but no rows' },
  COLUMNS_UNUSED: { zh: '没有导入的列：{names}', en: 'Columns that were not used: {names}' },
  LINES_BEFORE_HEADER: {
    zh: '跳过了表头上方的 {count} 行',
    en: '{count} lines above the header were left out',
  },
  HEADER_DOUBLED: {
    zh: '表头“{name}”出现不止一次：“{name}”取第一列，另一列称为“{became}”',
    en: 'The header “{name}” stands more than once: “{name}” is the first column, the other is called “{became}”',
  },
  HEADER_EMPTY: { zh: '没有表头的列称为“{became}”', en: 'A column without a header is called “{became}”' },
  HEADER_OF_TWO_LINES: { zh: '表头有两行，已合并', en: 'The header has two lines, which were joined' },
  HEADER_NOT_FOUND: {
    zh: '文件没有表头：各列按位置称为“#1”“#2”……',
    en: 'The file has no header: its columns are called #1, #2 … by their place',
  },
  DATES_MEANT_AS_NUMBERS: {
    zh: '“{name}”列的编号被设成了日期格式，已还原为编号',
    en: 'The numbers of the column “{name}” were formatted as dates; the numbers were taken',
  },
}

/** A note in words. */
export function wordsOfNote({ code, count, names, name, became }: ImportNote, language: Language): string {
  return inWords(labels[code], language, {
    ...(count === undefined ? {} : { count }),
    ...(name === undefined ? {} : { name }),
    ...(became === undefined ? {} : { became }),
    ...(names === undefined ? {} : { names: names.join(language === 'zh' ? '、' : ', ') }),
  })
}

/** What nobody would notice by the counts of an import alone. */
export function notesOnUse(mapping: Mapping, headers: readonly string[], rowsTotal: number): readonly ImportNote[] {
  const names = unusedHeaders(mapping, headers)
  return [
    ...(rowsTotal === 0 ? [{ code: 'NO_ROWS' as const }] : []),
    ...(names.length > 0 ? [{ code: 'COLUMNS_UNUSED' as const, names: [...names] }] : []),
  ]
}

/** The columns of a file that feed no field, neither alone nor in a template. */
export function unusedHeaders(mapping: Mapping, headers: readonly string[]): readonly string[] {
  const feeding = Object.entries(mapping.columns).flatMap(([name, fields]) => ([fields].flat().length > 0 ? name : []))
  const used = [...feeding, ...Object.values(mapping.templates).flatMap(namesIn)].map((name) => columnOf(headers, name))
  return headers.filter((_, at) => !used.includes(at))
}
