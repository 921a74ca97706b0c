import { useLater, useObjects } from '#features/objects/web/index.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { grouped } from '#engine/money/short-form.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { definitionOf, lacksOf, type Draft } from './metric-draft.ts'
import { useMetricPreview } from './use-own-metrics.ts'
import { metricWords } from './words.ts'

/** What a draft comes to in the fiscal year, from how many records, and what it says. */
export function MetricPreview({ draft }: { readonly draft: Draft }) {
  const t = useWords(metricWords)
  const label = useLabel()
  const { company } = useMe()
  const { objects } = useObjects()
  const settled = useLater(draft)
  const isRatio = settled.aggregate === 'ratio'
  const isPlaced = isRatio || objects.some(({ key }) => key === settled.of)
  const isComplete = isPlaced && lacksOf(settled).every((lack) => lack === 'label')
  const { data, error, isPlaceholderData } = useMetricPreview(definitionOf(settled), isComplete)
  return (
    <section className="metric-preview" aria-label={t('preview')} aria-live="polite">
      <h3>{t('preview')}</h3>
      {!isComplete ? (
        <p className="muted">{t('previewEmpty')}</p>
      ) : error ? (
        <p className="metric-fault">{whyNot(error)}</p>
      ) : (
        data && (
          <>
            <p className={isPlaceholderData ? 'metric-figure is-earlier' : 'metric-figure'}>
              <span className="muted">{label(data.period.label)}</span>{' '}
              <b>
                <Figure
                  value={data.figure}
                  unit={data.unit}
                  currency={company.currency}
                  reason={t('noneCounts')}
                  exact
                />
              </b>{' '}
              {!isRatio && <span className="muted">{t('previewRecords', { n: grouped(String(data.records)) })}</span>}
            </p>
            <p>{label(data.formula)}</p>
          </>
        )
      )}
    </section>
  )
}

function whyNot(problem: unknown): string {
  const faults = problem instanceof ApiProblem ? problem.faults.map((fault) => fault.message) : []
  return faults.length > 0 ? faults.join(' ') : problemText(problem)
}
