import { shortNumber, type NumberUnit } from '#web/kit/number-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { cockpitWords } from './words.ts'

interface LevelsNoteProps {
  readonly node: Pick<AttainmentNode, 'levels'>
  readonly unit: NumberUnit
  readonly currency: string
}

/** Floor and stretch beside the target, and which of the three is reached. */
export function LevelsNote({ node: { levels }, unit, currency }: LevelsNoteProps) {
  const t = useWords(cockpitWords)
  const language = useLanguage()
  if (!levels) return null
  const short = (value: string) => shortNumber(value, { unit, language, currency })
  const parts = [
    levels.floor !== null && `${t('floor')} ${short(levels.floor)}`,
    levels.stretch !== null && `${t('stretch')} ${short(levels.stretch)}`,
    levels.reached !== null && t(levels.reached === 'target' ? 'targetReached' : `${levels.reached}Reached`),
  ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}
