import { Button, Select } from 'antd'
import { useState } from 'react'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { DifferenceTable } from './DifferenceTable.tsx'
import type { OpenPlan } from './open-plan.ts'
import { usePlanChanges, useRevisions, type ChangeQuestion } from './use-plan.ts'
import { planWords } from './words.ts'

/** Every cell that was changed: of a row and below, by a person, in a period; as a file too. */
export function ChangeLog({ open }: { readonly open: OpenPlan }) {
  const t = useWords(planWords)
  const label = useLabel()
  const language = useLanguage()
  const [asked, setAsked] = useState<ChangeQuestion>({})
  const log = usePlanChanges(open.plan.id, asked)
  const revisions = useRevisions(open.plan.id).data ?? []
  const people = new Map(revisions.flatMap(({ by }) => (by ? [[by.id, by.name] as const] : [])))
  const ask = (part: { [Key in keyof ChangeQuestion]: ChangeQuestion[Key] | undefined }) => {
    const next = Object.entries({ ...asked, ...part }).filter(([, value]) => value !== undefined)
    setAsked(Object.fromEntries(next))
  }
  const file = new URLSearchParams({ ...asked, format: 'xlsx' } as Record<string, string>)
  return (
    <>
      <div className="plan-log-filters">
        <Select<string>
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('anyNode')}
          placeholder={t('anyNode')}
          options={open.rows.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(node?: string) => ask({ node })}
        />
        <Select<string>
          allowClear
          aria-label={t('anybody')}
          placeholder={t('anybody')}
          options={[...people].map(([value, name]) => ({ value, label: name }))}
          onChange={(by?: string) => ask({ by })}
        />
        <Select<string>
          allowClear
          aria-label={t('anyPeriod')}
          placeholder={t('anyPeriod')}
          options={periodsOf(open).map((one) => ({
            value: one.key,
            label: one.number === null ? label(one.label) : t('quarterNumber', { n: one.number }),
          }))}
          onChange={(period?: string) => ask({ period })}
        />
        <Button href={`/api/v1/plans/${open.plan.id}/changes?${file.toString()}`} download>
          {t('exportLog')}
        </Button>
      </div>
      {log.error ? (
        <ErrorState problem={log.error} onRetry={() => void log.refetch()} />
      ) : !log.data ? (
        <LoadingState />
      ) : log.data.length === 0 ? (
        <EmptyState title={t('logEmpty')} text={t('logEmptyText')} />
      ) : (
        <>
          <DifferenceTable
            measure={open.plan.measure}
            lines={log.data.map((line) => ({
              key: `${line.version}:${line.level}:${line.node}:${line.month}`,
              name: `${line.name}${line.level === 'target' ? '' : ` · ${t(line.level)}`}`,
              month: label(line.monthLabel),
              before: line.before,
              after: line.after,
              who: `${line.by?.name ?? t('bySystem')} · ${momentText(line.at, language)}`,
              why: line.reason ?? t(line.isHidden ? 'notTold' : 'noReason'),
            }))}
          />
          <MoreButton pages={log} />
        </>
      )}
    </>
  )
}

/** The quarters of the plan's year, then its leaf periods: the log asks for any of them. */
function periodsOf({ months }: OpenPlan) {
  const quarters = new Map(months.flatMap(({ quarter }) => (quarter ? [[quarter.key, quarter.number] as const] : [])))
  return [
    ...[...quarters].map(([key, number]) => ({ key, number, label: { zh: key, en: key } })),
    ...months.map(({ key, label }) => ({ key, number: null, label })),
  ]
}
