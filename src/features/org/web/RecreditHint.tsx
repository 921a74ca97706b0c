import { useWords } from '#web/words/use-words.ts'
import { orgWords } from './org-words.ts'
import { percentDone, useRecrediting } from './use-recrediting.ts'

const idleMs = 20_000

/** Says quietly, beside figures, that they are still moving; nothing while they are at rest. */
export function RecreditHint() {
  return (
    <span role="status" className="recredit-hint">
      {useHint()}
    </span>
  )
}

function useHint(): string | undefined {
  const t = useWords(orgWords)
  const { underWay, failed } = useRecrediting(idleMs) ?? {}
  if (!underWay) return failed ? t('figuresStuck') : undefined
  const percent = percentDone(underWay.share)
  return percent === undefined ? t('figuresMoving') : t('figuresMovingBy', { percent })
}
