import { defineWords } from '#web/words/words.ts'

/** Texts around every page before the sign-in. */
export const frameWords = defineWords('entry-frame', {
  slogan: { zh: '目标逐级落地，结果逐级汇总', en: 'Targets flow down, results roll up' },
})
