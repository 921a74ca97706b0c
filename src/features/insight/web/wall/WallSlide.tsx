import { Suspense, useEffect } from 'react'
import type { AttainmentNode } from '#features/targets/contract.ts'
import { hasTarget, Terrace, useAttainmentTree, waterOf, wayTo, type MetricRow } from '#features/targets/web/index.tsx'
import { AttainmentBar } from '#web/kit/AttainmentBar.tsx'
import { percentText, shortNumber } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateOf } from '#web/kit/state.ts'
import { useMe } from '#web/session/me.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { wallWords } from './words.ts'

const readEveryMs = 60_000
const mostShown = 8

/** One metric: the terrace, its figure, the tiers below and who leads. */
export function WallSlide({ metric }: { readonly metric: MetricRow }) {
  const t = useWords(wallWords)
  const label = useLabel()
  const language = useLanguage()
  const { company } = useMe()
  const { node, period } = useWhoAndWhen()
  const change = useChangeAddress()
  const tree = useAttainmentTree(metric.key, period.key)
  const { refetch } = tree
  useEffect(() => {
    const timer = setInterval(() => void refetch(), readEveryMs)
    return () => clearInterval(timer)
  }, [refetch])
  if (tree.isPending) return <LoadingState rows={10} />
  if (!tree.data) return <ErrorState problem={tree.error} onRetry={() => void refetch()} />
  const focus = (node ? wayTo<AttainmentNode>(tree.data, node).at(-1) : undefined) ?? tree.data
  const shared = { unit: metric.unit, language, currency: company.currency }
  const water = waterOf(focus)
  const time = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: company.zone,
  }).format(tree.dataUpdatedAt)
  return (
    <>
      <header className="wall-head">
        <h1>
          {focus.name} · {label(metric.label)}
        </h1>
        <span className="muted">
          {label(period.label)} · {t(tree.isError ? 'stale' : 'readAt', { time })}
        </span>
      </header>
      <div className="wall-figures num">
        <strong>{percentText(focus.attainment)}</strong>
        <StateMark state={stateOf(focus.light)} />
        <span>
          {t('actual')} <b>{shortNumber(focus.actual, shared)}</b>
        </span>
        <span>
          {t('target')} <b>{shortNumber(focus.target, shared)}</b>
        </span>
        {water !== undefined && <span className="muted">{t('due', { share: percentText(water) })}</span>}
      </div>
      <div className="wall-body">
        <div className="wall-terrace">
          <Suspense fallback={<LoadingState rows={6} />}>
            <Terrace
              root={focus}
              unit={metric.unit}
              currency={company.currency}
              addsUp={metric.kind === 'flow'}
              onGoDown={({ id }) => change({ node: id })}
              onGoUp={() => change({ node: undefined })}
            />
          </Suspense>
        </div>
        <Ranking title={t('units')} nodes={focus.children} />
        <Ranking title={t('people')} nodes={peopleIn(focus)} />
      </div>
    </>
  )
}

function peopleIn(root: AttainmentNode): readonly AttainmentNode[] {
  return root.kind === 'person' ? [root] : root.children.flatMap(peopleIn)
}

function Ranking({ title, nodes }: { readonly title: string; readonly nodes: readonly AttainmentNode[] }) {
  const inOrder = nodes
    .filter((node) => hasTarget(node) && node.attainment !== null)
    .toSorted((one, other) => (other.attainment ?? 0) - (one.attainment ?? 0))
    .slice(0, mostShown)
  return (
    <section className="wall-ranking">
      <h2>{title}</h2>
      <ol>
        {inOrder.map((node) => (
          <li key={node.id}>
            <span className="ellipsis">{node.name}</span>
            <AttainmentBar ratio={node.attainment} elapsed={waterOf(node)} state={stateOf(node.light)} />
            <StateMark state={stateOf(node.light)} short />
          </li>
        ))}
      </ol>
    </section>
  )
}
