import { Suspense, useId, useState } from 'react'
import { App, Button, Drawer } from 'antd'
import { useObjects } from '#features/objects/web/index.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ListedMetric, OwnMetricDraft } from '../contract.ts'
import { changed, definitionOf, draftOf, emptyDraft, lacksOf, type Draft } from './metric-draft.ts'
import { MetricForm } from './MetricForm.tsx'
import { MetricPreview } from './MetricPreview.tsx'
import { useMetricActs, useOwnMetrics } from './use-own-metrics.ts'
import { metricWords } from './words.ts'

interface MetricDrawerProps {
  /** The metric to change; absent: a new one. */
  readonly metric: ListedMetric | undefined
  /** What a new one starts from. */
  readonly copy?: OwnMetricDraft | undefined
  readonly onClose: () => void
}

/** As it will be called: a name given in one language is that of the other. */
function nameOf({ label: { zh, en } }: Draft, label: ReturnType<typeof useLabel>): string {
  return label({ zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() })
}

/** Defines a metric; what it would come to is shown while it is put together. */
export function MetricDrawer({ metric, copy, onClose }: MetricDrawerProps) {
  const t = useWords(metricWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  const id = useId()
  const { message } = App.useApp()
  const { objects } = useObjects()
  const acts = useMetricActs()
  const metrics = useOwnMetrics().data?.metrics ?? []
  const known = metric?.own?.definition ?? copy
  const [draft, setDraft] = useState<Draft>(known ? draftOf(known) : emptyDraft)
  const [isAsked, setAsked] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const lacks = lacksOf(draft)

  const change = (changes: Partial<Draft>) => {
    setProblem(undefined)
    setDraft(changed(draft, changes, objects))
  }
  const save = async () => {
    setAsked(true)
    setProblem(undefined)
    if (lacks.length > 0 || isBusy) return
    setBusy(true)
    try {
      if (metric) await acts.change(metric.key, definitionOf(draft))
      else await acts.create(definitionOf(draft))
      void message.success(t(metric ? 'saved' : 'made', { name: nameOf(draft, label) }))
      onClose()
    } catch (refusal) {
      setProblem(refusal)
      if (!(refusal instanceof ApiProblem) || refusal.faults.length === 0) void message.error(problemText(refusal))
      setBusy(false)
    }
  }
  return (
    <Drawer
      open
      title={t(metric ? 'edit' : 'add')}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
      size={isPhone ? '100vw' : 'min(640px, 100vw)'}
      footer={
        <div className="metric-footer">
          <Button onClick={onClose}>{k('cancel')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void save()}>
            {k('save')}
          </Button>
        </div>
      }
    >
      <Suspense fallback={<LoadingState rows={6} />}>
        <form className="metric-form" noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
          <MetricForm
            id={id}
            draft={draft}
            objects={objects}
            metrics={metrics.filter(({ key }) => key !== metric?.key)}
            isNew={metric === undefined}
            lacks={isAsked ? lacks : []}
            problem={problem}
            onChange={change}
          />
          <MetricPreview draft={draft} />
          <button type="submit" hidden />
        </form>
      </Suspense>
    </Drawer>
  )
}
