import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { Skeleton } from 'antd'
import { asFarAsKnown, type RecordRow } from '#features/objects/web/index.tsx'
import { everyDigit, exactNumber, shortNumber } from '#web/kit/number-text.ts'
import { useMe } from '#web/session/me.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { DealCard } from './DealCard.tsx'
import { stageId } from './focus-card.ts'
import { closedWithin, useStageCards, type Stage, type Whose } from './use-board.ts'
import type { Lifted } from './use-moving.ts'
import { pipelineWords } from './words.ts'

interface StageColumnProps {
  readonly stage: Stage
  readonly whose: Whose
  /** The period of the closed deals, in words. */
  readonly closedIn: string
  readonly count: number
  readonly sum: string | undefined
  readonly lifted: Lifted | undefined
  readonly isMovable: boolean
  /** The deal that was moved last: it brings the keyboard along. */
  readonly arriving: string | undefined
  readonly onOpen: (deal: RecordRow) => void
  readonly onMove: (deal: RecordRow) => void
  readonly onLift: (deal: RecordRow) => void
  readonly onLetGo: () => void
  readonly onDrop: () => void
  readonly onKey: (event: KeyboardEvent<HTMLElement>, deal: RecordRow) => void
}

/** One stage with its deals, their number and their sum. */
export function StageColumn(props: StageColumnProps) {
  const {
    stage,
    whose,
    closedIn,
    count,
    sum,
    lifted,
    isMovable,
    arriving,
    onOpen,
    onMove,
    onLift,
    onLetGo,
    onDrop,
    onKey,
  } = props
  const t = useWords(pipelineWords)
  const language = useLanguage()
  const { company } = useMe()
  const cards = useStageCards(stage, whose)
  const [isOver, setOver] = useState(false)
  const style = { unit: 'money' as const, language, currency: company.currency }
  const rows = cards.data?.rows ?? []
  const isSummed = asFarAsKnown(whose.deals, [{ field: 'amount' }]).length > 0
  const isTarget =
    lifted !== undefined &&
    (isOver || (lifted.byKeyboard && lifted.over.id === stage.id && lifted.from.id !== stage.id))
  const hidden = Math.max(0, count - rows.length)
  return (
    <section
      id={stageId(stage.id)}
      className="stage"
      data-kind={stage.kind}
      data-target={isTarget}
      aria-label={t(isSummed ? 'column' : 'columnCount', {
        stage: stage.kind === 'open' ? stage.name : `${stage.name} ${closedIn}`,
        n: count,
        sum: exactNumber(sum ?? '0', style),
      })}
      onDragOver={(event: DragEvent) => {
        if (!lifted) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) =>
        !event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null) &&
        setOver(false)
      }
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onDrop()
      }}
    >
      <header className="stage-head">
        <h2 className="ellipsis">{stage.name}</h2>
        <span className="muted num">{count.toLocaleString('en-US')}</span>
        {isSummed && (
          <span className="stage-sum num" title={everyDigit(sum ?? '0', style)}>
            {shortNumber(sum ?? '0', style)}
          </span>
        )}
      </header>
      <div className="stage-cards">
        {cards.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
        {!cards.isPending && rows.length === 0 && <p className="muted stage-empty">{t('emptyStage')}</p>}
        {rows.map((deal) => (
          <DealCard
            key={deal.id}
            deal={deal}
            stage={stage}
            isMovable={isMovable && deal['isReadOnly'] !== true}
            isLifted={lifted?.deal.id === deal.id}
            isArriving={arriving === deal.id}
            onOpen={() => onOpen(deal)}
            onMove={() => onMove(deal)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('text/plain', deal.id)
              onLift(deal)
            }}
            onDragEnd={onLetGo}
            onKeyDown={(event) => onKey(event, deal)}
          />
        ))}
        {hidden > 0 && rows.length > 0 && (
          <PageLink
            to="/records/opportunity"
            className="stage-more"
            search={{
              filter: JSON.stringify([
                { field: 'stage', op: 'eq', value: stage.id },
                ...(stage.kind === 'open' ? [] : [closedWithin(whose.period)]),
                ...(whose.isMine ? [{ field: 'ownerId', op: 'eq', value: { me: true } }] : []),
              ]),
            }}
          >
            {t('more', { n: hidden.toLocaleString('en-US') })}
          </PageLink>
        )}
      </div>
    </section>
  )
}
