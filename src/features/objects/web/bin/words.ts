import { defineWords } from '#web/words/words.ts'

export const binWords = defineWords('bin', {
  title: { zh: '回收站', en: 'Recycle bin' },
  note: {
    zh: '删除的记录保留 {days} 天，期间可以恢复，之后彻底删除。',
    en: 'What was deleted stays for {days} days and can come back; after that it is gone for good.',
  },
  objects: { zh: '对象', en: 'Objects' },
  deletedBy: { zh: '谁删除的', en: 'Deleted by' },
  wentOn: { zh: '{name} 删除于 {at}', en: 'Deleted by {name}, {at}' },
  goneOn: { zh: '保留到 {day}', en: 'Kept until {day}' },
  goneWith: { zh: '随“{title}”一起删除', en: 'Went with “{title}”' },
  cameWith: { zh: '一起删除的：{what}', en: 'Went with it: {what}' },
  counted: { zh: '{object} {n} 条', en: '{object}: {n}' },
  select: { zh: '选择“{title}”', en: 'Select “{title}”' },
  selectAll: { zh: '选择已载入的记录', en: 'Select the loaded records' },
  selected: { zh: '已选 {n} 条', en: '{n} selected' },
  restore: { zh: '恢复', en: 'Restore' },
  restoreOne: { zh: '恢复“{title}”', en: 'Restore “{title}”' },
  restored: { zh: '已恢复 {n} 条', en: '{n} restored' },
  restoredAlong: {
    zh: '已恢复 {n} 条，以及一起删除的 {along} 条',
    en: '{n} restored, and {along} that went with them',
  },
  leftBehind: {
    zh: '一起删除的 {n} 条不在您的范围内，仍在回收站。',
    en: '{n} that went with them are out of your reach and stay in the bin.',
  },
  refusedTitle: { zh: '{n} 条没能恢复', en: '{n} could not come back' },
  withParents: { zh: '连同“{titles}”一起恢复', en: 'Restore it with “{titles}”' },
  more: { zh: '再看更多', en: 'Show more' },
  emptyTitle: { zh: '这里是空的', en: 'Nothing is here' },
  emptyText: {
    zh: '删除的{object}会在这里保留 {days} 天。',
    en: 'Deleted {object} stay here for {days} days.',
  },
  noMatch: { zh: '没有符合条件的记录', en: 'Nothing matches' },
  removeTitle: { zh: '删除“{title}”？', en: 'Delete “{title}”?' },
  removeAsk: {
    zh: '这些记录属于它，会一起进入回收站；恢复它时也一起恢复：',
    en: 'These records belong to it and go to the recycle bin with it; restoring it brings them back too:',
  },
  removeSeen: { zh: '{object} {n} 条', en: '{object}: {n}' },
  removeSome: { zh: '{object} {n} 条，其中您可以删除 {deletable} 条', en: '{object}: {n}, of which you may delete {deletable}' }, // prettier-ignore
  removeKept: {
    zh: '还不能删除：还有{objects}提到它，或属于它而您不能删除。请先处理这些记录，或请管理员删除。',
    en: 'It cannot go yet: records name it, or belong to it and are not yours to delete ({objects}). Deal with those first, or ask an administrator.',
  },
  removeAlong: { zh: '一起删除 {n} 条', en: 'Delete all {n}' },
  removedAlong: { zh: '已删除“{title}”及其 {n} 条记录', en: '“{title}” and {n} records of it were deleted' },
})
