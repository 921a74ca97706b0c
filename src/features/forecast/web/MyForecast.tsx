import { useState } from 'react'
import { App, Button, Tag } from 'antd'
import { useChangeRecord } from '#features/objects/web/index.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { shortNumber } from '#web/kit/number-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { CategoryKey, ForecastDealRow, ForecastNode, Said } from '../contract.ts'
import { saidAs, shownAs } from '../roll-up.ts'
import { DealTile } from './DealTile.tsx'
import { useOpenDeals } from './DealsDrawer.tsx'
import type { FigureView } from './figure-view.ts'
import { KeyFigures } from './KeyFigures.tsx'
import { SayDialog } from './SayDialog.tsx'
import { SinceLast } from './SinceLast.tsx'
import { nodeIn, useForecastActs, useForecastDeals, type Forecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

const columns = ['closed', 'committed', 'best_case', 'pipeline', 'omitted'] as const satisfies readonly CategoryKey[]

interface MyForecastProps {
  readonly forecast: Forecast
  readonly view: FigureView
}

/** The own deals by category, to be moved by hand, and what is said of them. */
export function MyForecast({ forecast, view }: MyForecastProps) {
  const t = useWords(forecastWords)
  const node = nodeIn(forecast.root, forecast.ownNode)
  if (!node) return <EmptyState title={t('noPlace')} />
  return <OwnBoard forecast={forecast} node={node} view={view} />
}

function OwnBoard({ forecast, node, view }: MyForecastProps & { readonly node: ForecastNode }) {
  const t = useWords(forecastWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const openDeals = useOpenDeals()
  const change = useChangeRecord()
  const { readAnew } = useForecastActs()
  const [isSaying, setSaying] = useState(false)
  const [over, setOver] = useState<CategoryKey>()
  const deals = useForecastDeals({ period: forecast.period.key, node: node.id })
  if (deals.isError) return <ErrorState problem={deals.error} onRetry={() => void deals.refetch()} />
  if (!deals.data) return <LoadingState rows={8} />
  const rows = deals.data.rows

  const move = (deal: ForecastDealRow, category: CategoryKey | null) => {
    if (category === deal.category || !deal.canChange) return
    const act = { object: 'opportunity', id: deal.id, values: { forecastCategory: category } }
    void change.mutateAsync(act).then(
      () => {
        if (category) void message.success(t('moved', { name: deal.name ?? '', category: t(category) }))
        return readAnew()
      },
      (problem: unknown) => void message.error(problemText(problem)),
    )
  }
  const drop = (id: string, category: CategoryKey) => {
    setOver(undefined)
    const deal = rows.find((row) => row.id === id)
    if (deal && category !== 'closed') move(deal, category)
  }
  const shown = shownAs(view, node.system)
  const sumOf: Record<CategoryKey, string> = {
    closed: shown.closed,
    committed: shown.committed,
    best_case: shown.bestCase,
    pipeline: shown.pipeline,
    omitted: node.system.omitted,
  }
  const style = { unit: 'money' as const, language, currency: forecast.currency }
  const said = node.submission
  const told = said && saidAs(view, said)
  const undated = node.id === forecast.root.id ? forecast.undated : 0
  return (
    <div className="forecast-mine">
      <Panel
        extra={
          forecast.can.submit && (
            <Button type="primary" size="large" className="forecast-submit" onClick={() => setSaying(true)}>
              {t(said ? 'submitAgain' : 'submit')}
            </Button>
          )
        }
        title={
          <span className="forecast-said">
            {said && told
              ? t('lastSaid', {
                  commit: shortNumber(told.commit, style),
                  best: shortNumber(told.bestCase, style),
                  when: dayText(said.at, language),
                })
              : t('notSubmitted')}
            {said?.isOutdated && <small className="forecast-warn">{t('outdated')}</small>}
          </span>
        }
      >
        {node.override && <Adjusted said={node.override} view={view} currency={forecast.currency} />}
        <KeyFigures node={node} currency={forecast.currency} />
      </Panel>
      {undated > 0 && (
        <button type="button" className="plain-button forecast-link" onClick={() => openDeals(node.id, 'undated')}>
          {t('undated', { n: undated })}
        </button>
      )}
      <div className="forecast-columns">
        {columns.map((category) => {
          const some = rows.filter((row) => row.category === category)
          return (
            <section
              key={category}
              aria-label={t(category)}
              className="forecast-column"
              data-over={over === category}
              onDragOver={(event) => {
                if (category === 'closed') return
                event.preventDefault()
                setOver(category)
              }}
              onDragLeave={() => setOver(undefined)}
              onDrop={(event) => drop(event.dataTransfer.getData('text/plain'), category)}
            >
              <header>
                <h3>{t(category)}</h3>
                <Figure
                  value={sumOf[category]}
                  unit="money"
                  currency={forecast.currency}
                  label={t('openDeals', { name: node.name, what: t(category) })}
                  onOpen={() => openDeals(node.id, category)}
                />
              </header>
              {some.map((deal) => (
                <DealTile
                  key={`${deal.id} ${deal.expectedOn ?? ''}`}
                  deal={deal}
                  currency={forecast.currency}
                  onMove={(to) => move(deal, to)}
                />
              ))}
              {some.length === 0 && (
                <p className="muted forecast-empty">{t(category === 'closed' ? 'none' : 'dropHere')}</p>
              )}
            </section>
          )
        })}
      </div>
      <SinceLast last={node.submission} currency={forecast.currency} />
      {isSaying && <SayDialog kind="submission" node={node} forecast={forecast} onClose={() => setSaying(false)} />}
    </div>
  )
}

interface AdjustedProps {
  readonly said: Said
  readonly view: FigureView
  readonly currency: string
}

/** What a leader made of the own number, who, and why: it counts in the tiers above. */
function Adjusted({ said, view, currency }: AdjustedProps) {
  const t = useWords(forecastWords)
  const language = useLanguage()
  const told = saidAs(view, said)
  const style = { unit: 'money' as const, language, currency }
  return (
    <p className="forecast-said" role="note">
      <Tag color="gold">{t('adjusted')}</Tag>
      {t('adjustedTo', {
        name: said.byName,
        commit: shortNumber(told.commit, style),
        best: shortNumber(told.bestCase, style),
        when: dayText(said.at, language),
      })}
      {said.note && <q>{said.note}</q>}
    </p>
  )
}
