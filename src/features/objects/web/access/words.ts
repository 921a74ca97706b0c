import { defineWords } from '#web/words/words.ts'

export const accessWords = defineWords('access', {
  mine: { zh: '您能看到这条记录，因为：', en: 'You see this record because:' },
  ofOthers: { zh: '别人能看到吗？', en: 'Does somebody else see it?' },
  person: { zh: '选择人员', en: 'Choose a person' },
  sees: { zh: '{name}能看到，因为：', en: '{name} sees it because:' },
  seesNot: { zh: '{name}看不到，因为：', en: '{name} does not see it because:' },
})
