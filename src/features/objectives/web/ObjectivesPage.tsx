import { useMemo, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { TargetTabs } from '#features/targets/web/index.tsx'
import type { Objective } from '../contract.ts'
import { ObjectiveForm } from './ObjectiveForm.tsx'
import { ObjectiveLine } from './ObjectiveLine.tsx'
import { useObjectives } from './use-objectives.ts'
import { objectiveWords } from './words.ts'
import './objectives.css'

type Opened = { readonly objective?: Objective; readonly parentId: string | null }

/** The tree of objectives with progress, and the plans that serve none. */
export function ObjectivesPage() {
  const t = useWords(objectiveWords)
  const label = useLabel()
  const { period } = useWhoAndWhen()
  const found = useObjectives()
  const [opened, setOpened] = useState<Opened>()
  const objectives = useMemo(() => found.data?.objectives ?? [], [found.data])
  const below = useMemo(() => Map.groupBy(objectives, (one) => one.parentId), [objectives])
  // What is over needs no objective any more.
  const unlinked = (found.data?.unlinked ?? []).filter(({ year }) => year >= period.year)
  const add = found.data?.can.manage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened({ parentId: null })}>
      {t('add')}
    </Button>
  )
  const branch = (parentId: string | null) => {
    const beside = below.get(parentId) ?? []
    return (
      <ul className="objectives">
        {beside.map((one, at) => (
          <li key={one.id}>
            <ObjectiveLine
              objective={one}
              beside={beside}
              at={at}
              mayManage={found.data?.can.manage ?? false}
              onOpen={setOpened}
            />
            {below.has(one.id) && branch(one.id)}
          </li>
        ))}
      </ul>
    )
  }
  return (
    <BoardPage title={t('title')} note={t('note')} actions={add} bar={<TargetTabs />}>
      {found.isError ? (
        <ErrorState problem={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <LoadingState rows={6} />
      ) : (
        <>
          {objectives.length === 0 ? <EmptyState title={t('none')} text={t('noneText')} action={add} /> : branch(null)}
          {unlinked.length > 0 && (
            <section className="objectives-unlinked">
              <h2>{t('unlinked')}</h2>
              <p className="muted">{t('unlinkedHint')}</p>
              {unlinked.map((plan) => (
                <Tag key={plan.planId}>
                  {label(plan.label)} {plan.year}
                </Tag>
              ))}
            </section>
          )}
        </>
      )}
      {opened && <ObjectiveForm {...opened} all={objectives} onClose={() => setOpened(undefined)} />}
    </BoardPage>
  )
}
