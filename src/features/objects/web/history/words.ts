import { defineWords } from '#web/words/words.ts'

export const historyWords = defineWords('history', {
  byForm: { zh: '在页面上', en: 'On a page' },
  byKey: { zh: '通过接口', en: 'By the API' },
  byImport: { zh: '导入', en: 'Import' },
  byBulk: { zh: '批量操作', en: 'Bulk edit' },
  byUndoOfOne: { zh: '撤销一次修改', en: 'Undo of a change' },
  byUndo: { zh: '撤销批量操作或导入', en: 'Undo of a whole operation' },
  byHandOver: { zh: '交接', en: 'Hand-over' },
  byRestore: { zh: '从回收站恢复', en: 'From the recycle bin' },
  bySystem: { zh: '系统', en: 'System' },
  wholeOperation: { zh: '查看整次操作', en: 'See the whole operation' },
  undoThis: { zh: '撤销这次修改', en: 'Undo this change' },
  undoThisAt: { zh: '撤销这次修改（{at}）', en: 'Undo this change ({at})' },
  undone: { zh: '已撤销', en: 'Undone' },
  overtakenTitle: { zh: '这些字段之后又变了', en: 'These fields changed again since' },
  overtakenText: {
    zh: '请逐项选择：恢复为这次修改之前的值，还是保留现在的值。',
    en: 'Choose for each: the value from before this change, or the value that stands there now.',
  },
  beforeIt: { zh: '修改前：{value}', en: 'Before it: {value}' },
  nowIs: { zh: '现在：{value}', en: 'Now: {value}' },
  setBack: { zh: '按选择恢复', en: 'Set back as chosen' },
  operationTitle: { zh: '{kind}，共 {n} 条记录', en: '{kind} of {n} records' },
  operationBy: { zh: '{name} · {at}', en: '{name} · {at}' },
  undoAll: { zh: '撤销整次操作', en: 'Undo the whole operation' },
  undoing: { zh: '正在撤销 {n} / {all}', en: 'Undoing {n} of {all}' },
  undoDone: {
    zh: '已撤销：{n} 条恢复原样，{skipped} 条保持现状。',
    en: 'Undone: {n} records are as they were; {skipped} stayed as they are.',
  },
  undoFailed: { zh: '撤销没有完成，请重试。', en: 'The undo broke off; try again.' },
})
