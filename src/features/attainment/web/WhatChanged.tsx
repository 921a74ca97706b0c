import { Select } from 'antd'
import { addDays } from '#engine/calendar/day.ts'
import { addsUp } from '#engine/metrics/metric.ts'
import { shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import { PartList } from './PartList.tsx'
import { ReasonDrawer } from './ReasonDrawer.tsx'
import { reasonWord } from './reason-word.ts'
import { useChanges, useDays } from './use-room.ts'
import { Waterfall } from './Waterfall.tsx'
import { attainmentWords } from './words.ts'

/** Why the figure is another one than it was: a week ago unless another day is chosen. */
export function WhatChanged({ node, metric, currency, period }: AnalysedFigure) {
  const t = useWords(attainmentWords)
  const language = useLanguage()
  const { today } = useMe()
  const { structure, since: asked, changed } = useAddress()
  const change = useChangeAddress()
  const days = useDays(metric.key, period.key)
  const kept = days.data ?? []
  const weekAgo = addDays(today, -7)
  const usual = kept.find(({ day }) => day <= weekAgo)?.day ?? kept.at(-1)?.day
  const since = kept.find(({ day }) => day === asked)?.day ?? usual
  const figure = { metric: metric.key, period: period.key, node: node.id }
  const changes = useChanges(figure, structure === undefined ? since : undefined)
  // Figures of a night are kept by the structure that targets are made for.
  if (structure !== undefined) return <p className="muted">{t('otherStructure')}</p>
  if (!addsUp(metric)) return <p className="muted">{t('notAdditive')}</p>
  if (days.isSuccess && kept.length === 0) return <p className="muted">{t('noDays')}</p>
  const failed = days.error ?? changes.error
  if (failed)
    return <ErrorState problem={failed} onRetry={() => void Promise.all([days.refetch(), changes.refetch()])} />
  if (!changes.data) return <LoadingState rows={4} />
  const { data } = changes
  const style = { unit: metric.unit, language, currency }
  const steps = data.parts.map(({ reason, amount }) => ({ name: t(reasonWord[reason]), amount: Number(amount) }))
  const from = data.since.on ?? ''
  const opened = data.parts.find(({ reason }) => reason === changed)?.reason
  return (
    <div className="analysis-body">
      <p className="analysis-story">
        <span className="muted">{t('since')}</span>
        <Select
          size="small"
          className="shown-picker"
          aria-label={t('since')}
          value={since}
          onChange={(day) => change({ since: day })}
          options={[...new Set(kept.map(({ day }) => day))].map((day) => ({ value: day, label: t('endOf', { day }) }))}
        />
        <span className="muted num">
          {t('changedBy', {
            from,
            was: shortNumber(data.since.actual, style),
            is: shortNumber(data.until.actual, style),
          })}
        </span>
      </p>
      {data.parts.length === 0 ? (
        <p className="muted">{t('noChange')}</p>
      ) : (
        <>
          <Waterfall
            first={{ name: t('endOf', { day: from }), amount: Number(data.since.actual) }}
            parts={steps}
            last={{ name: t('now'), amount: Number(data.until.actual) }}
            unit={metric.unit}
            currency={currency}
            better={metric.better}
            label={t('chart', {
              name: node.name,
              what: t('byReason'),
              parts: steps.map(({ name, amount }) => `${name} ${shortNumber(String(amount), style)}`).join('；'),
            })}
            onPick={(part) => change({ changed: data.parts[part]?.reason })}
          />
          <PartList
            label={t('byReason')}
            unit={metric.unit}
            currency={currency}
            parts={data.parts.map(({ reason, amount, records }) => ({
              key: reason,
              name: t(reasonWord[reason]),
              note: records > 0 ? t('nRecords', { n: records }) : undefined,
              amount,
              label: t('records', { name: t(reasonWord[reason]) }),
              onOpen: () => change({ changed: reason }),
            }))}
          />
        </>
      )}
      {opened && since && (
        <ReasonDrawer
          figure={figure}
          since={since}
          reason={opened}
          unit={metric.unit}
          currency={currency}
          onClose={() => change({ changed: undefined })}
        />
      )}
    </div>
  )
}
