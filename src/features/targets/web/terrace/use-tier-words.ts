import { useCallback } from 'react'
import { exactNumber, percentText, type NumberUnit } from '#web/kit/number-text.ts'
import { stateOf, stateWord } from '#web/kit/state.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { Tier } from './tier.ts'
import { terraceWords } from './words.ts'

/** What a step says aloud: name, state, attainment, actual and target. */
export function useTierWords(unit: NumberUnit, currency: string | undefined): (tier: Tier) => string {
  const t = useWords(terraceWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  return useCallback(
    (tier) => {
      const style = { unit, language, currency }
      return t('step', {
        name: tier.name,
        state: k(stateWord(stateOf(tier.light), tier.reason)),
        attainment: percentText(tier.attainment),
        actual: exactNumber(tier.actual, style),
        target: exactNumber(tier.target, style),
      })
    },
    [t, k, unit, currency, language],
  )
}
