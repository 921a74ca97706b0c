import { useMemo } from 'react'
import { gapByChildren, gapOfRate, type ChildPart } from '#engine/gap/gap-by-children.ts'
import { readRounded, writeAmount, type MetricKind } from '#engine/metrics/metric.ts'
import { differenceUnit, shortNumber } from '#web/kit/number-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { AnalysedFigure } from './analysed-figure.ts'
import { PartList, type ListedPart } from './PartList.tsx'
import { Waterfall } from './Waterfall.tsx'
import { attainmentWords } from './words.ts'

/** As many as can be read; the rest is one part. */
const mostParts = 10

/** The gap of a node over those below it. */
export function ChildrenGap({ node, metric, currency, onGo, onRecords }: AnalysedFigure) {
  const t = useWords(attainmentWords)
  const language = useLanguage()
  const parts = useMemo(
    () =>
      partsOf(node, metric.kind)
        .toSorted((one, other) => (one.amount < other.amount ? 1 : -1))
        .filter(({ amount }) => amount !== 0n),
    [node, metric.kind],
  )
  if (node.target === null) return <p className="muted">{t('noTarget')}</p>
  if (node.children.length === 0) return <p className="muted">{t('noChildren')}</p>

  const style = { unit: metric.unit, language, currency }
  const shown = parts.length > mostParts ? [...parts.slice(0, mostParts / 2), ...parts.slice(-mostParts / 2)] : parts
  const rest = parts.slice(shown.length === parts.length ? parts.length : mostParts / 2, -mostParts / 2)
  const restAmount = rest.reduce((sum, { amount }) => sum + amount, 0n)
  const named = shown.map(({ id, amount }) => {
    const child = node.children.find((one) => one.id === id)
    return { child, key: id ?? 'buffer', name: child?.name ?? t(restWord(metric.kind)), amount: writeAmount(-amount) }
  })
  const others = { name: t('others', { n: rest.length }), amount: writeAmount(-restAmount) }
  const steps = [...named, ...(rest.length > 0 ? [others] : [])].map(({ name, amount }) => ({
    name,
    amount: Number(amount),
  }))
  const listed = named.map(({ child, key, name, amount }): ListedPart => ({
    key,
    amount,
    name: child ? (
      <button
        type="button"
        className="plain-button"
        onClick={() => onGo(child)}
        aria-label={t('goTo', { name: child.name })}
      >
        {name}
      </button>
    ) : (
      name
    ),
    label: t('records', { name }),
    onOpen: child ? () => onRecords(child) : undefined,
  }))
  const words = steps.map(
    ({ name, amount }) => `${name} ${shortNumber(amount, { ...style, unit: differenceUnit(metric.unit) })}`,
  )
  return (
    <div className="analysis-body">
      <p className="analysis-story muted">
        {t(metric.kind === 'ratio' ? 'rateStory' : 'childrenStory', {
          target: shortNumber(node.target, style),
          actual: shortNumber(node.actual, style),
        })}
      </p>
      <Waterfall
        first={{ name: t('target'), amount: Number(node.target) }}
        parts={steps}
        last={{ name: t('actual'), amount: Number(node.actual ?? 0) }}
        unit={metric.unit}
        currency={currency}
        better={metric.better}
        label={t('chart', { name: node.name, what: t('byChild'), parts: words.join('；') })}
        onPick={(part) => {
          const child = named[part]?.child
          if (child) onGo(child)
        }}
      />
      <PartList
        label={t('byChild')}
        parts={rest.length > 0 ? [...listed, { ...others, key: 'others', label: '', onOpen: undefined }] : listed}
        unit={differenceUnit(metric.unit)}
        currency={currency}
      />
    </div>
  )
}

const amountIn = (text: string | null) => (text === null ? null : readRounded(text))

/** What the children explain of target − actual; of a rate by their share of its denominator. */
function partsOf({ target, actual, weight, children }: AnalysedFigure['node'], kind: MetricKind): readonly ChildPart[] {
  const own = { target: amountIn(target) ?? 0n, actual: amountIn(actual) ?? 0n }
  const below = children.map((child) => ({
    id: child.id,
    target: amountIn(child.target),
    actual: amountIn(child.actual),
    weight: amountIn(child.weight) ?? 0n,
  }))
  if (kind === 'ratio') return gapOfRate({ ...own, weight: amountIn(weight) ?? 0n }, below)
  return gapByChildren(
    own,
    below.map((child) => ({ ...child, actual: child.actual ?? 0n })),
  )
}

function restWord(kind: MetricKind): 'buffer' | 'mix' | 'overlap' {
  if (kind === 'ratio') return 'mix'
  return kind === 'distinct' ? 'overlap' : 'buffer'
}
