import { useState } from 'react'
import { Button, Select, Tag } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { showPlanRoute } from '#features/targets/contract.ts'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { Objective } from '../contract.ts'
import { useLinkablePlans } from './use-objectives.ts'
import { objectiveWords } from './words.ts'

export type PlanLink = Objective['links'][number]

interface LinksFieldProps {
  readonly value?: readonly PlanLink[]
  readonly onChange?: (links: readonly PlanLink[]) => void
  readonly disabled: boolean
}

const keyOf = ({ planId, node }: PlanLink) => `${planId} ${node ?? ''}`

/** The targets that serve an objective: whole plans, or rows of units and people in them. */
export function LinksField({ value = [], onChange, disabled }: LinksFieldProps) {
  const t = useWords(objectiveWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const plans = useLinkablePlans()
  const [planId, setPlanId] = useState<string>()
  const [node, setNode] = useState<string>()
  const rows = usePlanRows(planId)
  const plan = plans.data?.find(({ id }) => id === planId)
  const add = () => {
    if (!plan) return
    const row = rows.data?.find(({ id }) => id === node)
    const link = {
      planId: plan.id,
      node: row?.id ?? null,
      planLabel: plan.metricLabel,
      year: plan.year,
      nodeName: row?.name ?? null,
    }
    if (!value.some((one) => keyOf(one) === keyOf(link))) onChange?.([...value, link])
    setNode(undefined)
  }
  return (
    <div className="objective-links">
      {value.map((link) => {
        const name = [label(link.planLabel), link.year, link.nodeName].filter(Boolean).join(' ')
        return (
          <Tag
            key={keyOf(link)}
            closable={disabled ? false : { 'aria-label': `${k('close')} ${name}` }}
            onClose={() => onChange?.(value.filter((one) => keyOf(one) !== keyOf(link)))}
          >
            {name}
          </Tag>
        )
      })}
      {!disabled && (
        <div className="objective-link-new">
          <Select
            aria-label={t('linkPlan')}
            placeholder={t('linkPlan')}
            value={planId ?? null}
            options={(plans.data ?? []).map((one) => ({
              value: one.id,
              label: `${label(one.metricLabel)} ${label(one.yearLabel)}`,
            }))}
            onChange={(next: string) => {
              setPlanId(next)
              setNode(undefined)
            }}
          />
          <Select
            aria-label={t('linkRow')}
            placeholder={t('wholePlan')}
            allowClear
            disabled={planId === undefined}
            loading={rows.isFetching}
            value={node ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            options={(rows.data ?? []).map(({ id, name, parentName }) => ({
              value: id,
              label: parentName === null ? name : `${name} · ${parentName}`,
            }))}
            onChange={(next: string | undefined) => setNode(next)}
          />
          <Button disabled={plan === undefined} onClick={add}>
            {t('link')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Rows of a plan in sight, with the unit above each: names repeat. */
function usePlanRows(planId: string | undefined) {
  return useQuery({
    queryKey: ['plan', planId, 'rows'],
    queryFn: ({ signal }) => call(showPlanRoute, { params: { planId: planId ?? '' }, signal }),
    enabled: planId !== undefined,
    select: ({ rows }) => {
      const names = new Map(rows.map(({ id, name }) => [id, name]))
      return rows.map(({ id, name, parentId }) => ({
        ...{ id, name },
        parentName: parentId === null ? null : (names.get(parentId) ?? null),
      }))
    },
  })
}
