import { useState } from 'react'
import { Segmented, Tooltip } from 'antd'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { SeekBox } from '#web/kit/SeekBox.tsx'
import { useSought } from '#web/kit/use-sought.ts'
import { useWords } from '#web/words/use-words.ts'
import { markKeys, type MarkKey } from '../contract.ts'
import { byError, usualMark } from '../rank-submitters.ts'
import { SubmitterRows } from './SubmitterRows.tsx'
import { placesOf } from './places-of.ts'
import { useAccuracy, type Forecast, type Submitter } from './use-forecast.ts'
import { forecastWords } from './words.ts'

/** How far what each submitter said lay from what closed, whoever was furthest off first. */
export function AccuracyView({ forecast }: { readonly forecast: Forecast }) {
  const t = useWords(forecastWords)
  const accuracy = useAccuracy()
  if (accuracy.isError) return <ErrorState problem={accuracy.error} onRetry={() => void accuracy.refetch()} />
  if (!accuracy.data) return <LoadingState rows={8} />
  const { submitters } = accuracy.data
  if (submitters.length === 0) {
    return (
      <Panel>
        <EmptyState title={t('noAccuracy')} />
      </Panel>
    )
  }
  return <Ranking submitters={submitters} forecast={forecast} />
}

interface RankingProps {
  readonly submitters: readonly Submitter[]
  readonly forecast: Forecast
}

function Ranking({ submitters, forecast }: RankingProps) {
  const t = useWords(forecastWords)
  const [chosen, setChosen] = useState<MarkKey>()
  const [opened, setOpened] = useState<string>()
  // A mark at which nobody had said anything yet has nothing to show: 90 days before the end a quarter has hardly begun.
  const marks = markKeys.filter((mark) => submitters.some((one) => one.marks[mark].commit.cases > 0))
  const mark = chosen ?? usualMark(marks)
  const inOrder = mark === undefined ? [] : byError(submitters, mark)
  const places = placesOf(forecast.root)
  const textOf = ({ name, subject, personId }: Submitter) => `${name} ${subject} ${places.get(personId) ?? ''}`
  const { shown, count, sought, seek, pages } = useSought(inOrder, textOf)
  if (mark === undefined) return <Panel title={t('accuracy')}>{t('noAccuracy')}</Panel>
  return (
    <Panel
      title={t('accuracy')}
      extra={
        <span className="forecast-seek">
          <SeekBox label={t('seekPeople')} value={sought} onSeek={seek} />
          <Segmented
            aria-label={t('saidBy')}
            value={mark}
            options={marks.map((value) => ({ value, label: t(value) }))}
            onChange={setChosen}
          />
        </span>
      }
    >
      <p className="muted">{t('accuracyNote')}</p>
      <div className="forecast-scroll" tabIndex={0} role="region" aria-label={t('accuracy')}>
        <table className="forecast-table forecast-accuracy">
          <thead>
            <tr>
              <th scope="col">{t('who')}</th>
              {(['committed', 'best_case'] as const).flatMap((what) => [
                <th key={`${what} bias`} scope="col" className="forecast-right">
                  <Tooltip title={t('biasHint')}>{`${t(what)} · ${t('bias')}`}</Tooltip>
                </th>,
                <th key={`${what} mape`} scope="col" className="forecast-right">
                  <Tooltip title={t('mapeHint')}>{`${t(what)} · ${t('mape')}`}</Tooltip>
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => {
              const key = `${one.personId} ${one.subject} ${one.isOwn}`
              return (
                <SubmitterRows
                  key={key}
                  submitter={one}
                  mark={mark}
                  currency={forecast.currency}
                  isOpen={opened === key}
                  onOpen={() => setOpened(opened === key ? undefined : key)}
                />
              )
            })}
          </tbody>
        </table>
      </div>
      {count === 0 && <p className="muted">{t('nobodyFound')}</p>}
      <MoreButton pages={pages} />
    </Panel>
  )
}
