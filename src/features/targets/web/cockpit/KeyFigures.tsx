import type { ReactNode } from 'react'
import { Tooltip } from 'antd'
import { AttainmentBar } from '#web/kit/AttainmentBar.tsx'
import { Figure } from '#web/kit/Figure.tsx'
import { differenceUnit, percentText } from '#web/kit/number-text.ts'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateColor, stateOf } from '#web/kit/state.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AttainmentNode } from '../../contract.ts'
import { hasTarget, waterOf } from '../terrace/tier.ts'
import type { AttainmentTree, MetricRow } from './use-attainment.ts'
import { LevelsNote } from './LevelsNote.tsx'
import { noDailyNeed } from './no-daily-need.ts'
import { isOverTime, paceText } from './pace-text.ts'
import { useReason } from './use-reason.ts'
import { cockpitWords } from './words.ts'

interface KeyFiguresProps {
  readonly node: AttainmentNode
  readonly meta: AttainmentTree['meta']
  readonly metric: MetricRow
  readonly currency: string
  readonly onRecords: () => void
  readonly onPlan: (() => void) | undefined
}

interface TileProps {
  readonly label: ReactNode
  readonly children: ReactNode
  readonly note?: ReactNode
  readonly tone?: string
}

function Tile({ label, children, note, tone }: TileProps) {
  return (
    <div className="key-tile">
      <span className="key-tile-label">{label}</span>
      <span className="key-tile-value num" style={tone ? { color: tone } : undefined}>
        {children}
      </span>
      <span className="key-tile-note num">{note ?? '\u00a0'}</span>
    </div>
  )
}

/** Actual, target, attainment, pace, gap and what every working day left must bring. */
export function KeyFigures({ node, meta, metric, currency, onRecords, onPlan }: KeyFiguresProps) {
  const t = useWords(cockpitWords)
  const language = useLanguage()
  const reason = useReason()
  const state = stateOf(node.light)
  const { pace } = node
  const due = waterOf(node)
  const isAimed = hasTarget(node)
  const gap = !isAimed || node.gap === null ? null : Number(node.gap)
  const left = meta.period.workdays - meta.period.workdaysElapsed
  const isOver = meta.period.workdaysElapsed >= meta.period.workdays
  const hasBegun = meta.period.workdaysElapsed > 0
  const noneReason = node.target === null ? 'no-target' : 'zero-target'
  const shared = { unit: metric.unit, currency, reason: reason(isAimed ? node.reason : noneReason) }
  const noDaily = noDailyNeed(metric)
  const sign = metric.unit === 'money' ? ` ${currency}` : ''
  return (
    <div className="key-figures">
      <Tile
        label={`${t('actual')}${sign}`}
        note={t('workdays', { gone: meta.period.workdaysElapsed, all: meta.period.workdays })}
      >
        <Figure
          {...shared}
          value={node.actual}
          label={t('openRecords', { name: node.name, what: t('actual') })}
          onOpen={onRecords}
        />
      </Tile>
      <Tile
        label={`${t('target')}${sign}`}
        note={isAimed ? <LevelsNote node={node} unit={metric.unit} currency={currency} /> : reason(noneReason)}
      >
        <Figure {...shared} value={node.target} label={t('target')} onOpen={onPlan} />
      </Tile>
      <Tile label={t('attainment')} note={<AttainmentBar ratio={node.attainment} elapsed={due} state={state} />}>
        <Figure
          value={node.attainment}
          unit="percent"
          reason={reason(node.reason)}
          label={t('openRecords', { name: node.name, what: t('attainment') })}
          onOpen={onRecords}
        />
      </Tile>
      <Tile
        label={
          <Tooltip title={t(isOverTime(metric.kind) ? 'paceHint' : 'paceOfRate')}>
            <span>{t('pace')}</span>
          </Tooltip>
        }
        note={<StateMark state={state} reason={node.reason} />}
        tone={stateColor(state)}
      >
        {paceText(pace, metric.kind, language)}
      </Tile>
      <Tile
        label={`${gap !== null && gap < 0 ? t('surplus') : t('gap')}${sign}`}
        note={!isAimed ? reason(noneReason) : due === undefined ? undefined : t('due', { share: percentText(due) })}
      >
        <Figure
          {...shared}
          unit={differenceUnit(metric.unit)}
          value={gap === null ? null : String(node.gap).replace('-', '')}
          label={t('openRecords', { name: node.name, what: t('gap') })}
          onOpen={onRecords}
        />
      </Tile>
      <Tile
        label={`${t('perDay')}${sign}`}
        note={
          !isAimed
            ? reason(noneReason)
            : !hasBegun
              ? t('notBegun')
              : isOver
                ? t('over')
                : noDaily && !(gap !== null && gap <= 0)
                  ? t(noDaily)
                  : t('workdaysLeft', { n: left })
        }
      >
        {gap !== null && gap <= 0 ? (
          <span className="key-tile-done">{t('done')}</span>
        ) : (
          <Figure
            {...shared}
            value={isAimed ? node.requiredPerDay : null}
            reason={!isAimed ? shared.reason : isOver ? t('over') : noDaily ? t(noDaily) : shared.reason}
          />
        )}
      </Tile>
    </div>
  )
}
