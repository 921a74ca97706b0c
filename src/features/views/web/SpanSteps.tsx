import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { viewWords } from './words.ts'

interface SpanStepsProps {
  readonly title: string
  readonly onStep: (step: 1 | -1) => void
  readonly onToday: () => void
}

/** Earlier, today, later; and what is shown now. */
export function SpanSteps({ title, onStep, onToday }: SpanStepsProps) {
  const t = useWords(viewWords)
  return (
    <span className="span-steps">
      <Button icon={<LeftOutlined />} aria-label={t('previous')} onClick={() => onStep(-1)} />
      <Button onClick={onToday}>{t('today')}</Button>
      <Button icon={<RightOutlined />} aria-label={t('next')} onClick={() => onStep(1)} />
      <h2 aria-live="polite">{title}</h2>
    </span>
  )
}
