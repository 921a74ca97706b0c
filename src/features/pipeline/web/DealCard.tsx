import { useEffect, useRef, type DragEvent, type KeyboardEvent } from 'react'
import { SwapOutlined } from '@ant-design/icons'
import { textOf, type RecordRow } from '#features/objects/web/index.tsx'
import { dayText, daysBetween, nearDayText } from '#web/kit/date-text.ts'
import { everyDigit, shortNumber } from '#web/kit/number-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { focusIfLost } from './focus-card.ts'
import type { Stage } from './use-board.ts'
import { pipelineWords } from './words.ts'

/** The one text that tells how cards are moved by keyboard. */
export const moveHelpId = 'deal-move-help'

interface DealCardProps {
  readonly deal: RecordRow
  readonly stage: Stage
  readonly isLifted: boolean
  /** It was moved here just now. */
  readonly isArriving: boolean
  readonly isMovable: boolean
  readonly onOpen: () => void
  /** Asks where to. */
  readonly onMove: () => void
  readonly onDragStart: (event: DragEvent) => void
  readonly onDragEnd: () => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

const idleDays = 30

/** One deal on the board: who, how much, until when, and what is wrong with it. */
export function DealCard({
  deal,
  stage,
  isLifted,
  isArriving,
  isMovable,
  onOpen,
  onMove,
  onDragStart,
  onDragEnd,
  onKeyDown,
}: DealCardProps) {
  const t = useWords(pipelineWords)
  const language = useLanguage()
  const { company, today } = useMe()
  const amount = textOf(deal, 'amount') || null
  const currency = textOf(deal, 'currency') || company.currency
  const style = { unit: 'money' as const, language, currency }
  const due = textOf(deal, 'expectedOn')
  const late = stage.kind === 'open' && due ? daysBetween(due, today) : 0
  const idle = stage.kind === 'open' ? daysBetween(String(deal.updatedAt), today) : 0
  const name = textOf(deal, 'name')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isArriving) focusIfLost(button.current)
  }, [isArriving])
  const card = (
    <button
      type="button"
      ref={button}
      className="deal-card"
      data-lifted={isLifted}
      draggable={isMovable}
      aria-describedby={moveHelpId}
      aria-pressed={isLifted}
      onClick={onOpen}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onKeyDown={onKeyDown}
    >
      <b className="deal-name">{name}</b>
      <span className="deal-line">
        <span className="ellipsis muted">{deal.names['account'] ?? t('noAccount')}</span>
        {'amount' in deal && (
          <span className="num deal-amount" title={everyDigit(amount, style)}>
            {shortNumber(amount, style)}
          </span>
        )}
      </span>
      <span className="deal-line deal-foot">
        <span className="ellipsis">{deal.names['ownerId'] ?? '—'}</span>
        {late > 0 ? (
          <span className="deal-late">▼ {t('overdue', { n: late })}</span>
        ) : idle > idleDays ? (
          <span className="deal-late">● {t('idle', { n: idle })}</span>
        ) : due && stage.kind === 'open' ? (
          <span className="num" title={t('due', { day: dayText(due, language, today) })}>
            {nearDayText(due, language, today)}
          </span>
        ) : (
          <span className="num">{nearDayText(textOf(deal, 'closedOn') || null, language, today)}</span>
        )}
      </span>
    </button>
  )
  return (
    <div className="deal">
      {card}
      {isMovable && (
        <button type="button" className="deal-move" aria-label={t('moveTo', { name })} onClick={onMove}>
          <SwapOutlined aria-hidden />
        </button>
      )}
    </div>
  )
}
