import { useState } from 'react'
import { Button, Checkbox, Segmented, Tag } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { SeekBox } from '#web/kit/SeekBox.tsx'
import { useSought } from '#web/kit/use-sought.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { ForecastEntry } from '../contract.ts'
import { saidAs } from '../roll-up.ts'
import type { FigureView } from './figure-view.ts'
import { placesOf } from './places-of.ts'
import { useEntries, useMovement, type Forecast } from './use-forecast.ts'
import { Waterfall } from './Waterfall.tsx'
import { forecastWords } from './words.ts'

interface HistoryViewProps {
  readonly forecast: Forecast
  readonly node: string | undefined
  readonly view: FigureView
}

const none: readonly ForecastEntry[] = []

/** Everything that was ever said, as it was; any two are compared, or one with now. */
export function HistoryView({ forecast, node, view }: HistoryViewProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const [isAll, setAll] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [compared, setCompared] = useState<readonly string[]>([])
  const entries = useEntries(forecast.period.key, node, isAll)
  const places = placesOf(forecast.root)
  const textOf = ({ byName, personName, unitName, personId, unitId }: ForecastEntry) =>
    [byName, personName, unitName, places.get(personId ?? unitId ?? '')].join(' ')
  const { shown, sought, seek, pages } = useSought(entries.data?.entries ?? none, textOf)
  // The earlier one first, whichever was chosen first: keys grow with time.
  const [from, to] = compared.toSorted()
  const movement = useMovement(from, to)
  if (entries.isError) return <ErrorState problem={entries.error} onRetry={() => void entries.refetch()} />
  const choose = (id: string, isIn: boolean) =>
    setChosen(isIn ? [...chosen.slice(-1), id] : chosen.filter((other) => other !== id))
  return (
    <div className="forecast-history">
      <Panel
        title={t('history')}
        extra={
          <>
            <SeekBox label={t('seekPeople')} value={sought} onSeek={seek} />
            <Segmented
              aria-label={t('period')}
              value={isAll ? 'all' : 'one'}
              options={[
                { value: 'one', label: label(forecast.period.label) },
                { value: 'all', label: t('allPeriods') },
              ]}
              onChange={(value) => setAll(value === 'all')}
            />
            <Button disabled={chosen.length === 0} onClick={() => setCompared(chosen)}>
              {t(chosen.length === 2 ? 'compare' : 'compareNow')}
            </Button>
          </>
        }
      >
        <p className="muted">{t('historyNote')}</p>
        {!entries.data && <LoadingState rows={6} />}
        {entries.data?.entries.length === 0 && <EmptyState title={t('noHistory')} />}
        {sought !== '' && shown.length === 0 && <p className="muted">{t('nobodyFound')}</p>}
        <ol className="forecast-entries">
          {shown.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              view={view}
              isChosen={chosen.includes(entry.id)}
              onChoose={(isIn) => choose(entry.id, isIn)}
            />
          ))}
        </ol>
        <MoreButton pages={pages} />
        {entries.data?.hasMore && !pages.hasNextPage && <p className="muted">{t('olderLeftOut')}</p>}
      </Panel>
      {from !== undefined && (
        <Panel title={t('whatMoved')}>
          {movement.isError && <ErrorState problem={movement.error} onRetry={() => void movement.refetch()} />}
          {movement.isPending && <LoadingState rows={3} />}
          {movement.data && (
            <Waterfall
              movement={movement.data}
              currency={forecast.currency}
              end={t(to === undefined ? 'now' : 'later')}
            />
          )}
        </Panel>
      )}
    </div>
  )
}

interface EntryProps {
  readonly entry: ForecastEntry
  readonly view: FigureView
  readonly isChosen: boolean
  readonly onChoose: (isIn: boolean) => void
}

const colors = { submission: 'blue', override: 'gold', withdrawal: 'default' } as const

function Entry({ entry, view, isChosen, onChoose }: EntryProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const { kind, commit, bestCase, system, currency, note, byName } = entry
  const subject = entry.personName ?? entry.unitName ?? ''
  const when = momentText(entry.at, language)
  const said =
    commit !== null && bestCase !== null ? saidAs(view, { closed: system.closed, commit, bestCase }) : undefined
  return (
    <li className="forecast-entry">
      <Checkbox
        checked={isChosen}
        aria-label={t('choose', { who: subject, when })}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <div className="forecast-entry-body">
        <span>
          <Tag color={colors[kind]}>{t(kind)}</Tag>
          <b>{kind === 'submission' ? subject : t('by', { by: byName, whom: subject })}</b>
          <small className="muted">{` ${when} · ${label(entry.period.label)}`}</small>
        </span>
        {said && (
          <span className="forecast-entry-figures">
            <span>
              {t('closed')} <Figure value={system.closed} unit="money" currency={currency} />
            </span>
            <span>
              {t('committed')} <Figure value={said.commit} unit="money" currency={currency} />
            </span>
            <span>
              {t('best_case')} <Figure value={said.bestCase} unit="money" currency={currency} />
            </span>
          </span>
        )}
        {note && <q>{note}</q>}
      </div>
    </li>
  )
}
