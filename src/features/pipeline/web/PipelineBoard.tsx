import { Suspense, useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { BoardSwitch, RecordForm, textOf, useObject, useObjects } from '#features/objects/web/index.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { ListPage } from '#web/kit/PageShape.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useLeads } from '#web/session/me.ts'
import { useAddress, useChangeAddress, useGo } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { moveHelpId } from './DealCard.tsx'
import { LostReason } from './LostReason.tsx'
import { StageChoice } from './StageChoice.tsx'
import { StageColumn } from './StageColumn.tsx'
import { useStages, useStageTotals } from './use-board.ts'
import { isStageSet, useMoving } from './use-moving.ts'
import { pipelineWords } from './words.ts'
import './pipeline.css'

/** Deals by stage: moved by pointer or keyboard, with sums, and the reason of a loss in one tap. */
export function PipelineBoard() {
  const t = useWords(pipelineWords)
  const label = useLabel()
  const leads = useLeads()
  const isPhone = useIsPhone()
  const go = useGo()
  const change = useChangeAddress()
  const open = useOpenRecord()
  const address = useAddress()
  const { node, period } = useWhoAndWhen()
  const isMine = address['mine'] === '1' || (address['mine'] === undefined && node === undefined && !leads)
  const object = useObject('opportunity')
  const { isPending: isAsking } = useObjects()
  const whose = { isMine, node, deals: object, period: { from: period.from, to: period.to } }
  const { stages, isPending, error } = useStages()
  const totals = useStageTotals(whose)
  const moving = useMoving(whose, stages, object)
  const [isNew, setNew] = useState(false)
  const [shownStage, setShownStage] = useState<string>()

  if (isPending || isAsking) return <LoadingState rows={10} />
  if (!object) return <EmptyState title={t('noDeals')} />
  if (error) return <ErrorState problem={error} />
  if (stages.length === 0) return <EmptyState title={t('noStages')} />
  const groups = new Map(totals.data?.groups?.map((group) => [group.value, group]) ?? [])
  const shown = isPhone ? stages.filter((stage) => stage.id === (shownStage ?? stages[0]?.id)) : stages
  return (
    <ListPage
      title={t('title')}
      note={t('closedIn', { period: label(period.label) })}
      actions={
        <>
          <Suspense fallback={null}>
            <BoardSwitch shown="board" onBoard={() => undefined} onList={() => go('/records/opportunity')} />
          </Suspense>
          <Segmented<string>
            aria-label={t('whose')}
            value={isMine ? '1' : '0'}
            options={[
              { value: '1', label: t('mine') },
              { value: '0', label: t('everyone') },
            ]}
            onChange={(mine) => change({ mine })}
          />
          {object?.can.create && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
              {t('newDeal')}
            </Button>
          )}
        </>
      }
      bar={
        isPhone ? (
          <div className="stage-tabs">
            <Segmented<string>
              aria-label={t('stages')}
              value={shown[0]?.id ?? ''}
              options={stages.map((stage) => ({
                value: stage.id,
                label: `${stage.name} ${groups.get(stage.id)?.count ?? 0}`,
              }))}
              onChange={setShownStage}
            />
          </div>
        ) : undefined
      }
    >
      <div className="board" role="group" aria-label={t('board')}>
        {shown.map((stage) => (
          <StageColumn
            key={stage.id}
            stage={stage}
            whose={whose}
            closedIn={label(period.label)}
            count={groups.get(stage.id)?.count ?? 0}
            sum={groups.get(stage.id)?.sums['amount']}
            lifted={moving.lifted}
            arriving={moving.arriving}
            isMovable={isStageSet(object)}
            onOpen={(deal) => open('opportunity', deal.id)}
            onMove={(deal) => moving.choose(deal, stage)}
            onLift={(deal) => moving.lift(deal, stage, false)}
            onLetGo={moving.letGo}
            onDrop={() => moving.drop(stage)}
            onKey={(event, deal) => moving.onKey(event, deal, stage)}
          />
        ))}
      </div>
      <p id={moveHelpId} className="visually-hidden">
        {t('card')}
      </p>
      <div aria-live="assertive" className="visually-hidden">
        {moving.said}
      </div>
      {moving.choosing && (
        <StageChoice
          name={textOf(moving.choosing.deal, 'name')}
          stages={stages}
          from={moving.choosing.from}
          onChoose={(to) => moving.choosing && moving.send(moving.choosing, to)}
          onCancel={moving.chooseNone}
        />
      )}
      {moving.dialog}
      {moving.losing && <LostReason onCancel={moving.keep} onChoose={moving.lose} />}
      {isNew && object && (
        <Suspense fallback={null}>
          <RecordForm
            object={object}
            first={{ stage: stages[0]?.id ?? null }}
            firstNames={{ stage: stages[0]?.name ?? '' }}
            onClose={() => setNew(false)}
          />
        </Suspense>
      )}
    </ListPage>
  )
}
