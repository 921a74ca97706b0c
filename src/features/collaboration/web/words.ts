import { defineWords } from '#web/words/words.ts'

export const talkWords = defineWords('talk', {
  talk: { zh: '动态', en: 'Timeline' },
  placeholder: { zh: '写评论，用 @ 提到同事', en: 'Write a comment; @ mentions a colleague' },
  send: { zh: '发表', en: 'Comment' },
  sendKeys: { zh: 'Ctrl/⌘ + Enter 发表', en: 'Ctrl/⌘ + Enter sends' },
  nobody: { zh: '没有这个同事', en: 'No such colleague' },
  cannotSee: {
    zh: '{names}看不到这条记录，不会知道被提到',
    en: '{names} cannot see this record and will not learn of the mention',
  },
  empty: { zh: '还没有动态', en: 'Nothing yet' },
  emptyText: {
    zh: '同事的评论和跟进会按时间排在这里。',
    en: 'Comments and activities stand here in the order of time.',
  },
  more: { zh: '更早的评论', en: 'Earlier comments' },
  edited: { zh: '已编辑', en: 'edited' },
  edit: { zh: '编辑评论', en: 'Edit the comment' },
  remove: { zh: '删除评论', en: 'Delete the comment' },
  removed: { zh: '评论已删除', en: 'The comment was deleted' },
  system: { zh: '系统', en: 'System' },
  activitiesCut: { zh: '只显示最新的 {n} 条跟进', en: 'Only the newest {n} activities are shown' },
  activityOf: { zh: '{kind}：{subject}', en: '{kind}: {subject}' },
})
